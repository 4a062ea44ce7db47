"""Parts of the plane by combination of areas, by GEOS: the oracle of tests/combine.rs.

    python3 -m venv venv && venv/bin/pip install shapely==2.2.0 geographiclib==2.1
    venv/bin/python geo-core/tests/combine/make.py > geo-core/tests/combine/parts.json

Edges are straight in longitude and latitude. Each part is densified to 0.01 degrees and measured
on WGS 84 as a geodesic polygon by geographiclib.
"""

import itertools
import json
import random

import shapely
from geographiclib.geodesic import Geodesic
from shapely.geometry import Polygon

random.seed(1991)


def star(x, y, size, corners):
    import math

    ring = []
    for i in range(corners):
        spoke = size * random.uniform(0.4, 1.0)
        turn = 2 * math.pi * i / corners
        ring.append((round(x + spoke * math.cos(turn), 4), round(y + spoke * math.sin(turn), 4)))
    return ring


def ellipsoidal(geometry):
    total = 0.0
    for polygon in shapely.get_parts(geometry):
        if polygon.geom_type != "Polygon":
            continue
        for place, ring in enumerate([polygon.exterior, *polygon.interiors]):
            sums = Geodesic.WGS84.Polygon()
            for lon, lat in list(shapely.segmentize(ring, 0.01).coords)[:-1]:
                sums.AddPoint(lat, lon)
            area = abs(sums.Compute(False, True)[2])
            total += area if place == 0 else -area
    return total


cases = {
    "squares": [[(130, 42), (131, 42), (131, 43), (130, 43)],
                [(130.5, 42), (131.5, 42), (131.5, 43), (130.5, 43)],
                [(130.25, 42.5), (131.25, 42.5), (131.25, 43.5), (130.25, 43.5)]],
    "nested": [star(131, 43, 2.0, 9), star(131, 43, 0.7, 7), star(131, 43, 0.25, 5)],
    "stars": [star(131 + random.uniform(-1, 1), 43 + random.uniform(-1, 1), 2.0, 12)
              for _ in range(6)],
    "antimeridian": [star(180 + random.uniform(-1, 1), -17 + random.uniform(-1, 1), 2.5, 10)
                     for _ in range(5)],
    "neighbours": [[(130, 42), (131, 42.2), (131, 43), (130, 43)],
                   [(131, 42.2), (132, 42), (132, 43), (131, 43)],
                   [(130.5, 42.5), (131.5, 42.5), (131.5, 42.7), (130.5, 42.7)]],
}
answer = []
for name, rings in cases.items():
    areas = [Polygon(ring) for ring in rings]
    assert all(area.is_valid for area in areas), name
    parts = []
    for count in range(1, len(areas) + 1):
        for members in itertools.combinations(range(len(areas)), count):
            part = shapely.intersection_all([areas[i] for i in members])
            others = [area for i, area in enumerate(areas) if i not in members]
            part = part.difference(shapely.union_all(others)) if others else part
            area = ellipsoidal(part)
            if area > 0:
                parts.append({"members": members, "m2": round(area, 1)})
    answer.append({"name": name, "rings": rings, "parts": parts})
print("[\n" + ",\n".join(json.dumps(case) for case in answer) + "\n]")
