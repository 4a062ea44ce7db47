"""What PROJ says of the coordinate systems that ship, in tables for the tests:

    python -m venv venv && venv/bin/pip install pyproj==3.7.2    # brings PROJ 9.5.1, EPSG 11.022
    venv/bin/python oracle.py codes > codes.tsv        # code, name
    venv/bin/python oracle.py projections > oracle.tsv # code or PROJ string, longitude, latitude, x, y
    venv/bin/python oracle.py written > written.tsv    # code, form, longitude, latitude, x, y, text
    venv/bin/python oracle.py systems > systems.tsv    # as oracle.tsv, of what only the feature `proj` knows

A code is taken from PROJ's own database, so that the test checks our definition and proj4rs at once.
Positions lie over the area of use of each system. Datums within a metre or two of WGS 84 are taken for
it; for the others the one EPSG operation is named here and computed from the datum to WGS 84, which is
the way that files are read. In systems.tsv the datum shift is what PROJ chooses.
"""

import json
import re
import sys
import warnings

from pyproj import CRS, Transformer
from pyproj.enums import WktVersion
from pyproj.exceptions import CRSError

warnings.simplefilter("ignore")

# Datum shifts by the name of the geographic system.
SHIFTS = {"Pulkovo 1942": 5044, "Pulkovo 1995": 5043, "Tokyo": 15484, "Korean 1985": 5191}
# No operation to WGS 84 is published, or none for the whole country.
REFUSED = {"Beijing 1954", "Xian 1980"}

GEOGRAPHIC = [
    "OGC:CRS84", "EPSG:4326", "EPSG:4979", "EPSG:4490", "EPSG:4480", "EPSG:4258", "EPSG:4937", "EPSG:4612",
    "EPSG:4947", "EPSG:6668", "EPSG:6667", "EPSG:4737", "EPSG:4927", "EPSG:4166", "EPSG:7683", "EPSG:3824",
    "EPSG:4269", "EPSG:6318", "EPSG:4617", "EPSG:4674", "EPSG:4167", "EPSG:7844", "EPSG:4148", "EPSG:4757",
    "EPSG:4619", "EPSG:4171", "EPSG:9000", "EPSG:7912", "EPSG:9990", "EPSG:9989", "EPSG:4284", "EPSG:4200",
    "EPSG:4301", "EPSG:4162", "EPSG:4214", "EPSG:4610",
]
SINGLE = [
    "EPSG:3857", "EPSG:3395", "EPSG:3035", "EPSG:3571", "EPSG:3572", "EPSG:3573", "EPSG:3574", "EPSG:3575",
    "EPSG:3576", "EPSG:6931", "EPSG:6932", "EPSG:3413", "EPSG:3995", "EPSG:3031", "EPSG:3976", "EPSG:5070",
    "EPSG:8857", "EPSG:4087", "EPSG:3832", "EPSG:5179", "ESRI:102025", "ESRI:102026", "ESRI:102012", "ESRI:54030",
    "EPSG:900913", "ESRI:102100", "EPSG:8858", "EPSG:8859", "EPSG:6933", "EPSG:5041", "EPSG:5042", "EPSG:32661",
    "EPSG:32761", "EPSG:2096", "EPSG:2097", "EPSG:2098", "EPSG:5167", "EPSG:5168", "EPSG:5173", "EPSG:5174",
    "EPSG:5175", "EPSG:5176", "EPSG:5177", "EPSG:5178", "EPSG:3825", "EPSG:3826", "EPSG:3414", "EPSG:2193",
    "EPSG:3034", "EPSG:2154", "EPSG:2180", "EPSG:3006", "EPSG:3067", "EPSG:3763", "EPSG:3338", "EPSG:6350",
    "EPSG:3005", "EPSG:3347", "EPSG:3348", "EPSG:3978", "EPSG:3979", "EPSG:5071", "EPSG:5072", "ESRI:54004",
    "ESRI:54009", "ESRI:54032", "ESRI:54034", "ESRI:102027", "ESRI:102028", "ESRI:102029", "ESRI:102030",
    "ESRI:102022", "ESRI:102001", "ESRI:102003", "ESRI:102008",
    *(f"EPSG:{code}" for code in range(5180, 5189)),
]
SERIES = [
    (32601, 32660), (32701, 32760), (4491, 4554), (2327, 2390), (2401, 2442), (21413, 21423), (21453, 21463),
    (28404, 28432), (2494, 2549), (2551, 2576), (2578, 2599), (2601, 2640), (3389, 3390), (20004, 20032),
    (2463, 2491), (2641, 2693), (2695, 2735), (2738, 2758), (20904, 20932), (21004, 21032), (21207, 21264),
    (21307, 21364), (2443, 2461), (6669, 6687), (30161, 30179), (3097, 3101), (6688, 6692), (3092, 3096),
    (25828, 25838), (26901, 26923), (31965, 31985), (7846, 7859), (6330, 6348),
]
ALL = GEOGRAPHIC + SINGLE + [f"EPSG:{code}" for first, last in SERIES for code in range(first, last + 1)]

# As `choose` writes them, with the box (west, south, east, north) of a map that they suit.
STRINGS = {
    "+proj=tmerc +lat_0=0 +lon_0=130.6 +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs": (126.6, 30, 134.6, 60),
    "+proj=laea +lat_0=47.5 +lon_0=125.5 +datum=WGS84 +units=m +no_defs": (60, -10, 190, 80),
    "+proj=laea +lat_0=-90 +lon_0=0 +datum=WGS84 +units=m +no_defs": (-180, -90, 180, -30),
    "+proj=aea +lat_0=40 +lon_0=105 +lat_1=20 +lat_2=60 +datum=WGS84 +units=m +no_defs": (50, 5, 160, 75),
    "+proj=lcc +lat_0=40 +lon_0=105 +lat_1=20 +lat_2=60 +datum=WGS84 +units=m +no_defs": (50, 5, 160, 75),
    "+proj=lcc +lat_0=45 +lon_0=130 +lat_1=45 +lat_2=45 +datum=WGS84 +units=m +no_defs": (120, 35, 140, 55),
    "+proj=aeqd +lat_0=42.5 +lon_0=130.5 +datum=WGS84 +units=m +no_defs": (60, -10, 190, 80),
    "+proj=stere +lat_0=42.5 +lon_0=130.5 +datum=WGS84 +units=m +no_defs": (80, 0, 180, 80),
    "+proj=stere +lat_0=90 +lat_ts=70 +lon_0=130 +datum=WGS84 +units=m +no_defs": (-180, 50, 180, 90),
    "+proj=eqc +lat_ts=43 +lat_0=0 +lon_0=130 +datum=WGS84 +units=m +no_defs": (60, -80, 200, 80),
    "+proj=robin +lon_0=130 +datum=WGS84 +units=m +no_defs": (-40, -85, 300, 85),
    "+proj=eqearth +lon_0=150 +datum=WGS84 +units=m +no_defs": (-20, -85, 320, 85),
    "+proj=ortho +lat_0=43 +lon_0=130 +R=6371008.7714 +units=m +no_defs": (70, -20, 190, 80),
    "+proj=ortho +lat_0=90 +lon_0=0 +R=6371008.7714 +units=m +no_defs": (-180, 5, 180, 90),
    "+proj=merc +lon_0=130 +datum=WGS84 +units=m +no_defs": (-40, -80, 300, 80),
}
# Written out, without any code: every projection that files in these parts have, feet, compounds.
WRITTEN = [
    "EPSG:4326", "EPSG:4490", "EPSG:4284", "EPSG:32652", "EPSG:4512", "EPSG:28423", "EPSG:2491", "EPSG:6669",
    "EPSG:5174", "EPSG:2445", "EPSG:2154", "EPSG:3448", "EPSG:3388", "EPSG:3035", "EPSG:3395", "EPSG:3857",
    "EPSG:3413", "EPSG:5041", "EPSG:8857", "EPSG:6933", "EPSG:2230", "EPSG:2222", "EPSG:5186+5193",
    "ESRI:102012", "ESRI:102025", "ESRI:102026", "ESRI:54030", "ESRI:54009",
]
# With one datum shift each, so that PROJ has no choice; PROJ 9.6 knows the same.
SYSTEMS = ["EPSG:2326", "EPSG:27700", "EPSG:3112", "EPSG:2056", "EPSG:3912", "EPSG:2230", "EPSG:4313"]


def grid(bounds, columns, rows):
    west, south, east, north = bounds
    east += 360 if east < west else 0
    for i in range(columns):
        for j in range(rows):
            lon = west + (east - west) * (i + 0.5) / columns
            yield (round((lon + 180) % 360 - 180, 4), round(south + (north - south) * (j + 0.5) / rows, 4))


def to_wgs84(crs):
    """From longitude and latitude on the datum of a system to those on WGS 84."""
    operation = SHIFTS.get(crs.geodetic_crs.name)
    if operation is None:
        return lambda lon, lat: (lon, lat)
    shift = Transformer.from_pipeline(f"urn:ogc:def:coordinateOperation:EPSG::{operation}")
    return lambda lon, lat: tuple(round(degrees, 10) for degrees in shift.transform(lat, lon)[::-1])


def projected(crs):
    """From longitude and latitude on the datum of a system to its own x and y."""
    if crs.is_geographic:
        return lambda lon, lat: (lon, lat)
    forward = Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True)
    return lambda lon, lat: forward.transform(lon, lat, errcheck=True)


def fixed(crs, x, y):
    digits = 10 if crs.is_geographic else 5
    return f"{x:.{digits}f}", f"{y:.{digits}f}"


def rows(name, crs, bounds, columns, rows_):
    shift, forward = to_wgs84(crs), projected(crs)
    for lon, lat in grid(bounds, columns, rows_):
        print(name, *shift(lon, lat), *fixed(crs, *forward(lon, lat)), sep="\t")


def codes():
    for code in ALL:
        print(code, CRS.from_user_input(code).name.replace("_", " "), sep="\t")


def projections():
    for code in ALL:
        crs = CRS.from_user_input(code)
        if crs.geodetic_crs.name in REFUSED or (crs.is_geographic and crs.name not in SHIFTS):
            continue
        columns, rows_ = (3, 4) if code in SINGLE else (2, 1)
        rows(code, crs, crs.area_of_use.bounds, columns, rows_)
    for name, bounds in STRINGS.items():
        rows(name, CRS.from_string(name + " +type=crs"), bounds, 4, 4)


def without_codes(value):
    if isinstance(value, dict):
        drop = {"id", "ids", "$schema", "usages", "scope", "area", "bbox", "remarks", "members"}
        return {key: without_codes(part) for key, part in value.items() if key not in drop}
    return [without_codes(part) for part in value] if isinstance(value, list) else value


def written():
    for code in WRITTEN:
        crs = CRS.from_user_input(code)
        plane = crs.sub_crs_list[0] if crs.is_compound else crs
        west, south, east, north = plane.area_of_use.bounds
        [(lon, lat)] = grid((west, max(south, -80), east, min(north, 84)), 1, 1)
        if east - west == 360:
            lon, lat = 130, max(lat, 42)
        lon, lat = round(lon + 0.37, 4), round(lat + 0.21, 4)
        where = (*to_wgs84(plane)(lon, lat), *fixed(plane, *projected(plane)(lon, lat)))
        forms = {"json": json.dumps(without_codes(json.loads(crs.to_json())), ensure_ascii=False)}
        for form, version in (("gdal", "WKT1_GDAL"), ("esri", "WKT1_ESRI"), ("wkt2", "WKT2_2019")):
            try:
                text = crs.to_wkt(WktVersion[version])
            except CRSError:  # WKT 1 has no words for some.
                continue
            text = re.sub(r',(?:AUTHORITY|ID)\["[^"]*",[^\]]*\]', "", text)
            forms[form] = re.sub(r",(?:USAGE|MEMBER)\[(?:[^\[\]]|\[[^\[\]]*\])*\]", "", text)
        for form, text in forms.items():
            print(code, form, *where, text, sep="\t")


def systems():
    for name in SYSTEMS:
        crs = CRS.from_string(name)
        forward = Transformer.from_crs("OGC:CRS84", crs, always_xy=True)
        for lon, lat in grid(crs.area_of_use.bounds, 3, 3):
            print(name, lon, lat, *fixed(crs, *forward.transform(lon, lat, errcheck=True)), sep="\t")


{"codes": codes, "projections": projections, "written": written, "systems": systems}[sys.argv[1]]()
