"""Makes the files that tests/import.rs reads, and what GDAL reads in each of them.

    python3 tests/import/make.py        # GDAL 3.6 with LIBKML

Each `NAME.geojson` is the answer of `ogr2ogr -t_srs EPSG:4326` to the file of that name.
"""

import json
import pathlib
import struct
import subprocess
import zipfile

HERE = pathlib.Path(__file__).parent
PARTS = ["shp", "shx", "dbf", "prj", "cpg"]


def run(*arguments):
    subprocess.run([str(argument) for argument in arguments], check=True)


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def collection(path, features):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))


def point(lon, lat):
    return {"type": "Point", "coordinates": [lon, lat]}


def shapefile(name, features, *options):
    """A shapefile written by GDAL."""
    source = HERE / "source.json"
    collection(source, features)
    for part in PARTS:
        (HERE / f"{name}.{part}").unlink(missing_ok=True)
    run("ogr2ogr", "-f", "ESRI Shapefile", *options, HERE / f"{name}.shp", source)
    source.unlink()


def expected(name, file, *options):
    """What GDAL reads."""
    out = HERE / f"{name}.geojson"
    out.unlink(missing_ok=True)
    run("ogr2ogr", "-f", "GeoJSON", "-t_srs", "EPSG:4326", "-lco", "COORDINATE_PRECISION=12",
        *options, out, file)


def texts():
    """Names in the encodings of three countries, one told by the .dbf alone."""
    rajin, hunchun = (130.30, 42.25), (130.36, 42.86)
    for name, page, names in [
        ("cp936", "CP936", ("罗津", "珲春市边境经济合作区")),
        ("cp949", "CP949", ("라진", "훈춘 변경경제합작구")),
        ("cp1251", "CP1251", ("Раджин", "Хуньчунь")),
    ]:
        features = [
            feature(point(*rajin), name=names[0], code="007", year=1991, share=0.5,
                    day="1991-12-28"),
            feature(point(*hunchun), name=names[1], code="8", year=None, share=-1234.25, day=None),
        ]
        shapefile(name, features, "-lco", f"ENCODING={page}")
        if name == "cp1251":
            (HERE / f"{name}.cpg").unlink()
            table = bytearray((HERE / f"{name}.dbf").read_bytes())
            table[29] = 0xC9
            (HERE / f"{name}.dbf").write_bytes(table)
        expected(name, HERE / f"{name}.shp")


def ring(x, y, half, clockwise):
    """A square in the metres of UTM zone 52."""
    corners = [(-1, -1), (-1, 1), (1, 1), (1, -1), (-1, -1)]
    corners = corners if clockwise else corners[::-1]
    return [(600000 + x + a * half, 4680000 + y + b * half) for a, b in corners]


def polygon_z(rings):
    """A record of a PolygonZ, its rings in the order given."""
    points = [at for one in rings for at in one]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    starts = [sum(len(one) for one in rings[:index]) for index in range(len(rings))]
    record = struct.pack("<i4d2i", 15, min(xs), min(ys), max(xs), max(ys), len(rings), len(points))
    record += struct.pack(f"<{len(starts)}i", *starts)
    record += b"".join(struct.pack("<2d", *at) for at in points)
    return record + struct.pack(f"<2d{len(points)}d", 7, 7, *[7] * len(points))


def zipped():
    """Areas in metres, with holes before their shells, islands in lakes and a shape of nothing."""
    lake = ring(0, 0, 500, False)
    records = [
        polygon_z([lake, ring(9000, 0, 1000, True), ring(0, 0, 200, True), ring(0, 0, 2000, True)]),
        polygon_z([ring(0, 20000, 300, True)]),
    ]
    names = ["zone with a lake", "zone"]
    head = struct.Struct(">7i")
    length = 50 + sum(4 + len(record) // 2 for record in records)
    box = struct.pack("<2i8d", 1000, 15, 590000, 4670000, 620000, 4710000, 7, 7, 0, 0)
    shp = head.pack(9994, 0, 0, 0, 0, 0, length) + box
    shx = head.pack(9994, 0, 0, 0, 0, 0, 50 + 4 * len(records)) + box
    for number, record in enumerate(records, 1):
        shx += struct.pack(">2i", len(shp) // 2, len(record) // 2)
        shp += struct.pack(">2i", number, len(record) // 2) + record
    fields = [("NAME", b"C", 20, 0), ("AREA_KM2", b"F", 19, 11), ("BIG", b"N", 18, 0),
              ("OPEN", b"L", 1, 0), ("SINCE", b"D", 8, 0)]
    size = 1 + sum(length for _, _, length, _ in fields)
    dbf = struct.pack("<4BIHH20x", 3, 126, 1, 1, len(records), 33 + 32 * len(fields), size)
    for name, kind, length, decimals in fields:
        dbf += struct.pack("<11sc4xBB14x", name.encode(), kind, length, decimals)
    dbf += b"\r"
    cells = [("15.12345678901", "9007199254740993", "T", "19911228"), ("", "7", "F", "")]
    for name, row in zip(names, cells):
        dbf += f" {name:<20}{row[0]:>19}{row[1]:>18}{row[2]}{row[3]:<8}".encode()
    dbf += b"\x1a"
    wkt = subprocess.run(["gdalsrsinfo", "-o", "wkt_esri", "EPSG:32652"], check=True,
                         capture_output=True, text=True).stdout.strip()
    with zipfile.ZipFile(HERE / "utm.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in [("shp", shp), ("SHX", shx), ("dbf", dbf), ("prj", wkt.encode()),
                              ("cpg", b"UTF-8")]:
            entry = zipfile.ZipInfo(f"data/zones.{part}", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    folder = HERE / "unpacked"
    folder.mkdir()
    for part, content in [("shp", shp), ("shx", shx), ("dbf", dbf), ("prj", wkt.encode())]:
        (folder / f"zones.{part}").write_bytes(content)
    expected("utm", folder / "zones.shp", "-dim", "XY")
    for part in folder.iterdir():
        part.unlink()
    folder.rmdir()


def lines():
    """Lines with heights, points with measures."""
    chain = [[130.0, 42.0, 5], [130.5, 42.5, 6]]
    features = [
        feature({"type": "MultiLineString", "coordinates": [chain, chain[::-1]]}, name="both ways"),
        feature({"type": "LineString", "coordinates": chain}, name="one"),
    ]
    shapefile("lines", features, "-lco", "SHPT=ARCZ")
    expected("lines", HERE / "lines.shp", "-dim", "XY")
    features = [feature({"type": "MultiPoint", "coordinates": [[130, 42], [131, 43]]}, name="two")]
    shapefile("points", features, "-lco", "SHPT=MULTIPOINTM")
    expected("points", HERE / "points.shp", "-dim", "XY")


TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.001, 0.0005], "translate": [130, 42]},
    "objects": {
        "zones": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "west", "arcs": [[0, 1]], "properties": {"n": 1}},
                {"type": "MultiPolygon", "id": 7, "arcs": [[[-1, 2]]],
                 "properties": {"name": "동쪽"}},
            ],
        },
        "ports": {"type": "GeometryCollection", "geometries": [
            {"type": "Point", "coordinates": [300, 500], "properties": {"name": "Rajin"}},
            {"type": "MultiPoint", "coordinates": [[0, 0], [10, 20]]},
        ]},
        "roads": {"type": "GeometryCollection", "geometries": [
            {"type": "MultiLineString", "arcs": [[1], [-3]], "id": "r1"},
            {"type": "LineString", "arcs": [2, 1], "id": "r2"},
        ]},
    },
    "arcs": [
        [[400, 0], [0, 400], [-100, 100]],
        [[300, 500], [-300, -100], [0, -400], [400, 0]],
        [[400, 0], [500, 0], [0, 500], [-600, 0]],
    ],
}


def topology():
    path = HERE / "arcs.topojson"
    path.write_text(json.dumps(TOPOLOGY, ensure_ascii=False, indent=1) + "\n")
    for name in TOPOLOGY["objects"]:
        run("ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=12",
            HERE / f"arcs-{name}.geojson", path, name)


def documents():
    """What GDAL writes as KML."""
    source = HERE / "source.json"
    collection(source, [
        feature(point(130.3, 42.25), Name="Rajin & <port>", note="two\nlines", n=7, x=0.5),
        feature({"type": "MultiPolygon", "coordinates": [
            [[[130, 42], [131, 42], [131, 43], [130, 42]]],
            [[[140, 42], [143, 42], [143, 45], [140, 42]],
             [[142, 43], [142.5, 43], [142.5, 43.5], [142, 43]]],
        ]}, Name="나진", note=None, n=None, x=None),
    ])
    for name in ["gdal.kml", "gdal.kmz"]:
        (HERE / name).unlink(missing_ok=True)
        run("ogr2ogr", "-f", "LIBKML", HERE / name, source, "-nln", "zones")
    expected("gdal", HERE / "gdal.kml", "-dim", "XY")
    source.unlink()


if __name__ == "__main__":
    for old in HERE.glob("*.geojson"):
        old.unlink()
    texts()
    zipped()
    lines()
    topology()
    documents()
