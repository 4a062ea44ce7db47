"""The table of verdicts.tsv: for each case whether GEOS takes the polygons as valid, the area of
what an odd number of rings holds, united over the polygons, and the same by GEOS's make_valid
(method linework) where it is another.

The cases are those of `cases.rs`: whole numbers, drawn alike.

    python cases.py > verdicts.tsv        # shapely, with GEOS in it
"""

import sys

import shapely
from shapely import MultiPolygon, Polygon

COUNT = 2100
MASK = (1 << 64) - 1


class Random:
    def __init__(self, seed):
        self.state = (seed * 0x9E3779B97F4A7C15 + 1) & MASK

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & MASK
        return (self.state >> 33) % n


def chain(draw, width, top):
    """A lower and an upper chain from west to east, which may meet."""
    xs = [x for x in range(1, width) if draw.below(3) > 0]
    ring = [(0, draw.below(top))]
    ring += [(x, draw.below(top)) for x in xs]
    ring += [(width, draw.below(top) + 1)]
    ring += [(x, top - 2 + draw.below(top)) for x in reversed(xs)]
    return ring


def box(draw, size, most):
    west, south = draw.below(size), draw.below(size)
    east, north = west + 1 + draw.below(most), south + 1 + draw.below(most)
    ring = [(west, south), (east, south), (east, north), (west, north)]
    return ring[::-1] if draw.below(2) else ring


def scribble(draw, count, size):
    return [(draw.below(size), draw.below(size)) for _ in range(count)]


def case(index):
    draw = Random(index)
    kind = index % 7
    if kind == 0:
        return [[chain(draw, 3 + draw.below(9), 7)]]
    if kind == 1:
        ring = chain(draw, 4 + draw.below(6), 9)
        a, b = draw.below(len(ring)), draw.below(len(ring))
        ring[a], ring[b] = ring[b], ring[a]
        return [[ring]]
    if kind == 2:
        holes = [scribble(draw, 3, 12) for _ in range(1 + draw.below(3))]
        return [[[(0, 0), (12, 0), (12, 12), (0, 12)], *holes]]
    if kind == 3:
        return [[scribble(draw, 3 + draw.below(2), 14)] for _ in range(2 + draw.below(3))]
    if kind == 4:
        return [[box(draw, 12, 4)] for _ in range(2 + draw.below(4))]
    if kind == 5:
        holes = [box(draw, 12, 4) for _ in range(1 + draw.below(4))]
        return [[[(0, 0), (0, 10), (10, 10), (10, 0)], *holes]]
    return [[scribble(draw, 3 + draw.below(6), 10)]]


def closed(ring):
    return [*ring, ring[0]]


def parity(rings):
    """What an odd number of rings holds: each face of their linework asked with a point in it."""
    lines = shapely.union_all([shapely.LineString(closed(ring)) for ring in rings])
    faces = shapely.polygonize([lines]).geoms
    held = []
    for face in faces:
        at = face.representative_point()
        if sum(crossings(closed(ring), at.x, at.y) for ring in rings) % 2:
            held.append(face)
    return shapely.union_all(held)


def crossings(ring, x, y):
    count = 0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:]):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            count += 1
    return count


def main():
    print(f"# cases.py, shapely {shapely.__version__}, GEOS {shapely.geos_version_string}")
    for index in range(COUNT):
        rings = case(index)
        polygons = []
        for first, *holes in rings:
            polygons.append(Polygon(closed(first), [closed(hole) for hole in holes]))
        whole = polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)
        area = shapely.union_all([parity(part) for part in rings]).area
        made = shapely.union_all([shapely.make_valid(p, method="linework") for p in polygons]).area
        other = "" if abs(made - area) <= 1e-9 * max(area, 1) else f"\t{made!r}"
        print(f"{'valid' if whole.is_valid else 'invalid'}\t{area!r}{other}")


if __name__ == "__main__":
    sys.exit(main())
