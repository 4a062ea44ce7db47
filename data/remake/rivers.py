"""rivers.arcs: the WDBII network on land, without what runs along a border river, with the names of the main rivers."""
import heapq
import sys

import numpy as np
import shapely
from shapely.geometry import LineString, Point, box

import arcs
import lines
import sources
from rivers_named import NAMES, NATURAL_EARTH, WAYPOINTS

KM = 900                              # integer units per kilometre, north-south (fewer east-west: good enough here)
ALONG = 2.5 * KM                      # nearer than this, a stretch may be the border river itself …
CONFLUENCE = 7 * KM                   # … unless it is this short: then it is the last bit of a tributary
ALL_BORDER = ("argun", "songacha", "tumen", "yalu")     # in the region these are border rivers from end to end
ON_BORDER = ("amur", "ussuri")        # and these in part
SAME = 6 * KM                         # a piece that bears such a name and keeps this near the border is the border river
NAMED_WITHIN = 3.5 * KM               # a piece bears the name of a Natural Earth river this near along most of it


def network(work, land):
    """Pieces between junctions, on land: [(level, LineString)]."""
    frame = box(*(v * arcs.UNIT for v in arcs.REGION))
    raw = [(level, lines.scaled(l)) for level, l in sources.wdbii(work) if level]     # level 0 are banks, drawn as lakes
    whole = shapely.line_merge(shapely.unary_union([l for _, l in raw], grid_size=1))
    pieces = [q for p in lines.parts(whole) for q in lines.parts(p.intersection(frame).intersection(land)) if q.length > 0.7 * KM]
    tree = shapely.STRtree([l for _, l in raw])
    levels = []
    for p in pieces:
        middle = p.interpolate(0.5, normalized=True)
        levels.append(raw[int(tree.nearest(middle))][0])
    return sorted(((level, p) for level, p in zip(levels, pieces)), key=lambda q: lines.points(q[1]))


def off_border(pieces, border):
    """Leaves out stretches along the border river; a tributary's end is led to the border line itself."""
    zone = border.buffer(ALONG)
    shapely.prepare(zone)
    out = []
    for level, piece in pieces:
        if not zone.intersects(piece):
            out.append((level, piece))
            continue
        outside = lines.parts(piece.difference(zone))
        near = lines.parts(piece.intersection(zone))
        kept = outside + [n for n in near if n.length < CONFLUENCE and any(n.distance(o) < 1 for o in outside)]
        if not outside:
            continue
        for run in lines.parts(shapely.line_merge(shapely.union_all(kept))):
            out += [(level, r) for r in meet(run, border) if r.length > 0.7 * KM]
    return out


def meet(run, border):
    """Cuts a run at the border line and keeps the longest part; an end near the border is drawn on to it."""
    run = max(lines.parts(shapely.difference(run, border.buffer(1))) or [run], key=lambda g: g.length)
    xy = lines.points(run)
    for at in (0, -1):
        p = Point(xy[at])
        if 1.5 < border.distance(p) < ALONG and len(xy) > 1:
            x, y = shapely.shortest_line(p, border).coords[1]
            xy.insert(0 if at == 0 else len(xy), (round(x), round(y)))
    return [LineString(xy)] if len(xy) > 1 else []


def follows(piece, border):
    along = shapely.line_interpolate_point(piece, np.linspace(0, 1, 15), normalized=True)
    return float(np.max(shapely.distance(border, along))) < SAME


def natural_earth(work):
    rivers = {}
    for name, _, g in sources.ne_rivers(work, arcs.REGION):
        if name in NATURAL_EARTH:
            rivers.setdefault(NATURAL_EARTH[name], []).append(lines.scaled(g))
    return {k: shapely.union_all(g) for k, g in sorted(rivers.items())}


def wide_rivers(work, rivers, pieces, names, border, land):
    """Middle lines of Natural Earth where WDBII has only the two banks: [(key, LineString)]."""
    banks = shapely.union_all([lines.scaled(l) for level, l in sources.wdbii(work) if level == 0]).buffer(4 * KM)
    frame = box(*(v * arcs.UNIT for v in arcs.REGION))
    out = []
    for k, g in rivers.items():
        have = shapely.union_all([p for (_, p), n in zip(pieces, names) if n == k])
        rest = g.intersection(banks).intersection(land).intersection(frame).difference(have.buffer(ALONG)).difference(border.buffer(SAME))
        merged = shapely.line_merge(rest) if rest.geom_type == "MultiLineString" else rest
        out += [(k, p) for p in lines.parts(merged) if p.length > 10 * KM]
    return out


def names_by_nearness(rivers, pieces):
    """The key of the Natural Earth river that a piece follows, or None."""
    out = []
    for _, piece in pieces:
        along = shapely.line_interpolate_point(piece, np.linspace(0.02, 0.98, 15), normalized=True)
        share = {}
        for k, g in rivers.items():
            if g.distance(piece) < NAMED_WITHIN:
                share[k] = float(np.mean(shapely.distance(g, along) < NAMED_WITHIN))
        best = max(sorted(share), key=share.get, default=None)
        out.append(best if best and share[best] >= 0.7 and piece.length > 2 * KM else None)
    return out


def cut_at_waypoints(pieces):
    """Cuts the pieces at their vertices nearest to the waypoints, so that ways can begin and end there."""
    tree = shapely.STRtree([p for _, p in pieces])
    cuts = {}
    for way in WAYPOINTS.values():
        for x, y in way:
            stop = Point(x * arcs.UNIT, y * arcs.UNIT)
            i = int(tree.nearest(stop))
            xy = lines.points(pieces[i][1])
            cuts.setdefault(i, set()).add(min(range(len(xy)), key=lambda k: Point(xy[k]).distance(stop)))
    out = []
    for i, (level, piece) in enumerate(pieces):
        xy = lines.points(piece)
        at = sorted({0, len(xy) - 1} | cuts.get(i, set()))
        out += [(level, LineString(xy[a:b + 1])) for a, b in zip(at, at[1:])]
    return out


def names_by_way(pieces, names):
    """Names the shortest way through the network between the waypoints of each river that Natural Earth lacks."""
    ends = [(lines.points(p)[0], lines.points(p)[-1]) for _, p in pieces]
    nodes = sorted({e for pair in ends for e in pair})
    tree = shapely.STRtree([Point(n) for n in nodes])
    links = {n: [] for n in nodes}
    for i, (a, b) in enumerate(ends):
        links[a].append((pieces[i][1].length, b, i))
        links[b].append((pieces[i][1].length, a, i))
    for i, j in zip(*tree.query([Point(n) for n in nodes], "dwithin", 2 * KM)):
        if i < j:                                     # little gaps (lakes, cut confluences) may be stepped over, at a price
            gap = 5 * Point(nodes[i]).distance(Point(nodes[j])) + 1
            links[nodes[i]].append((gap, nodes[j], None))
            links[nodes[j]].append((gap, nodes[i], None))
    for key, way in WAYPOINTS.items():
        stops = [nodes[int(tree.nearest(Point(x * arcs.UNIT, y * arcs.UNIT)))] for x, y in way]
        for a, b in zip(stops, stops[1:]):
            best, queue, back = {a: 0}, [(0, a)], {}
            while queue:
                d, n = heapq.heappop(queue)
                if n == b or d > best[n]:
                    if n == b:
                        break
                    continue
                for length, m, i in links[n]:
                    if d + length < best.get(m, 1e18):
                        best[m] = d + length
                        back[m] = (n, i)
                        heapq.heappush(queue, (d + length, m))
            straight = Point(a).distance(Point(b))
            if b not in best or best[b] > 3 * straight + 20 * KM:
                print(f"  no way for {key} from {a} to {b}")
                continue
            while b != a:
                b, i = back[b]
                if i is not None and names[i] is None:
                    names[i] = key


def make(work, out):
    header, found, units = lines.layer(f"{out}/region.arcs")
    land = shapely.union_all([g for _, g in units])
    border = shapely.union_all([LineString(a) for k, a in zip(header["arcs"], found) if k.get("river")])
    pieces = cut_at_waypoints(off_border(network(work, land), border))
    rivers = natural_earth(work)
    names = names_by_nearness(rivers, pieces)
    names_by_way(pieces, names)
    same = [n in ALL_BORDER or n in ON_BORDER and follows(p, border) for n, (_, p) in zip(names, pieces)]
    pieces, names = [p for p, drop in zip(pieces, same) if not drop], [n for n, drop in zip(names, same) if not drop]
    for key, line in wide_rivers(work, rivers, pieces, names, border, land):
        if key not in ALL_BORDER:
            pieces.append((1, line))
            names.append(key)
    groups = {}
    for (level, piece), name in zip(pieces, names):
        groups.setdefault((name, None if name else level), []).append((level, piece))
    objects, written = [], []
    for (name, level), members in sorted(groups.items(), key=lambda g: (g[0][0] is None, g[0][0] or "", g[0][1] or 0)):
        merged = shapely.line_merge(shapely.union_all([p for _, p in members]))
        rank = min(l for l, _ in members) if name else level
        refs = []
        for part in sorted(lines.parts(merged), key=lambda p: (-p.length, lines.points(p))):
            points = lines.simplified(part, 60)
            if len(points) > 1:
                refs.append([len(written)])
                written.append(points)
        props = {**({"id": name} if name else {}), "rank": min(rank, 9)}
        if name:
            props["name"] = dict(zip(("en", "zh", "ko", "ru"), NAMES[name]))
            print(f"  {name}: {sum(p.length for _, p in members) / KM:.0f} km in {len(refs)} parts")
        objects.append({"type": "line", "arcs": refs, "props": props})
    arcs.write(f"{out}/rivers.arcs", "rivers", "GSHHG/WDBII (LGPL-3+), names after Natural Earth", objects, written)


if __name__ == "__main__":
    make(sys.argv[1], sys.argv[2])
