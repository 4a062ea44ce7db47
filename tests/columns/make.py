"""Makes the files of this folder with programs that are not ours.

python3 tests/columns/make.py, with GDAL's ogr2ogr 3.6, geopandas 1, pyarrow 15 and shapely 2 or later.
"""

import json
import pathlib
import subprocess
import datetime as dt
import decimal

import geopandas
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

here = pathlib.Path(__file__).parent

square = {"type": "Polygon", "coordinates": [
    [[129.0, 42.0], [131.0, 42.0], [131.0, 43.0], [129.0, 43.0], [129.0, 42.0]],
    [[129.5, 42.2], [129.5, 42.4], [129.7, 42.4], [129.7, 42.2], [129.5, 42.2]]]}
far = {"type": "Polygon", "coordinates": [
    [[133.0, 44.0], [133.5, 44.0], [133.5, 44.5], [133.0, 44.0]]]}
geometries = [
    {"type": "Point", "coordinates": [130.3, 42.25, 12.5]},
    {"type": "MultiPoint", "coordinates": [[130.3, 42.25], [130.8, 42.6]]},
    {"type": "LineString", "coordinates": [[130.3, 42.25], [130.4, 42.3], [130.8, 42.6]]},
    {"type": "MultiLineString", "coordinates": [[[130.0, 42.0], [131.0, 43.0]], [[132.0, 43.0], [133.0, 44.0]]]},
    square,
    {"type": "MultiPolygon", "coordinates": [square["coordinates"], far["coordinates"]]},
]


def collection(geometries, more=lambda index: {}):
    features = [
        {"type": "Feature", "properties": {"id": f"f{index}", **more(index)}, "geometry": geometry}
        for index, geometry in enumerate(geometries)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def gdal(name, text, *arguments):
    source = here / "source.geojson"
    source.write_text(text)
    target = here / name
    target.unlink(missing_ok=True)
    subprocess.run(["ogr2ogr", "-f", "FlatGeobuf", target, source, *arguments], check=True)
    source.unlink()


def properties(index):
    return {
        "day": "1991-12-24",
        "count": 7 + index,
        "large": 2**40,
        "ratio": 0.25 if index else None,
        "open": index % 2 == 0,
        "name": "훈춘 珲春",
    }


gdal("mixed.fgb", collection(geometries, properties), "-nlt", "GEOMETRY")
gdal("heights.fgb", collection(geometries[:1]))
gdal("utm.fgb", collection([square, far]), "-t_srs", "EPSG:32652")
gdal("unindexed.fgb", collection([square, far]), "-lco", "SPATIAL_INDEX=NO")

shapes = [shapely.geometry.shape(geometry) for geometry in geometries]
frame = geopandas.GeoDataFrame({"id": [f"f{i}" for i in range(6)]}, geometry=shapes, crs="OGC:CRS84")
frame.to_parquet(here / "mixed.parquet", schema_version="1.1.0", write_covering_bbox=True)
areas = geopandas.GeoDataFrame({"id": ["f0", "f1"]}, geometry=[shapes[4], shapely.geometry.shape(far)], crs="OGC:CRS84")
areas.to_parquet(here / "native.parquet", schema_version="1.1.0", geometry_encoding="geoarrow")
areas.to_crs("EPSG:32652").to_parquet(here / "utm.parquet")

table = pa.table({
    "id": ["rajin"],
    "tags": [["port", "ice-free"]],
    "pairs": pa.array([[{"a": 1}, {"a": 2}]]),
    "info": pa.array([{"a": 1, "b": {"c": 0.5}}]),
    "links": pa.array([[("geonames", "2040")]], pa.map_(pa.string(), pa.string())),
    "day": pa.array([dt.date(1991, 12, 24)]),
    "old": pa.array([dt.date(1858, 5, 28)]),
    "at": pa.array([dt.datetime(1991, 12, 24, 8, 30, tzinfo=dt.timezone.utc)], pa.timestamp("us", "UTC")),
    "local": pa.array([dt.datetime(1991, 12, 24, 8, 30)], pa.timestamp("ns")),
    "clock": pa.array([dt.time(8, 30)], pa.time32("ms")),
    "amount": pa.array([decimal.Decimal("12.50")], pa.decimal128(10, 2)),
    "ratio": pa.array([0.1], pa.float32()),
    "small": pa.array([-3], pa.int8()),
    "large": pa.array([2**63], pa.uint64()),
    "open": [True],
    "nothing": pa.array([None], pa.string()),
    "blob": pa.array([b"\x00\x01"]),
    "label": pa.array(["a"]).dictionary_encode(),
    "geometry": [shapely.to_wkb(shapely.LineString([(130.0, 42.0), (140.0, 42.0)]))],
    "centre": [shapely.to_wkb(shapely.Point(135.0, 42.0))],
})
column = {"encoding": "WKB", "geometry_types": ["LineString"], "edges": "spherical"}
geo = {"version": "1.0.0", "primary_column": "geometry",
       "columns": {"geometry": column, "centre": {"encoding": "WKB", "geometry_types": ["Point"], "crs": None}}}
pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), here / "nested.parquet")
pq.write_table(pa.table({"id": ["rajin"], "lon": [130.3], "lat": [42.25]}), here / "plain.parquet")
