"""Parts of units, cut on the finished coverage: a cut ends in a vertex that is there, so that no coast, border or other line moves."""
from collections import Counter

import numpy as np
import shapely
from shapely.geometry import LineString, Point, shape

import arcs
import divides
import lines as line
import topology

END_KM = 3.0              # a hand-drawn end stands no farther from the unit's outline


def segment(p, q):
    return (p, q) if p < q else (q, p)


def ways(work, feature, whole):
    """The cuts of a feature as lists of grid points; ends that no other cut shares go on to the next vertex of the unit that they see."""
    hand = shapely.get_parts(shape(feature["geometry"]))
    shared = Counter(end for g in hand for end in (g.coords[0], g.coords[-1]))
    outline = np.unique(shapely.get_coordinates(whole), axis=0).astype(np.int64)
    ground = shapely.union_all(whole).buffer(0.5)
    found = []
    for g in hand:
        points = line.points(line.scaled(divides.along_ridges(work, g)))
        for at, end in ((0, g.coords[0]), (-1, g.coords[-1])):
            if shared[end] > 1:
                continue
            km = np.hypot((outline[:, 0] - points[at][0]) * np.cos(np.radians(end[1])), outline[:, 1] - points[at][1]) * 1.112e-3
            near = [outline[i] for i in np.argsort(km, kind="stable")[:50] if km[i] < END_KM]
            seen = [v for v in near if ground.covers(LineString([v, points[at]]))]
            assert seen, f"{feature['properties']['unit']}: from {end} no vertex of the outline is in sight"
            points.insert(0 if at == 0 else len(points), tuple(seen[0].tolist()))
        found.append([p for i, p in enumerate(points) if i == 0 or p != points[i - 1]])
    return found


def pieces(face, cuts):
    """The polygons into which the cuts that cross a face divide it."""
    crossing = [c for c in cuts if c.intersects(face)]
    if not crossing:
        return [face]
    assert all(face.buffer(0.5).covers(c) for c in crossing), f"a cut leaves its unit: {[c.wkt for c in crossing if not face.buffer(0.5).covers(c)]}"
    noded = shapely.unary_union([face.boundary, *crossing])
    return [p for p in shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))) if face.contains(p.representative_point())]


def named(feature, found):
    """The part of each piece: the one whose place lies in it, else (islands) that of the nearest such piece."""
    places = {part: Point(x * arcs.UNIT, y * arcs.UNIT) for part, (x, y) in feature["properties"]["parts"].items()}
    of = {i: part for part, place in places.items() for i, piece in enumerate(found) if piece.contains(place)}
    assert sorted(of.values()) == sorted(places), f"{sorted(places)}: places lie in {sorted(of.values())}"
    return [of.get(i) or of[min(of, key=lambda j: (found[j].distance(piece), j))] for i, piece in enumerate(found)]


def cut(work, features, names, ids, props, tag, lines, units):
    """Cuts the units of `features` into their parts: (ids, tags, lines) of the new coverage; `props` gets those of the parts."""
    known = {segment(p, q): t[2:] for t, points in zip(tag, lines) for p, q in zip(points, points[1:])}
    polygon = lambda rings: shapely.Polygon(arcs.chain(rings[0], lines), [arcs.chain(h, lines) for h in rings[1:]])
    faces = {u: [polygon(rings) for rings in polygons] for u, polygons in zip(ids, units)}
    for feature in features:
        unit, whole = feature["properties"]["unit"], faces.pop(feature["properties"]["unit"])
        found = ways(work, feature, whole)
        known |= {segment(p, q): ("curated", None, None, None) for points in found for p, q in zip(points, points[1:])}
        cuts = [LineString(points) for points in found]
        here = [p for face in whole for p in pieces(face, cuts)]
        for part, piece in zip(named(feature, here), here):
            faces.setdefault(part, []).append(piece)
        outer = props[unit].get("parent")
        for part in feature["properties"]["parts"]:
            props[part] = {"id": part, "country": props[unit]["country"], "parent": outer or unit, **({"within": unit} if outer else {}), "name": names[part]}
    ids = sorted(faces)
    lo, hi, left, right = topology.segments([p for u in ids for p in faces[u]], [i for i, u in enumerate(ids) for _ in faces[u]])
    tags = [(l, r, *known[tuple(p), tuple(q)]) for p, q, l, r in zip(lo.tolist(), hi.tolist(), left.tolist(), right.tolist())]
    before, tags_out, lines_out = {tuple(points) for points in lines}, [], []
    for t, points in topology.chains(lo, hi, tags):
        if tuple(points[::-1]) in before:             # an uncut ring keeps its direction
            t, points = (t[1], t[0], *t[2:]), points[::-1]
        tags_out.append(t)
        lines_out.append(points)
    return ids, tags_out, lines_out
