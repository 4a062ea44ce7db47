"""region.arcs: land, borders, admin-1 units and curated parts as one clean coverage.

Every line (coast, zone outline, admin line, curated line) is noded at once on the 1e-5 degree grid; the faces
that result are named, slivers are given to a neighbour, and the lines between differing units become arcs. Parts that
curated cuts make (parts.py) come last, on the finished arcs.
"""
import json
import sys
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import LineString, Point, box, shape

import arcs
import parts
import sources
import topology

FINE = (128.0, 41.0, 134.0, 44.5)     # west, south, east, north
TOLERANCE_M = (15.0, 60.0, 500.0)     # of the simplification: inside FINE, elsewhere inside arcs.REGION, outside of that
FINE_ISLETS = (126.0, 40.0, 136.0, 45.0)
ISLETS_KM2 = (0.02, 0.1, 2.0)         # smaller islets are left out: in FINE_ISLETS, in arcs.REGION, outside of that
PIECE = 500                           # vertices; outside arcs.REGION lines are simplified in pieces of this length
SLIVER_KM2 = 4.0                      # a detached scrap of a unit inside its country below this goes to a neighbour
SPECK_KM2 = 0.1                       # below this it goes to any neighbour, across a border too (islets of border rivers)
CRUMB_KM2 = 0.015                     # and below this, where it has none, into the sea
DCW_APART = 120                       # 1e-5 degree; the packed polygons of DCW differ by up to 50
PARTS = {"CN-2224": {"en": "Yanbian", "zh": "延边朝鲜族自治州", "ko": "연변 조선족 자치주", "ru": "Янбянь-Корейский автономный округ"},
         "CN-JL-rest": {"en": "Jilin without Yanbian", "zh": "吉林省其余地区", "ko": "지린성의 나머지", "ru": "Гирин без Янбяня"},
         "CN-222404": {"en": "Hunchun", "zh": "珲春市", "ko": "훈춘시", "ru": "Хуньчунь"},
         "CN-2224-rest": {"en": "Yanbian without Hunchun", "zh": "延边州其余地区", "ko": "연변주의 나머지", "ru": "Янбянь без Хуньчуня"},
         "RU-PRI-SC": {"en": "Southern and central Primorye", "zh": "滨海边疆区中南部", "ko": "프리모르스키 중남부", "ru": "Южное и центральное Приморье"},
         "RU-PRI-N": {"en": "Northern Primorye", "zh": "滨海边疆区北部", "ko": "프리모르스키 북부", "ru": "Северное Приморье"},
         "KP-13-RJ": {"en": "Rajin", "zh": "罗津", "ko": "라진", "ru": "Раджин"},
         "KP-13-SB": {"en": "Sonbong", "zh": "先锋", "ko": "선봉", "ru": "Сонбон"},
         "KP-13-WJ": {"en": "Wonjong", "zh": "元汀", "ko": "원정", "ru": "Вончжон"},
         "KP-09-ON": {"en": "Onsong", "zh": "稳城郡", "ko": "온성군", "ru": "Онсон"},
         "KP-09-KW": {"en": "Kyongwon", "zh": "庆源郡", "ko": "경원군", "ru": "Кёнвон"},
         "KP-09-KH": {"en": "Kyonghung", "zh": "庆兴郡", "ko": "경흥군", "ru": "Кёнхын"},
         "KP-09-HR": {"en": "Hoeryong", "zh": "会宁市", "ko": "회령시", "ru": "Хверён"},
         "KP-09-CJ": {"en": "Chongjin", "zh": "清津市", "ko": "청진시", "ru": "Чхонджин"},
         "KP-09-rest": {"en": "Western and southern North Hamgyong", "zh": "咸镜北道其余地区", "ko": "함경북도의 나머지", "ru": "Хамгён-Пукто, остальное"}}
NAMES = {("CN-NM", "ko"): "네이멍구 자치구", ("RU-YEV", "en"): "Jewish Autonomous Oblast", ("RU-YEV", "ko"): "유대인 자치주",
         ("RU-YEV", "ru"): "Еврейская автономная область", ("RU-AMU", "en"): "Amur Oblast", ("RU-AMU", "ko"): "아무르주",
         ("RU-SAK", "en"): "Sakhalin Oblast", ("RU-SAK", "ko"): "사할린주", ("RU-IRK", "en"): "Irkutsk Oblast", ("RU-IRK", "ko"): "이르쿠츠크주",
         ("RU-IRK", "zh"): "伊尔库茨克州", ("KP-13", "ko"): "라선특별시", ("KP-13", "ru"): "Расон", ("CN-JL", "ru"): "Цзилинь (Гирин)",
         ("KR-28", "zh"): "仁川广域市", ("KR-42", "zh"): "江原道", ("KR-50", "zh"): "世宗特别自治市", ("RU-BU", "zh"): "布里亚特共和国"}


def snap(g):
    return shapely.transform(g, np.round)


def scaled(g):
    return shapely.transform(g, lambda c: c * arcs.UNIT)


def km2(g):
    """Rough area of an integer-grid geometry, good enough to sort small from large."""
    lat = np.nan_to_num((shapely.bounds(g)[..., 1] + shapely.bounds(g)[..., 3]) / 2 / arcs.UNIT)
    return shapely.area(g) * 1.11195e-3 ** 2 * np.cos(np.radians(lat))


def read_land(work, frame):
    parts = sources.land(work)
    b = shapely.bounds(parts)
    w, s, e, n = arcs.WIDE
    parts = parts[(b[:, 0] < e) & (b[:, 2] > w) & (b[:, 1] < n) & (b[:, 3] > s)]
    parts = shapely.get_parts(shapely.clip_by_rect(shapely.make_valid(scaled(parts)), *frame.buffer(1000).bounds))
    parts = parts[shapely.get_type_id(parts) == 3]
    c = shapely.get_coordinates(shapely.centroid(parts)) / arcs.UNIT
    return parts[km2(parts) >= by_place(c, FINE_ISLETS, ISLETS_KM2)]


def by_place(xy, fine, values):
    """One of three values for each point in degrees: in `fine`, elsewhere in arcs.REGION, outside."""
    inside = lambda w, s, e, n: (xy[:, 0] > w) & (xy[:, 0] < e) & (xy[:, 1] > s) & (xy[:, 1] < n)
    return np.select([inside(*fine), inside(*arcs.REGION)], values[:2], values[2])


def units_by_cell(work, cells):
    """Admin-1 units of each cell (a country; in Russia a time zone): {cell: {id: polygon}}, and unit properties."""
    props, units = {}, {c: {} for c in cells}
    provinces = sources.dcw(work)
    for p, g in sources.admin1(work):
        uid, country = p["iso_3166_2"], sources.COUNTRIES.get(p["adm0_a3"])
        if not country or not g.intersects(box(*arcs.WIDE)):
            continue
        if country == "CN" and uid not in provinces:
            continue
        name = {k: NAMES.get((uid, k), p.get("name_" + k)) for k in ("en", "zh", "ko", "ru")}
        props[uid] = {"id": uid, "country": country, "name": {k: v for k, v in name.items() if v}, "wikidata": p["wikidataid"]}
        g = provinces.get(uid, g)
        g = shapely.make_valid(snap(scaled(g)))
        for cell in cells:
            if sources.ZONES[cell] == country and (country != "RU" or uid in sources.RUSSIAN[cell]):
                units[cell][uid] = g
    return props, units


def common_lines(units):
    """The lines between units whose polygons share every vertex (Natural Earth)."""
    ids = sorted(units)
    faces = [(part, i) for i, u in enumerate(ids) for part in shapely.get_parts(units[u]) if part.geom_type == "Polygon"]
    lo, hi, left, right = topology.segments(*zip(*faces))
    inner = (left >= 0) & (right >= 0)
    sides = list(zip(left[inner].tolist(), right[inner].tolist()))
    return [LineString(p) for _, p in topology.chains(lo[inner], hi[inner], sides)]


def nearby_lines(units):
    """The lines between units whose polygons were rounded apart by up to 50 m (DCW): one side's line is taken."""
    ids = [s.replace(".", "-") for s in sources.DCW]
    out = []
    for i, a in enumerate(ids):
        for b in ids[i + 1:]:
            w, s, e, n = units[a].bounds
            there = shapely.clip_by_rect(units[b].boundary, w - 10 * DCW_APART, s - 10 * DCW_APART, e + 10 * DCW_APART, n + 10 * DCW_APART)
            near = units[a].boundary.intersection(there.buffer(DCW_APART))
            if not near.is_empty and near.length:
                near = shapely.line_merge(shapely.union_all([g for g in shapely.get_parts(near) if g.geom_type == "LineString"]))
                out += [snap(g) for g in shapely.get_parts(near) if g.length > 6 * DCW_APART]
    return out


def inner_lines(units, ground):
    """The lines between the units of one cell, their loose ends led on to the next line or to the cell's edge."""
    lines = nearby_lines(units) if "CN-JL" in units else common_lines(units)
    ends = {}
    for line in lines:
        for p in (line.coords[0], line.coords[-1]):
            ends.setdefault(p, []).append(line)
    shapely.prepare(ground)
    leads = []
    for p, own in sorted(ends.items()):
        if len(own) == 1 and ground.contains(Point(p)):
            others = [l for l in lines if l is not own[0] and l.distance(Point(p)) < 10 * DCW_APART]
            target = shapely.union_all([ground.boundary, *others])
            to = target.interpolate(target.project(Point(p)))
            leads.append(LineString([p, (round(to.x), round(to.y))]))
    return lines, [l for l in leads if l.length > 0]


def name_faces(faces, land, cells, units):
    """(cell, unit id) of each face, None for sea."""
    points = shapely.point_on_surface(faces)
    on_land = np.zeros(len(faces), bool)
    on_land[shapely.STRtree(points).query(land, "intersects")[1]] = True
    names = []
    for face, point, dry in zip(faces, points, on_land):
        if not dry:
            names.append(None)
            continue
        cell = next((c for c, z in cells.items() if z.contains(point)), None) or min(cells, key=lambda c: cells[c].distance(point))
        share = {u: face.intersection(g).area for u, g in units[cell].items() if shapely.box(*face.bounds).intersects(g)}
        unit = max(sorted(share), key=share.get) if share and max(share.values()) > 0 else None
        names.append((cell, unit or min(sorted(units[cell]), key=lambda u: units[cell][u].distance(point))))
    return names


def absorb_slivers(faces, names):
    """Gives small detached scraps of a unit to the neighbour of the same cell with the longest common line."""
    for _ in range(3):
        ids = sorted({n for n in names if n})
        blobs, owner = [], []
        for n in ids:
            for blob in shapely.get_parts(shapely.union_all([f for f, m in zip(faces, names) if m == n])):
                blobs.append(blob); owner.append(n)
        tree, changed = shapely.STRtree(blobs), 0
        for blob, n in zip(blobs, owner):
            if km2(blob) >= SLIVER_KM2:
                continue
            touch = {}
            for j in tree.query(blob, "intersects"):
                if owner[j] != n and (owner[j][0] == n[0] or km2(blob) < SPECK_KM2):
                    touch[owner[j]] = touch.get(owner[j], 0) + blob.boundary.intersection(blobs[j].boundary).length
            if km2(blob) < CRUMB_KM2 or touch and max(touch.values()) > 0:
                to = max(sorted(touch), key=touch.get, default=None)
                inside = [i for i, m in enumerate(names) if m == n and blob.contains(faces[i].representative_point())]
                for i in inside:
                    names[i] = to
                changed += 1
        print("slivers given away:", changed)
        if not changed:
            return


def river(a, b, x, y):
    """The river in which a border point (degrees) lies, if any; bounds at the sources, confluences and tripoints."""
    if (a, b) == ("KP", "RU"):
        return "tumen"
    if (a, b) == ("CN", "KP"):
        return "yalu" if y < 41.95 and x < 128.5 else "tumen" if x > 128.46 else None
    if (a, b) == ("CN", "RU"):
        if 117.86 < x < 121.48 and y > 49.3:
            return "argun"
        if x >= 121.48 and y > 47.5 and not (x > 134.3 and y < 48.36):
            return "amur"
        if x > 132.845 and 45.0 < y <= 48.36:
            return "songacha" if x < 133.414 and y < 45.58 else "ussuri"
    return None


def tags(lo, hi, left, right, unit_props):
    """(left, right, kind, a, b, river) per segment; left and right are unit numbers or -1."""
    w, s, e, n = (v * arcs.UNIT for v in arcs.WIDE)
    parent = [p.get("parent", p["id"]) for p in unit_props]
    out = []
    for (x0, y0), (x1, y1), l, r in zip(lo.tolist(), hi.tolist(), left.tolist(), right.tolist()):
        a = b = stream = None
        if (x0 == x1 and x0 in (w, e)) or (y0 == y1 and y0 in (s, n)):
            kind = "edge"
        elif l < 0 or r < 0:
            kind = "coast"
        elif unit_props[l]["country"] != unit_props[r]["country"]:
            kind = "border"
            a, b = sorted((unit_props[l]["country"], unit_props[r]["country"]))
            stream = river(a, b, (x0 + x1) / 2 / arcs.UNIT, (y0 + y1) / 2 / arcs.UNIT)
        else:
            kind = "curated" if parent[l] == parent[r] else "admin"
        out.append((l, r, kind, a, b, stream))
    return out


def tolerance(points):
    return by_place(np.array(points) / arcs.UNIT, FINE, TOLERANCE_M)


def pieces(points):
    """Cuts a line where it crosses the limit of arcs.REGION, and every PIECE vertices outside of it."""
    w, s, e, n = (v * arcs.UNIT for v in arcs.REGION)
    start, out = 0, []
    for i in range(1, len(points)):
        x, y = points[i]
        seam = (x in (w, e) and s <= y <= n) or (y in (s, n) and w <= x <= e)
        outside = not (w <= x <= e and s <= y <= n)
        if i == len(points) - 1 or seam or (outside and i - start >= PIECE):
            out.append(points[start:i + 1])
            start = i
    return out


def make(work, out):
    frame = box(*(v * arcs.UNIT for v in arcs.WIDE))
    seam = box(*(v * arcs.UNIT for v in arcs.REGION)).exterior          # a vertex wherever a line crosses it
    land = read_land(work, frame)
    print("land parts", len(land))
    cells = {z: shapely.union_all(shapely.make_valid(shapely.clip_by_rect(scaled(np.array(polys)), *frame.buffer(30000).bounds)))
             for z, polys in sources.zones().items()}
    props, units = units_by_cell(work, cells)
    ground = shapely.union_all(land)
    lines = [snap(shapely.boundary(land)), [frame.exterior, seam], snap(np.array([g.boundary for g in cells.values()]))]
    for cell, zone in cells.items():
        inner, leads = inner_lines(units[cell], zone.intersection(ground))
        print(cell, sorted(units[cell]), "leads km", [(round(l.length * 1.1e-3, 1), l.coords[0]) for l in leads])
        lines += [inner, leads]
    curated = json.load(open(Path(__file__).with_name("curated.geojson")))["features"]
    splits = [(f["properties"], snap(scaled(shape(f["geometry"])))) for f in curated if "part_ids" in f["properties"]]
    lines.append([g.exterior for _, g in splits])
    flat = shapely.clip_by_rect(np.concatenate([np.atleast_1d(np.asarray(l, dtype=object)) for l in lines if len(l)]), *frame.buffer(500).bounds)
    noded = shapely.unary_union([g for g in flat if not g.is_empty], grid_size=1)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    faces = faces[shapely.within(shapely.point_on_surface(faces), frame)]
    print("faces", len(faces))
    names = name_faces(faces, land, cells, units)
    absorb_slivers(faces, names)
    for split, g in splits:
        for i, (face, name) in enumerate(zip(faces, names)):
            if name and name[1] == split["unit"]:
                names[i] = (name[0], split["part_ids"][0 if g.contains(face.representative_point()) else 1])
        for part in split["part_ids"]:
            props[part] = {"id": part, "country": props[split["unit"]]["country"], "parent": split["unit"], "name": PARTS[part]}
    ids = sorted({n[1] for n in names if n})
    dry = [i for i, n in enumerate(names) if n]
    lo, hi, left, right = topology.segments([faces[i] for i in dry], [ids.index(names[i][1]) for i in dry])
    found = topology.chains(lo, hi, tags(lo, hi, left, right, [props[u] for u in ids]))
    print("arcs", len(found), "vertices", sum(len(p) for _, p in found))
    cut = [pieces(p) for _, p in found]
    simple = iter(topology.simplify_all([(p, tolerance(p)) for c in cut for p in c]))
    lines = []
    for c in cut:
        lines.append(next(simple))
        for _ in c[1:]:
            lines[-1] = lines[-1] + next(simple)[1:]
    tag, lines, units = topology.coverage(len(ids), [t for t, _ in found], lines)
    cuts = [f for f in curated if "parts" in f["properties"]]
    ids, tag, lines = parts.cut(work, cuts, PARTS, ids, props, tag, lines, units)
    write(out, ids, props, *topology.coverage(len(ids), tag, lines))


def write(out, ids, props, tag, lines, units):
    """Writes the layer."""
    kinds = [{"k": t[2], **({"a": t[3], "b": t[4]} if t[3] else {}), **({"river": t[5]} if t[5] else {})} for t in tag]
    objects = [{"type": "polygon", "arcs": polygons, "props": props[u]} for u, polygons in zip(ids, units) if polygons]
    arcs.write(f"{out}/region.arcs", "region", "OSM land and borders (ODbL), DCW and Natural Earth admin-1", objects, lines, kinds)


if __name__ == "__main__":
    make(sys.argv[1], sys.argv[2])
