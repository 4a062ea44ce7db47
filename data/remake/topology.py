"""From faces with labels to arcs: the lines between differing faces, cut where three or more meet.

Faces are shapely polygons on the integer grid (coordinates positive) that share every vertex along common edges (a noded coverage).
"""
import numpy as np
import shapely


def segments(faces, labels):
    """The segments between differing labels: (lo, hi, left, right), points as integer pairs, lo < hi.

    `left` and `right` are labels seen from lo to hi; -1 is outside of every face.
    """
    a, b, who = [], [], []
    for face, label in zip(faces, labels):
        for n, ring in enumerate([face.exterior, *face.interiors]):
            xy = np.round(np.asarray(ring.coords)).astype(np.int64)
            code = (xy[:, 0] << 32) + xy[:, 1] + (1 << 62)
            area2 = np.sum(xy[:-1, 0] * xy[1:, 1] - xy[1:, 0] * xy[:-1, 1])
            if (area2 > 0) != (n == 0):
                code = code[::-1]
            a.append(code[:-1]); b.append(code[1:]); who.append(np.full(len(code) - 1, label))
    a, b, who = np.concatenate(a), np.concatenate(b), np.concatenate(who)
    lo, hi, forward = np.minimum(a, b), np.maximum(a, b), a < b
    order = np.lexsort((hi, lo))
    lo, hi, forward, who = lo[order], hi[order], forward[order], who[order]
    start = np.flatnonzero(np.r_[True, (lo[1:] != lo[:-1]) | (hi[1:] != hi[:-1])])
    group = np.cumsum(np.r_[False, (lo[1:] != lo[:-1]) | (hi[1:] != hi[:-1])])
    left, right = np.full(len(start), -1), np.full(len(start), -1)
    left[group[forward]] = who[forward]
    right[group[~forward]] = who[~forward]
    keep = left != right
    decode = lambda c: np.stack([(c - (1 << 62)) >> 32, c & 0xffffffff], 1)
    lo, hi = decode(lo[start][keep]), decode(hi[start][keep])
    return lo, hi, left[keep], right[keep]


def chains(lo, hi, tags):
    """Joins segments of equal tag into maximal chains, cut at nodes: [(tag, points)], in a fixed order.

    A tag holds (left, right, …) as seen along the chain; `flip(tag)` exchanges the two.
    """
    flip = lambda t: (t[1], t[0], *t[2:])
    around = {}
    for p, q, t in zip(map(tuple, lo.tolist()), map(tuple, hi.tolist()), tags):
        around.setdefault(p, []).append((q, t))
        around.setdefault(q, []).append((p, flip(t)))

    def node(p):
        n = around[p]
        return len(n) != 2 or n[0][1] != flip(n[1][1])

    done, out = set(), []

    def follow(p, q, t):
        points = [p, q]
        done.add((p, q)); done.add((q, p))
        while not node(q):
            q = next(r for r, _ in around[q] if r != points[-2])
            if (points[-1], q) in done:
                break
            done.add((points[-1], q)); done.add((q, points[-1]))
            points.append(q)
        out.append((t, points))

    for nodes in (True, False):                       # first from the nodes, then the closed chains left over
        for p in sorted(around):
            if node(p) == nodes:
                for q, t in sorted(around[p]):
                    if (p, q) not in done:
                        follow(p, q, t)
    return out


def rings(directed, arcs):
    """Closes directed arcs (interior on the left) into simple rings of arc references."""
    point = lambda r, i: arcs[r][i] if r >= 0 else arcs[~r][::-1][i]
    leaving = {}
    for r in sorted(directed):
        leaving.setdefault(point(r, 0), []).append(r)
    free, out = set(directed), []
    for first in sorted(directed, key=lambda r: (r if r >= 0 else ~r)):
        if first not in free:
            continue
        ring = [first]
        free.discard(first)
        while point(ring[-1], -1) != point(ring[0], 0):
            here, back = point(ring[-1], -1), point(ring[-1], -2)
            angle = np.arctan2(back[1] - here[1], back[0] - here[0])
            turn = lambda r: (angle - np.arctan2(point(r, 1)[1] - here[1], point(r, 1)[0] - here[0])) % (2 * np.pi)
            ring.append(min((r for r in leaving[here] if r in free), key=turn))
            free.discard(ring[-1])
            for i, r in enumerate(ring[:-1]):         # a ring that meets itself gives off the loop
                if point(r, 0) == point(ring[-1], -1) and i:
                    out.append(ring[i:])
                    del ring[i:]
                    break
        out.append(ring)
    return out


def polygons(directed, arcs):
    """Polygons (lists of rings, exterior first) of a face from its directed arcs."""
    from arcs import chain
    found = []
    for ring in rings(directed, arcs):
        xy = np.array(chain(ring, arcs), dtype=np.int64)
        found.append((int(np.sum(xy[:-1, 0] * xy[1:, 1] - xy[1:, 0] * xy[:-1, 1])), ring, xy))
    outer = sorted((f for f in found if f[0] > 0), key=lambda f: (-f[0], f[1]))
    shapes = [shapely.Polygon(f[2]) for f in outer]
    out = [[f[1]] for f in outer]
    tree = shapely.STRtree(shapes)
    for area, ring, xy in sorted((f for f in found if f[0] <= 0), key=lambda f: f[1]):
        hole = shapely.Polygon(xy).representative_point()
        inside = [i for i in tree.query(hole, "within") if outer[i][0] > -area]
        out[min(inside, key=lambda i: outer[i][0])].append(ring)
    return out


def simplify(points, tolerance):
    """Douglas–Peucker with a tolerance per vertex (units of the plane, metres here); ends stay."""
    xy = np.array(points, dtype=float)
    plane = np.stack([xy[:, 0] * np.cos(np.radians(xy[:, 1].mean() / 1e5)), xy[:, 1]], 1) * 1.11195
    n = len(plane)
    keep = np.zeros(n, bool)
    keep[[0, -1]] = True
    closed = points[0] == points[-1]
    if closed:                                        # the far point, and the point farthest from that axis
        far = int(np.argmax(np.hypot(*(plane - plane[0]).T)))
        ax = plane[far] - plane[0]
        side = int(np.argmax(np.abs(ax[0] * (plane - plane[0])[:, 1] - ax[1] * (plane - plane[0])[:, 0])))
        keep[[far, side]] = True
    ends = np.flatnonzero(keep)
    stack = list(zip(ends[:-1], ends[1:]))
    while stack:
        i, j = stack.pop()
        if j - i < 2:
            continue
        d, p = plane[j] - plane[i], plane[i + 1:j] - plane[i]
        t = np.clip(p @ d / max(d @ d, 1e-12), 0, 1)
        off = np.hypot(*(p - t[:, None] * d).T) / tolerance[i + 1:j]
        k = int(np.argmax(off))
        if off[k] > 1:
            keep[i + 1 + k] = True
            stack += [(i, i + 1 + k), (i + 1 + k, j)]
    return [points[i] for i in np.flatnonzero(keep)]


def simplify_all(lines):
    """Simplifies each (chain, tolerances); where the results would cross or touch, again with a third of the tolerance."""
    factor = np.ones(len(lines))
    out = [simplify(p, t) for p, t in lines]
    for _ in range(9):
        shapes = np.array([shapely.LineString(p) for p in out])
        bad = set(np.flatnonzero(~shapely.is_simple(shapes)).tolist())
        bad |= {i for i, p in enumerate(out) if len(p) < 4 and p[0] == p[-1]}
        i, j = shapely.STRtree(shapes).query(shapes, "intersects")
        for a, b in zip(i[i < j].tolist(), j[i < j].tolist()):
            ends = {out[a][0], out[a][-1]} & {out[b][0], out[b][-1]}
            meet = shapes[a].intersection(shapes[b])
            common = shapely.get_coordinates(meet)
            if meet.length > 0 or any((x, y) not in ends for x, y in common):
                bad |= {a, b}
        print("crossings to mend:", len(bad))
        if not bad:
            return out
        for k in bad:
            factor[k] /= 3
            out[k] = simplify(lines[k][0], lines[k][1] * factor[k])
    raise SystemExit(f"arcs still cross: {sorted(bad)}")


def coverage(count, tags, lines):
    """Drops islands swallowed by a simplified coast and closes the units: (tags, lines, polygons of each of `count` units).

    A tag holds (left unit, right unit, kind, …) of its line; -1 is no unit.
    """
    from arcs import chain
    sides = lambda u, some: [i if tags[i][0] == u else ~i for i in some if u in tags[i][:2]]
    whole = {}                                        # first arc of the exterior -> polygon
    for u in range(count):
        for rings in polygons(sides(u, range(len(lines))), lines):
            whole[rings[0][0]] = shapely.Polygon(chain(rings[0], lines))
    refs = sorted(whole)
    tree = shapely.STRtree([whole[r] for r in refs])
    swallowed = set()
    for i, line in enumerate(lines):
        if line[0] == line[-1] and tags[i][2] == "coast":
            r = i if i in whole else ~i
            if r in whole and any(refs[j] != r and whole[refs[j]].area > whole[r].area for j in tree.query(whole[r], "within")):
                swallowed.add(i)
    print("islands swallowed:", len(swallowed))
    keep = [i for i in range(len(lines)) if i not in swallowed]
    tags, lines = [tags[i] for i in keep], [lines[i] for i in keep]
    return tags, lines, [polygons(sides(u, range(len(lines))), lines) for u in range(count)]
