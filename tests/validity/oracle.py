"""Puts what GEOS says of each file into the third column of expected.tsv: the reason by which
shapely's is_valid_reason refuses the first feature that it does, '-' where it cannot be asked.

    python oracle.py
"""

import json
import pathlib

import shapely
from shapely.geometry import shape

HERE = pathlib.Path(__file__).parent


def reason(path):
    try:
        value = json.loads(path.read_bytes().decode("utf-8-sig"))
        features = value.get("features", [value])
        said = "Valid Geometry"
        for feature in features:
            geometry = feature.get("geometry") if feature.get("type") == "Feature" else feature
            if geometry is None:
                continue
            said = shapely.is_valid_reason(shape(geometry))
            if said != "Valid Geometry":
                break
        return said.split("[")[0]
    except Exception:  # no JSON, or nothing that GEOS builds
        return "-"


def main():
    table = HERE / "expected.tsv"
    rows = [line.split("\t") for line in table.read_text().splitlines() if not line.startswith("#")]
    head = f"# oracle.py: shapely {shapely.__version__}, GEOS {shapely.geos_version_string}\n"
    lines = [f"{file}\t{kind}\t{reason(HERE / (file + '.geojson'))}\n" for file, kind, *_ in rows]
    table.write_text(head + "".join(lines))


if __name__ == "__main__":
    main()
