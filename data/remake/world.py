"""world.arcs: countries of the whole world, Natural Earth 1:50m by way of world-atlas (already a topology)."""
import json
import sys

import arcs
import sources

LANGUAGES = ("en", "zh", "ko", "ru")
SHORT = {("RU", "en"): "Russia", ("KP", "zh"): "朝鲜", ("KR", "zh"): "韩国", ("CN", "en"): "China", ("CN", "zh"): "中国",
         ("KP", "ko"): "조선민주주의인민공화국", ("KR", "en"): "South Korea", ("KP", "en"): "North Korea", ("US", "zh"): "美国",
         ("KP", "ru"): "КНДР", ("KR", "ru"): "Республика Корея", ("CN", "ru"): "Китай", ("US", "en"): "United States",
         ("TW", "en"): "Taiwan", ("TW", "ko"): "타이완", ("TW", "zh"): "台湾", ("CN", "ko"): "중국", ("RU", "ko"): "러시아", ("RU", "ru"): "Россия"}


EAST = 180 * arcs.UNIT
POLE = 90 * arcs.UNIT


def edge(arc):
    """Whether an arc only runs along the edge of the map (the antimeridian, the south pole)."""
    return all(abs(x) == EAST or y == -POLE for x, y in arc)


def split(lines):
    """Cuts arcs that step over the antimeridian: the new arcs, and for each old arc its pieces."""
    out, pieces = [], []
    for arc in lines:
        runs = [[arc[0]]]
        for a, b in zip(arc, arc[1:]):
            if abs(a[0] - b[0]) > EAST:               # one of the two lies on the antimeridian itself
                y = b[1] if abs(b[0]) == EAST else a[1]
                a_side, b_side = (EAST if p[0] > 0 else -EAST for p in (a, b))
                if runs[-1][-1] != (a_side, y):
                    runs[-1].append((a_side, y))
                runs.append([(b_side, y)])
            if runs[-1][-1] != b:
                runs[-1].append(b)
        pieces.append([])
        for run in runs:
            if len(run) > 1:
                pieces[-1].append(len(out))
                out.append(run)
    return out, pieces


def refs(ring, pieces):
    """A ring in references to the new arcs."""
    return [p if r >= 0 else ~p for r in ring for p in (pieces[r] if r >= 0 else reversed(pieces[~r]))]


def close(ring, found):
    """Closes a ring that the antimeridian cut apart: one or more rings, with new arcs along the edge."""
    first = lambda r: found[r][0] if r >= 0 else found[~r][-1]
    last = lambda r: found[r][-1] if r >= 0 else found[~r][0]
    runs = [[ring[0]]]
    for r in ring[1:]:
        if first(r) == last(runs[-1][-1]):
            runs[-1].append(r)
        else:
            runs.append([r])
    if len(runs) > 1 and first(runs[0][0]) == last(runs[-1][-1]):
        runs[0] = runs.pop() + runs[0]
    out = []
    while runs:
        run = runs.pop(0)
        while last(run[-1]) != first(run[0]):
            (x, y), side = last(run[-1]), 1 if last(run[-1])[0] > 0 else -1
            ways = [(abs(first(c[0])[1] - y), i) for i, c in enumerate([run, *runs])
                    if first(c[0])[0] == x and (first(c[0])[1] - y) * side > 0]
            if ways:                                  # along the edge, the land on the left
                i = min(ways)[1]
                found.append([(x, y), first([run, *runs][i][0])])
            else:                                     # round the south pole
                i = 0
                found.append([(x, y), (-EAST, -POLE), (EAST, -POLE), first(run[0])])
            run.append(len(found) - 1)
            if i:
                run += runs.pop(i - 1)
        out.append(run)
    return out


def make(work, out):
    topo = json.load(open(sources.one(f"{work}/x/world-atlas-*/package/countries-50m.json")))
    iso = sources.one(f"{work}/x/i18n-iso-countries-*/package")
    alpha2 = {c[2]: c[0] for c in json.load(open(f"{iso}/codes.json"))}
    names = {k: json.load(open(f"{iso}/langs/{k}.json"))["countries"] for k in LANGUAGES}
    scale, move = topo["transform"]["scale"], topo["transform"]["translate"]
    found = []
    for arc in topo["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            p = (round((x * scale[0] + move[0]) * arcs.UNIT), round((y * scale[1] + move[1]) * arcs.UNIT))
            p = (max(-180 * arcs.UNIT, min(180 * arcs.UNIT, p[0])), max(-90 * arcs.UNIT, min(90 * arcs.UNIT, p[1])))
            if not points or points[-1] != p:
                points.append(p)
        found.append(points)
    found, pieces = split(found)
    objects = []
    for g in topo["objects"]["countries"]["geometries"]:
        polys = {"Polygon": [g["arcs"]], "MultiPolygon": g["arcs"]}.get(g["type"]) if g.get("arcs") else None
        if not polys:
            continue
        two = alpha2.get(g.get("id"))
        name = {"en": g["properties"]["name"]}
        for k in LANGUAGES:
            n = names[k].get(two)
            n = n[0] if isinstance(n, list) else n
            if n and k != "en" or (two, k) in SHORT:
                name[k] = SHORT.get((two, k), n)
        # TopoJSON winds exteriors clockwise; here, as in GeoJSON, they run counter-clockwise
        polys = [[[~r for r in reversed(ring)] for ring in p] for p in polys]
        if two == "AQ":                               # the ring round the pole is closed along the map's edge instead
            polys = [p if len(p) == 1 else [p[1]] for p in polys]
        whole = []
        for p in polys:
            exterior, *holes = [close(refs(ring, pieces), found) for ring in p]
            assert all(len(h) == 1 for h in holes)
            whole += [[exterior[0], *(h[0] for h in holes)]] + [[r] for r in exterior[1:]]
        polys = whole
        objects.append({"type": "polygon", "arcs": polys, "props": {**({"id": two} if two else {}), "name": name}})
    users = [0] * len(found)
    for ref in (r for o in objects for p in o["arcs"] for ring in p for r in ring):
        users[ref if ref >= 0 else ~ref] += 1
    kinds = [{"k": "edge" if edge(a) else "border" if n > 1 else "coast"} for a, n in zip(found, users)]
    new = {old: i for i, old in enumerate(i for i, n in enumerate(users) if n)}
    for o in objects:
        o["arcs"] = [[[new[r] if r >= 0 else ~new[~r] for r in ring] for ring in p] for p in o["arcs"]]
    found, kinds = [found[i] for i in new], [kinds[i] for i in new]
    arcs.write(f"{out}/world.arcs", "world", "Natural Earth 1:50m (public domain)", objects, found, kinds)


if __name__ == "__main__":
    make(sys.argv[1], sys.argv[2])
