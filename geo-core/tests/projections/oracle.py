"""oracle.tsv: what PROJ says of the projections that ship, over the area of use of each; and
systems.tsv: what it says of systems that only the feature `proj` knows.

    python -m venv venv && venv/bin/pip install pyproj==3.7.2    # brings PROJ 9.5.1
    venv/bin/python oracle.py > oracle.tsv
    venv/bin/python oracle.py systems > systems.tsv

A code is taken from PROJ's own database, so that the test checks our definition and proj4rs at once.
Only the projection is computed, from the geographic system of each code: datums within a metre of
WGS 84 are taken for it. In systems.tsv the datum shift from WGS 84 is part of it. Columns: code or PROJ string, longitude, latitude, easting, northing.
"""

import sys

from pyproj import CRS, Transformer

SINGLE = [
    "EPSG:3857", "EPSG:3395", "EPSG:3035", "EPSG:3571", "EPSG:3572", "EPSG:3573", "EPSG:3574", "EPSG:3575",
    "EPSG:3576", "EPSG:6931", "EPSG:6932", "EPSG:3413", "EPSG:3995", "EPSG:3031", "EPSG:3976", "EPSG:5070",
    "EPSG:8857", "EPSG:4087", "EPSG:3832", "EPSG:5179", "ESRI:102025", "ESRI:102026", "ESRI:102012", "ESRI:54030",
]
SERIES = [
    *range(32601, 32661), *range(32701, 32761), *range(4491, 4555), *range(5185, 5189), *range(6688, 6693),
]
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
# With one datum shift each, so that PROJ has no choice; PROJ 9.6 knows the same.
SYSTEMS = [
    "EPSG:2326", "EPSG:5181", "EPSG:2097", "EPSG:2180", "EPSG:2445", "ESRI:54009", "EPSG:2056", "EPSG:32661", "EPSG:5041",
]


def grid(bounds, columns, rows):
    west, south, east, north = bounds
    east += 360 if east < west else 0
    for i in range(columns):
        for j in range(rows):
            lon = west + (east - west) * (i + 0.5) / columns
            yield (round((lon + 180) % 360 - 180, 4), round(south + (north - south) * (j + 0.5) / rows, 4))


def rows(name, crs, bounds, columns, rows_, source=None):
    forward = Transformer.from_crs(source or crs.geodetic_crs, crs, always_xy=True)
    for lon, lat in grid(bounds, columns, rows_):
        x, y = forward.transform(lon, lat, errcheck=True)
        print(name, lon, lat, f"{x:.5f}", f"{y:.5f}", sep="\t")


if sys.argv[1:] == ["systems"]:
    for name in SYSTEMS:
        crs = CRS.from_string(name)
        rows(name, crs, crs.area_of_use.bounds, 3, 3, "OGC:CRS84")
    sys.exit()

for name in SINGLE:
    crs = CRS.from_string(name)
    rows(name, crs, crs.area_of_use.bounds, 3, 4)
for code in SERIES:
    crs = CRS.from_epsg(code)
    rows(f"EPSG:{code}", crs, crs.area_of_use.bounds, 2, 2)
for name, bounds in STRINGS.items():
    rows(name, CRS.from_string(name + " +type=crs"), bounds, 4, 4)
