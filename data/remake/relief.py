"""relief.png and relief.json: 2-minute heights of Marble's SRTM tiles as grey values, and the table grey -> metres."""
import json
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

import arcs
import lines
import sources

# Grey of the tiles against the height of the 5-minute ITU grid (median per grey), strictly rising; sea is grey 0.
GREY = [0, 75, 82, 87, 95, 105, 115, 125, 135, 145, 155, 165, 175, 185, 196, 255]
METRES = [0, 0, 1, 3, 8, 33, 75, 148, 257, 404, 587, 753, 945, 1242, 1667, 4000]


def tiles(work):
    """The grey of the tiles in arcs.REGION, row 0 the northernmost."""
    folder = sources.one(f"{work}/x/marble-qt-data/usr/share/marble/data/maps/earth/srtm/3")
    w, s, e, n = arcs.REGION
    world = np.zeros((5400, 10800), np.uint8)
    for y in range(8):
        for x in range(16):
            tile = Image.open(f"{folder}/{y:06d}/{y:06d}_{x:06d}.jpg").convert("L")
            world[y * 675:(y + 1) * 675, x * 675:(x + 1) * 675] = np.array(tile)
    return world[(90 - n) * 30:(90 - s) * 30, (w + 180) * 30:(e + 180) * 30].copy()


def make(work, out):
    w, s, e, n = arcs.REGION
    grey = tiles(work)
    land = Image.new("L", grey.shape[::-1])           # shallow seas are not black in the tiles: the coast decides
    for _, unit in lines.layer(f"{out}/region.arcs")[2]:
        for p in unit.geoms:
            xy = np.asarray(p.exterior.coords) / arcs.UNIT
            ImageDraw.Draw(land).polygon([((x - w) * 30 - 0.5, (n - y) * 30 - 0.5) for x, y in xy], fill=255, outline=255)
    land = np.array(land.filter(ImageFilter.MaxFilter(3))) > 0
    grey = np.where(land, np.maximum(grey, 75), 0).astype(np.uint8)
    Image.fromarray(grey).save(f"{out}/relief.png", optimize=True)
    table = {"west": w, "north": n, "step_deg": 1 / 30, "width": grey.shape[1], "height": grey.shape[0],
             "metres": [int(v) for v in np.round(np.interp(np.arange(256), GREY, METRES))]}
    with open(f"{out}/relief.json", "w") as f:
        f.write(json.dumps(table, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    make(sys.argv[1], sys.argv[2])
