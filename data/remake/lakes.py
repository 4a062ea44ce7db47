"""lakes.arcs: GSHHG level-2 outlines, closed, with the names of the larger lakes."""
import sys

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon, box

import arcs
import lines
import sources

# (longitude, latitude, en, zh, ko, ru): a point on the water
NAMES = [
    (132.40, 44.95, "Lake Khanka", "兴凯湖", "한카호", "озеро Ханка"),
    (132.52, 45.33, "Little Khanka", "小兴凯湖", "소한카호", "Малая Ханка"),
    (117.40, 48.95, "Hulun Lake", "呼伦湖", "후룬호", "озеро Далайнор"),
    (117.75, 47.85, "Buir Lake", "贝尔湖", "부이르호", "озеро Буйр-Нуур"),
    (124.27, 45.25, "Chagan Lake", "查干湖", "차간호", "озеро Чаган"),
    (126.85, 43.62, "Songhua Reservoir", "松花湖", "쑹화호", "водохранилище Сунхуа"),
    (125.15, 40.55, "Supung Lake", "水丰湖", "수풍호", "Супхунское водохранилище"),
    (128.95, 43.87, "Jingpo Lake", "镜泊湖", "징포호", "озеро Цзинбоху"),
    (128.055, 42.005, "Heaven Lake", "天池", "천지", "Чхонджи"),
    (140.88, 40.47, "Lake Towada", "十和田湖", "도와다호", "озеро Товада"),
    (140.10, 37.48, "Lake Inawashiro", "猪苗代湖", "이나와시로호", "озеро Инавасиро"),
    (140.85, 42.60, "Lake Toya", "洞爷湖", "도야호", "озеро Тоя"),
    (141.33, 42.76, "Lake Shikotsu", "支笏湖", "시코쓰호", "озеро Сикоцу"),
    (140.38, 36.03, "Kasumigaura", "霞浦", "가스미가우라", "озеро Касумигаура"),
    (128.35, 53.90, "Zeya Reservoir", "结雅水库", "제야 저수지", "Зейское водохранилище"),
    (136.60, 52.00, "Lake Chukchagir", "丘克恰吉尔湖", "축차기르호", "Чукчагирское озеро"),
    (136.50, 51.47, "Lake Evoron", "埃沃龙湖", "에보론호", "озеро Эворон"),
    (139.80, 53.45, "Lake Orel", "奥列利湖", "오렐호", "озеро Орель"),
    (139.90, 52.10, "Lake Udyl", "乌德利湖", "우딜호", "озеро Удыль"),
    (116.60, 43.30, "Dali Lake", "达里诺尔湖", "다리노르호", "озеро Далинор"),
    (116.93, 40.50, "Miyun Reservoir", "密云水库", "미윈 저수지", "водохранилище Миюнь"),
    (124.87, 43.20, "Erlongshan Reservoir", "二龙山水库", "얼룽산 저수지", "водохранилище Эрлуншань"),
]


def make(work, out):
    merged = shapely.line_merge(shapely.union_all([lines.scaled(l) for l in sources.gshhg_lakes(work)]))
    closed, open_ = [], []
    for line in lines.parts(merged):
        (closed if line.coords[0] == line.coords[-1] else open_).append(line)
    frame = box(*(v * arcs.UNIT for v in arcs.REGION))
    if open_:                                         # lakes cut by the region's edge are closed along it
        noded = shapely.unary_union([*open_, frame.exterior])
        faces = [f for f in shapely.get_parts(shapely.polygonize(lines.parts(noded)))]
        closed += [f.exterior for f in faces if f.area < 0.2 * frame.area]
    found = []
    for line in closed:
        p = lines.simplified(LineString(line.coords), 60)
        if len(p) < 4 or not Polygon(p).is_valid:
            p = lines.points(LineString(line.coords))
        if len(p) >= 4 and Polygon(p).is_valid:
            found.append(p if Polygon(p).exterior.is_ccw else p[::-1])
    found.sort(key=lambda p: (-Polygon(p).area, p))
    objects = []
    for i, p in enumerate(found):
        lake = Polygon(p)
        km2 = lake.area * 1.2364e-6 * np.cos(np.radians(p[0][1] / arcs.UNIT))
        props = {"rank": int(np.searchsorted([-1500, -500, -150, -50, -15, -5], -km2))}
        if km2 > 2 and lake.length ** 2 / lake.area > 400:
            props["river"] = True                     # both banks of a wide river: the lower Amur and Songhua
        near = [] if "river" in props else [n for n in NAMES if lake.distance(Point(n[0] * arcs.UNIT, n[1] * arcs.UNIT)) < 2000]
        if near:
            named = min(near, key=lambda n: lake.distance(Point(n[0] * arcs.UNIT, n[1] * arcs.UNIT)))
            if not any(named[2] == o["props"].get("name", {}).get("en") for o in objects):
                props["name"] = {k: v for k, v in zip(("en", "zh", "ko", "ru"), named[2:]) if v}
        objects.append({"type": "polygon", "arcs": [[[i]]], "props": props})
    arcs.write(f"{out}/lakes.arcs", "lakes", "GSHHG 2.3.7 level 2 (LGPL-3+)", objects, found)
    print("lakes", len(found), "named", [(o["props"]["name"]["en"], i) for i, o in enumerate(objects) if "name" in o["props"]],
          "open pieces", len(open_))


if __name__ == "__main__":
    make(sys.argv[1], sys.argv[2])
