"""The same as columns.rs by geopandas: CPU seconds of all threads, the least and the median of five.

python3 benches/peers/columns.py FILE.geojson FOLDER, with geopandas 1, pyogrio and pyarrow.
"""

import os
import pathlib
import resource
import statistics
import sys

import geopandas


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def task(name, run):
    seconds = []
    for _ in range(5):
        start = cpu()
        found = run()
        seconds.append(cpu() - start)
    print(f"{name:<22} {min(seconds):7.3f} s  {statistics.median(seconds):7.3f} s  {found}")


data, folder = sys.argv[1], pathlib.Path(sys.argv[2])
frame = geopandas.read_file(data)
box = (130.0, 42.0, 131.0, 43.0)
fgb, parquet = folder / "peer.fgb", folder / "peer.parquet"


def write_fgb():
    fgb.unlink(missing_ok=True)
    frame.to_file(fgb, driver="FlatGeobuf", engine="pyogrio")
    return f"{os.path.getsize(fgb)} bytes"


def write_parquet():
    frame.to_parquet(parquet, schema_version="1.1.0", write_covering_bbox=True)
    return f"{os.path.getsize(parquet)} bytes"


task("write FlatGeobuf", write_fgb)
task("read FlatGeobuf", lambda: f"{len(geopandas.read_file(fgb))} features")
task("box of FlatGeobuf", lambda: f"{len(geopandas.read_file(fgb, bbox=box))} features")
task("write GeoParquet", write_parquet)
task("read GeoParquet", lambda: f"{len(geopandas.read_parquet(parquet))} features")
task("box of GeoParquet", lambda: f"{len(geopandas.read_parquet(parquet, bbox=box))} features")
