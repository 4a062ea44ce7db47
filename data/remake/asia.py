"""asia.arcs: administrative units of Asia that region.arcs does not hold whole, Natural Earth 1:10m.

The polygons of the source share every vertex along common edges, so that their lines become arcs without noding.
"""
import sys

import numpy as np
import shapely

import arcs
import sources
import topology

TOLERANCE_M = (100.0, 500.0)          # of the simplification: along FINE units, elsewhere
LOSS = 0.03                           # of its area is the most that any unit may lose or gain
ISLETS_KM2 = (0.5, 5.0)               # smaller islands are left out: of FINE units, of others
SHIFT = (180 * arcs.UNIT, 90 * arcs.UNIT)             # topology wants coordinates that are positive

# Every unit of these is in the file, and the union of them is the country.
BY_UNIT = {"CHN": "CN", "MNG": "MN", "KOR": "KR", "PRK": "KP", "JPN": "JP", "MYS": "MY", "THA": "TH"}
# These are one unit each.
AS_ONE = {"TWN": ("TW", "Taiwan"), "HKG": ("HK", "Hong Kong"), "MAC": ("MO", "Macao"), "SGP": ("SG", "Singapore"),
          "BRN": ("BN", "Brunei"), "LAO": ("LA", "Laos"), "MMR": ("MM", "Myanmar"), "VNM": ("VN", "Vietnam"), "KHM": ("KH", "Cambodia")}
# Of these only some units: Siberia and the Far East; Sumatra, Kalimantan and Sulawesi as far as growth triangles name
# them; Mindanao and Palawan.
SOME = {"RUS": ("RU", "AMU BU CHU IRK KAM KHA KK KYA MAG PRI SA SAK TY YEV ZAB"),
        "IDN": ("ID", "AC BB BE GO JA KB KI KR LA RI SA SB SS SU"),
        "PHL": ("PH", "AGN AGS BAS BUK CAM COM DAO DAS DAV LAN LAS MAG MSC MSR NCO PLW SAR SCO SLU SUK SUN SUR TAW ZAN ZAS ZSI")}
SOUTH_OF_THAILAND = "80 81 82 83 84 85 86 90 91 92 93 94 95 96".split()
FINE = ("SG", "HK", "MO", "ID-KR", "MY-07", "MY-15")
# Where the source names a unit oddly, or several of its polygons are one unit.
NAMES = {"TH-rest": "Thailand without its south", "PH-AGN": "Agusan del Norte", "PH-DAV": "Davao del Norte", "PH-LAN": "Lanao del Norte",
         "PH-MSR": "Misamis Oriental", "PH-NCO": "Cotabato", "PH-PLW": "Palawan", "PH-SCO": "South Cotabato",
         "PH-SUN": "Surigao del Norte and Dinagat Islands", "PH-ZAN": "Zamboanga del Norte", "RU-AMU": "Amur Oblast", "RU-IRK": "Irkutsk Oblast",
         "RU-MAG": "Magadan Oblast", "RU-SAK": "Sakhalin Oblast", "RU-YEV": "Jewish Autonomous Oblast"}


def unit(p):
    """The properties of the unit to which a polygon of the source belongs; None when it is in no unit."""
    a3, code = p["adm0_a3"], p["iso_3166_2"]
    if a3 in AS_ONE:
        country, name = AS_ONE[a3]
        return {"id": country, "country": country, "name": {"en": name}}
    if code.endswith("~"):                            # the source's own numbers: the Paracel Islands, an islet off Yamal
        return None
    if a3 in SOME:
        country, some = SOME[a3]
        if code[3:] not in some.split():
            return None
        whole = {}
    else:
        country = BY_UNIT[a3]
        whole = {"parent": country}
        if country == "TH" and code[3:] not in SOUTH_OF_THAILAND:
            code = "TH-rest"
    return {"id": code, "country": country, **whole, "name": {"en": NAMES.get(code, p["name_en"])}}


def km2(g):
    """Rough area of a geometry in degrees, good enough to sort small from large."""
    return g.area * 111.195 ** 2 * np.cos(np.radians(g.centroid.y))


def size(polygons, lines):
    """Rough area in km2 of polygons made of arcs."""
    ring = lambda refs: np.array(arcs.chain(refs, lines)) / arcs.UNIT
    return sum(km2(shapely.Polygon(ring(p[0]), [ring(hole) for hole in p[1:]])) for p in polygons)


def islets(parts, owners):
    """The numbers of the polygons on islands too small to keep; the largest polygon of a unit is on none."""
    largest = {}
    for i, (g, u) in enumerate(zip(parts, owners)):
        if u not in largest or parts[largest[u]].area < g.area:
            largest[u] = i
    islands = shapely.get_parts(shapely.union_all(parts))
    found = set()
    for n, i in zip(*shapely.STRtree(shapely.point_on_surface(parts)).query(islands, "contains")):
        if largest[owners[i]] != i and km2(islands[n]) < ISLETS_KM2[owners[i] not in FINE]:
            found.add(int(i))
    return found


def on_grid(parts):
    """The polygons on the shifted integer grid, with the same ends on both sides of the antimeridian (the source's are up to 150 m apart)."""
    rounded = [shapely.transform(g, lambda c: np.round(c * arcs.UNIT)) for g in parts]
    ends = np.array(sorted({y for g in rounded for x, y in shapely.get_coordinates(g).tolist() if x == -180 * arcs.UNIT}))

    def place(c):
        c = c.copy()
        east = c[:, 0] == 180 * arcs.UNIT
        c[east, 1] = [ends[np.argmin(np.abs(ends - y))] for y in c[east, 1]]
        return c + SHIFT

    return [shapely.remove_repeated_points(shapely.transform(g, place)) for g in rounded]


def tag(segment, left, right, ids, countries):
    """(left, right, kind, a, b) of a segment; sides beyond `ids` are of countries that are not in the file."""
    sides = [countries[u] if u >= 0 else None for u in (left, right)]
    number = [u if u < len(ids) else -1 for u in (left, right)]
    if all(abs(x - SHIFT[0]) == 180 * arcs.UNIT for x, _ in segment):
        return (*number, "edge", None, None)
    if None in sides:
        return (*number, "coast", None, None)
    if sides[0] == sides[1]:
        return (*number, "admin", None, None)
    if "-1" in sides:                                 # Siachen, which the source gives to nobody
        return (*number, "border", None, None)
    return (*number, "border", *sorted(sides))


def make(work, out):
    props, parts, owners, others = {}, [], [], []
    for p, g in sources.admin1(work):
        u = unit(p) if p["adm0_a3"] in {**BY_UNIT, **AS_ONE, **SOME} else None
        for part in shapely.get_parts(shapely.force_2d(g)):
            if u:
                props[u["id"]] = u
                parts.append(part); owners.append(u["id"])
            else:
                others.append((p["iso_a2"], part))
    tree = shapely.STRtree(parts)
    others = [(c, g) for c, g in others if len(tree.query(g, "intersects"))]
    gone = islets(parts, owners)
    print("polygons", len(parts), "of them islets left out", len(gone), "neighbours", sorted({c for c, _ in others}))
    ids = sorted(props)
    sides = [*ids, *sorted({c for c, _ in others})]
    countries = [props[u]["country"] if u in props else u for u in sides]
    faces = [(g, sides.index(u)) for i, (g, u) in enumerate(zip(parts, owners)) if i not in gone]
    faces += [(g, sides.index(c)) for c, g in others]
    lo, hi, left, right = topology.segments(on_grid([g for g, _ in faces]), [u for _, u in faces])
    tags = [tag(s, l, r, ids, countries) for *s, l, r in zip(lo.tolist(), hi.tolist(), left.tolist(), right.tolist())]
    keep = [i for i, t in enumerate(tags) if max(t[:2]) >= 0]
    found = topology.chains(lo[keep], hi[keep], [tags[i] for i in keep])
    fine = {i for i, u in enumerate(ids) if u in FINE}
    lines = []
    for t, points in found:
        points = [(x - SHIFT[0], y - SHIFT[1]) for x, y in points]
        lines.append((points, np.full(len(points), TOLERANCE_M[fine.isdisjoint(t[:2])])))
    tags, lines, units = topology.coverage(len(ids), [t for t, _ in found], topology.simplify_all(lines))
    kinds = [{"k": k, **({"a": a, "b": b} if a else {})} for _, _, k, a, b in tags]
    for u, polygons in zip(ids, units):
        before = sum(km2(g) for g, o in zip(parts, owners) if o == u)
        after = size(polygons, lines)
        assert abs(after / before - 1) < LOSS, f"{u}: {before:.0f} km2 became {after:.0f}"
    objects = [{"type": "polygon", "arcs": polygons, "props": props[u]} for u, polygons in zip(ids, units)]
    arcs.write(f"{out}/asia.arcs", "asia", "Natural Earth 1:10m admin-1 (public domain)", objects, lines, kinds)
    print("units", len(objects), "arcs", len(lines), "vertices", sum(map(len, lines)))


if __name__ == "__main__":
    make(sys.argv[1], sys.argv[2])
