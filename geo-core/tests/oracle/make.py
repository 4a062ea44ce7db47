"""Makes the oracle files beside it with GeographicLib: overlaps by shapely in an
equal-area projection of PROJ: `python make.py` (geographiclib 2.1, shapely 2.1, pyproj 3.7; a quarter
of an hour).

pairs.txt     lon lat lon lat, distance (m), azimuths at both ends (degrees)
segments.txt  lon lat of the ends of a segment (of a position: twice the same) and of another,
              distance (m)
rings.txt     lon lat of a position inside, area (m²), perimeter (m), lon lat of each corner,
              counter-clockwise around that position
overlaps.txt  edge model (0 geodesic, 1 straight in lon/lat), relation (0 disjoint, 1 touches,
              2 overlaps, 3 covers, 4 covered by, 5 equal), shared area (m²), number of corners of
              the first ring, lon lat of each corner of both
straight.txt  area (m²), lon lat of each corner of a ring whose edges are straight in lon/lat
"""

import math
import random
from pathlib import Path

import shapely
from geographiclib.geodesic import Geodesic
from pyproj import Transformer

EARTH = Geodesic.WGS84
HERE = Path(__file__).parent


def short(value, digits):
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def write(name, rows):
    (HERE / name).write_text("".join(f"{row}\n" for row in rows))
    print(name, len(rows), (HERE / name).stat().st_size)


def anywhere(r, digits=1):
    return round(r.uniform(-180, 180), digits), round(r.uniform(-90, 90), digits)


def nasty_pair(r):
    """A pair of one of the kinds that upset programs."""
    lon, lat = anywhere(r)
    kind = r.randrange(10)
    if kind == 0:  # from a pole
        return lon, r.choice([-90, 90]), *anywhere(r)
    if kind == 1:  # nearly or quite antipodal
        off = r.choice([0, 1e-4, 0.01, 0.3, 0.6])
        return lon, lat, round(lon - 180 + r.choice([-off, off]), 4), round(
            max(-90, min(90, -lat + off)), 4)
    if kind == 2:  # along a meridian, perhaps over a pole
        return lon, lat, lon + r.choice([0, 180 if lon < 0 else -180]), anywhere(r)[1]
    if kind == 3:  # along the equator, to nearly half way round
        return lon, 0, lon + round(r.choice([1, 90, 179, 179.39, 179.4, 179.9, 180]), 3), 0
    if kind == 4:  # tiny
        size = 10 ** r.uniform(-8, -2)
        return lon, lat, round(lon + r.uniform(-size, size), 10), round(
            max(-90, min(90, lat + r.uniform(-size, size))), 10)
    if kind == 5:  # over ±180°
        return 180 - abs(lon) / 60, lat, -180 + abs(lat) / 30, anywhere(r)[1]
    if kind == 6:  # the same place, or one parallel
        return lon, lat, r.choice([lon, anywhere(r)[0]]), lat
    if kind == 7:  # beside a pole
        top = r.choice([-1, 1]) * round(90 - 10 ** r.uniform(-6, 0), 7)
        return lon, top, anywhere(r)[0], r.choice([-1, 1]) * abs(top)
    if kind == 8:  # half a turn apart
        return lon, lat, lon + (180 if lon < 0 else -180), anywhere(r)[1]
    return lon, 0, anywhere(r)[0], round(r.uniform(-1e-3, 1e-3), 7)


def pairs():
    r = random.Random(1)
    for i in range(10_000):
        ends = nasty_pair(r) if i % 2 else (*anywhere(r), *anywhere(r))
        ends = [float(short(v, 10)) for v in ends]
        lon, lat, lon2, lat2 = ends
        line = EARTH.Inverse(lat, lon, lat2, lon2)
        yield " ".join([*(short(v, 10) for v in ends), short(line["s12"], 6),
                        short(line["azi1"], 5), short(line["azi2"], 5)])


def near(r, lon, lat, most):
    at = EARTH.Direct(lat, lon, r.uniform(0, 360), most * r.random())
    return round(at["lon2"], 4), round(at["lat2"], 4)


def distance(one, other):
    """The least distance of two segments without any derivative: 33 by 33 positions, and again
    around the least of them until they are a tenth of a millimetre apart."""
    lines = [EARTH.InverseLine(a[1], a[0], b[1], b[0]) for a, b in (one, other)]
    ranges = [(0.0, line.s13) for line in lines]
    count = 33
    while True:
        grids = []
        for line, (low, high) in zip(lines, ranges):
            steps = count - 1 if line.s13 else 0
            marks = [low + (high - low) * i / max(steps, 1) for i in range(steps + 1)]
            grids.append([(t, line.Position(t)) for t in marks])
        best = min((EARTH.Inverse(p["lat2"], p["lon2"], q["lat2"], q["lon2"],
                                  Geodesic.DISTANCE)["s12"], s, t)
                   for s, p in grids[0] for t, q in grids[1])
        step = max((high - low) / (count - 1) for low, high in ranges)
        if step < 1e-4:
            return best[0]
        ranges = [(max(0.0, at - 2 * (high - low) / (count - 1)),
                   min(line.s13, at + 2 * (high - low) / (count - 1)))
                  for line, (low, high), at in zip(lines, ranges, best[1:])]
        count = 9


def segments():
    r = random.Random(3)
    for i in range(360):
        lon, lat = anywhere(r)
        if i % 5 == 0:
            lat = r.choice([-89.7, 89.5, 88])
        if i % 5 == 1:
            lon = 179.5
        reach = 10 ** r.uniform(3.5, 6.3)
        a, b, c, d = (near(r, lon, lat, reach) for _ in range(4))
        one = (a, a) if i % 3 else (a, b)
        yield " ".join([*(short(v, 4) for p in (*one, c, d) for v in p),
                        short(distance(one, (c, d)), 4)])


def around(r, lon, lat, kind):
    """Corners in the order of their azimuths, so that the geodesics from `lon lat` keep them apart."""
    reach = 10 ** (r.uniform(2, 5) if kind == 5 else r.uniform(3, 7.2))
    corners = r.choice([3, 4, 5, 7, 12])
    step = 360 / corners
    turn = r.choice([0, r.uniform(0, step)])
    uneven = r.choice([0, 0.6])
    for i in range(corners):
        distance = reach * (1 - uneven * r.random())
        at = EARTH.Direct(lat, lon, -(turn + step * (i + min(uneven, 0.4) * r.random())), distance)
        yield round(at["lon2"], 6), round(at["lat2"], 6)


def rings():
    r = random.Random(2)
    for i in range(2_000):
        kind = i % 8
        lon, lat = anywhere(r, 3)
        if kind == 1:  # at a pole
            lat = r.choice([-90, 90])
        if kind == 2:  # beside a pole
            lat = r.choice([-1, 1]) * round(90 - 10 ** r.uniform(-3, 0.5), 4)
        if kind == 3:  # over ±180°
            lon = r.choice([-179.999, 180, 179.9])
        if kind == 4:  # on the equator
            lat = r.choice([0, 0.01])
        ring = list(around(r, lon, lat, kind))
        polygon = EARTH.Polygon()
        for x, y in ring:
            polygon.AddPoint(y, x)
        _, perimeter, area = polygon.Compute(False, False)
        if len(set(ring)) == len(ring):
            yield " ".join([*(short(v, 4) for v in (lon, lat)), short(area, 2), short(perimeter, 6),
                            *(short(v, 6) for p in ring for v in p)])


def divided(ring, pieces):
    polygon = EARTH.Polygon()
    for (x, y), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
        for i in range(pieces):
            polygon.AddPoint(y + (y2 - y) * i / pieces, x + (x2 - x) * i / pieces)
    return polygon.Compute(False, False)[2]


def straight():
    """With n pieces to an edge the error falls with n²: two areas give the limit, three the doubt."""
    r = random.Random(4)
    for i in range(300):
        reach = 10 ** r.uniform(-2, 1.7)
        lon, lat = round(r.uniform(-180, 180), 3), r.uniform(-89, 89)
        corners = r.choice([3, 4, 6, 9])
        ring = []
        for k in range(corners):
            angle = 2 * math.pi * (k + 0.4 * r.random()) / corners
            size = reach * (1 - 0.6 * r.random())
            y = max(-90, min(90, lat + size * math.sin(angle)))
            ring.append((round(lon + size * math.cos(angle), 6), round(y, 6)))
        n = max(8, int(40 * reach))
        areas = [divided(ring, n << k) for k in range(3)]
        limits = [(4 * b - a) / 3 for a, b in zip(areas, areas[1:])]
        best = (16 * limits[1] - limits[0]) / 15
        if abs(limits[1] - limits[0]) > 3e-10 * best + 0.02:
            continue
        yield " ".join([short(best, 3), *(short(v, 6) for p in ring for v in p)])


def edge(a, b, model, pieces):
    """Positions from a up to b, those of the edge from b to a."""
    if b < a:
        return [a, *reversed(edge(b, a, model, pieces)[1:])]
    if model:
        step = (b[0] - a[0] + 180) % 360 - 180
        return [(a[0] + step * i / pieces, a[1] + (b[1] - a[1]) * i / pieces) for i in range(pieces)]
    line = EARTH.InverseLine(a[1], a[0], b[1], b[0])
    marks = [line.Position(line.s13 * i / pieces) for i in range(1, pieces)]
    return [a, *((m["lon2"], m["lat2"]) for m in marks)]


def in_plane(ring, model, pieces, to_plane):
    dense = [p for a, b in zip(ring, ring[1:] + ring[:1]) for p in edge(a, b, model, pieces)]
    return shapely.Polygon(list(zip(*to_plane.transform(*zip(*dense)))))


def star(r, lon, lat, reach, corners, shares):
    turn = r.uniform(0, 360)
    for i in range(corners):
        azimuth = -(turn + 360 / corners * (i + 0.3 * r.random()))
        at = EARTH.Direct(lat, lon, azimuth, reach * r.uniform(*shares))
        yield round(at["lon2"], 6), round(at["lat2"], 6)


def pair_of_rings(r, lon, lat, reach, kind):
    one = list(star(r, lon, lat, reach, r.choice([3, 4, 5, 7]), (0.7, 1)))
    if kind == 1:  # neighbours along an edge
        line = EARTH.InverseLine(one[0][1], one[0][0], one[1][1], one[1][0])
        middle = line.Position(line.s13 / 2)
        out = EARTH.Direct(middle["lat2"], middle["lon2"], middle["azi2"] + 90, line.s13 * 0.4)
        return one, [one[1], one[0], (round(out["lon2"], 6), round(out["lat2"], 6))]
    if kind == 2 and len(one) > 3:  # a part of it, on its edges
        return one, one[:-1]
    if kind == 3:  # the same, begun elsewhere and wound the other way
        return one, list(reversed(one[1:] + one[:1]))
    if kind == 4:  # with one corner in common
        back = EARTH.Inverse(lat, lon, one[0][1], one[0][0])
        ahead = [EARTH.Direct(one[0][1], one[0][0], back["azi2"] + d, reach) for d in (-20, 20)]
        return one, [one[0], *((round(p["lon2"], 6), round(p["lat2"], 6)) for p in ahead)]
    away = EARTH.Direct(lat, lon, r.uniform(0, 360), reach * r.uniform(0, 2.2))
    size = reach * 10 ** r.uniform(-1, 0.3)
    return one, list(star(r, away["lon2"], away["lat2"], size, r.choice([3, 4, 6]), (0.6, 1)))


def overlaps():
    r = random.Random(5)
    for i in range(400):
        model, kind = i % 2, i % 11
        lon, lat = anywhere(r, 3)
        reach = 10 ** r.uniform(2.5, 5.8)
        if i % 7 == 0:
            lon = r.choice([180, -179.999, 179.95])
        if i % 7 == 1 and not model:
            lat = r.choice([90, -90, 89.9])
        if model:
            lat *= 0.7
        one, other = pair_of_rings(r, lon, lat, reach, kind)
        plane = f"+proj=laea +lon_0={lon} +lat_0={lat} +ellps=WGS84"
        to_plane = Transformer.from_crs("+proj=longlat +ellps=WGS84", plane, always_xy=True)
        pieces = max(24, int(reach / 1_000))
        limits, areas = [], []
        for k in range(3):
            a, b = (in_plane(ring, model, pieces << k, to_plane) for ring in (one, other))
            if not (a.is_valid and b.is_valid):
                break
            areas.append(a.intersection(b).area)
        if len(areas) < 3:
            continue
        limits = [(4 * b - a) / 3 for a, b in zip(areas, areas[1:])]
        if abs(limits[1] - limits[0]) > 5e-8 * areas[2]:
            continue
        if a.equals(b):
            relation = 5
        elif a.covers(b):
            relation = 3
        elif b.covers(a):
            relation = 4
        elif a.touches(b):
            relation = 1
        else:
            relation = 2 if a.intersects(b) else 0
        yield " ".join([str(model), str(relation), short(limits[1], 3), str(len(one)),
                        *(short(v, 6) for p in one + other for v in p)])


write("overlaps.txt", list(overlaps()))
write("straight.txt", list(straight()))
write("rings.txt", list(rings()))
write("pairs.txt", list(pairs()))
write("segments.txt", list(segments()))
