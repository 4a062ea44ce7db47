"""Numbers of docs/plane.md by other programs: python oracle.py CATALOGUE.geojson > oracle.tsv
(geographiclib 2.1, pyproj 3), CATALOGUE.geojson being what `tumen export --format geojson` writes.

Of the triangles only the corners are read. Each line: the name of the number, its value, the program.
"""

import json
import sys

from geographiclib.geodesic import Geodesic
from geographiclib.polygonarea import PolygonArea
from pyproj import Geod, Transformer

WGS84 = Geodesic.WGS84
SPHERE = Geod(a=6371008.8, b=6371008.8)
TRIANGLES = {
    "small-tumen-triangle": ["rajin", "hunchun", "posyet"],
    "large-tumen-triangle": ["chongjin", "yanji", "vladivostok"],
}
SYSTEMS = ["EPSG:3857", "EPSG:32652"]

with open(sys.argv[1], encoding="utf-8") as file:
    SHAPES = {one["id"]: one["geometry"] for one in json.load(file)["features"]}


def at(place):
    return SHAPES[place]["coordinates"]


def plane(system):
    return Transformer.from_crs("OGC:CRS84", system, always_xy=True)


def distance(a, b):
    return WGS84.Inverse(a[1], a[0], b[1], b[0])["s12"]


def geodesic_area(ring):
    polygon = PolygonArea(WGS84)
    for lon, lat in ring:
        polygon.AddPoint(lat, lon)
    return abs(polygon.Compute()[2])


def planar_area(ring):
    x0, y0 = ring[0]
    pairs = zip(ring, ring[1:] + ring[:1])
    return abs(sum((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0) for (x1, y1), (x2, y2) in pairs)) / 2


def spherical_area(ring):
    return abs(SPHERE.polygon_area_perimeter(*zip(*ring))[0])


def subdivided_area(ring):
    """Of edges that are straight in longitude and latitude: geodesics between ten steps of each."""
    steps = [(x1 + (x2 - x1) * i / 10, y1 + (y2 - y1) * i / 10)
             for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]) for i in range(10)]
    return geodesic_area(steps)


def signed_sum(area, polygons):
    rings = ((1 if i == 0 else -1, ring[:-1]) for polygon in polygons for i, ring in enumerate(polygon))
    return sum(sign * area(ring) for sign, ring in rings)


def tell(name, value, program):
    print(f"{name}\t{value:.9f}\t{program}")


def farthest(least, most, value):
    """The greatest value of a function with one peak, by golden sections."""
    ratio = (5**0.5 - 1) / 2
    for _ in range(80):
        a, b = most - ratio * (most - least), least + ratio * (most - least)
        if value(a) < value(b):
            least = a
        else:
            most = b
    return value((least + most) / 2)


def to_geodesic(line, point):
    """The distance of a point beside the middle of a geodesic from it."""
    return -farthest(0, line.s13, lambda s: -distance(
        (line.Position(s)["lon2"], line.Position(s)["lat2"]), point))


areas = {name: [[[at(p) for p in corners] + [at(corners[0])]]] for name, corners in TRIANGLES.items()}
areas["treda"] = SHAPES["treda"]["coordinates"]
for name, polygons in areas.items():
    area = geodesic_area if name in TRIANGLES else subdivided_area
    tell(f"area km2 {name}", signed_sum(area, polygons) / 1e6, "GeographicLib")
    for system in SYSTEMS:
        to = plane(system)
        projected = [[[to.transform(*c) for c in ring] for ring in polygon] for polygon in polygons]
        tell(f"area {system} km2 {name}", signed_sum(planar_area, projected) / 1e6, "PROJ")
    tell(f"area sphere km2 {name}", signed_sum(spherical_area, polygons) / 1e6, "PROJ (Geod)")

(lon1, lat1), (lon2, lat2) = start, end = at("chongjin"), at("vladivostok")
edge = WGS84.InverseLine(lat1, lon1, lat2, lon2)
flat = lambda t: (lon1 + t * (lon2 - lon1), lat1 + t * (lat2 - lat1))
tell("length km chongjin vladivostok", edge.s13 / 1e3, "GeographicLib")
tell("gap m chongjin vladivostok", farthest(0.3, 0.7, lambda t: to_geodesic(edge, flat(t))), "GeographicLib")
between = geodesic_area([flat(i / 20000) for i in range(20001)])
tell("ground between km2 chongjin vladivostok", between / 1e6, "GeographicLib")

for a, b in [("antu", "nanping-port"), ("antu", "tumen-port"), ("dandong-port", "anda"),
             ("dandong-port", "vladivostok-port"), ("dandong-port", "baicheng"),
             ("dandong-port", "zarubino"), ("chunggang-port", "dehui"), ("chunggang-port", "tumen-mouth"),
             ("fangchuan-port", "tumangang-port"), ("fangchuan-port", "khasan-port")]:
    tell(f"distance km {a} {b}", distance(at(a), at(b)) / 1e3, "GeographicLib")

for system in SYSTEMS:
    to = plane(system)
    x, y = to.transform(*at("rajin"))
    for name, point in [("north", (x, y + 1e5)), ("east", (x + 1e5, y))]:
        reached = to.transform(*point, direction="INVERSE")
        tell(f"reach {name} km {system}", distance(at("rajin"), reached) / 1e3, "PROJ and GeographicLib")
