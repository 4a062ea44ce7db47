"""Prints the outline of the Ussuri basin: all ground of relief.png that drains to the river above its mouth.

The rivers and Lake Khanka of the base map are cut into the heights, hollows are filled from the sea upwards
(priority flood, Barnes et al. 2014, doi:10.1016/j.cageo.2013.04.024), and the cells that lead to the mouth are
joined. Cells are 2′: about 4 km by 2.5 km; on the flats of the Sanjiang plain the divide is a guess.

    python3 basin.py > ring.txt
"""
import heapq
import json
import os

import numpy as np
from PIL import Image
from shapely.geometry import Point, Polygon, box
from shapely.ops import unary_union

import arcs as packed

HERE = os.path.dirname(os.path.abspath(__file__))
BASE = os.path.join(HERE, "..", "basemap")
CUT = 300          # greys; the outline is the same from 100 to 1000
TOLERANCE = 0.04   # degrees, of the generalised outline
MOUTH = (229, 617)   # row and column of a cell of the Ussuri just above the Amur, 134.58° E, 48.35° N
NEIGHBOURS = [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)]

with open(os.path.join(BASE, "relief.json")) as f:
    grid = json.load(f)
grey = np.array(Image.open(os.path.join(BASE, "relief.png")).convert("L")).astype(float)
rows, columns = grey.shape
west, north, step = grid["west"], grid["north"], grid["step_deg"]


def cell(x, y):
    return int((north - y) / step), int((x - west) / step)


def points(refs, arcs):
    return [(x / packed.UNIT, y / packed.UNIT) for r in refs for x, y in (arcs[r] if r >= 0 else arcs[-r - 1][::-1])]


def under(path):
    """The cells below a path."""
    found = set()
    for (x0, y0), (x1, y1) in zip(path, path[1:]):
        n = max(1, int(max(abs(x1 - x0), abs(y1 - y0)) / (step / 4)))
        for i in range(n + 1):
            row, column = cell(x0 + (x1 - x0) * i / n, y0 + (y1 - y0) * i / n)
            if 0 <= row < rows and 0 <= column < columns:
                found.add((row, column))
    return found


def water():
    """The cells of rivers, border rivers, and of Lake Khanka and the wide rivers."""
    found = set()
    header, arcs = packed.read(os.path.join(BASE, "rivers.arcs"))
    for river in header["objects"]:
        for part in river["arcs"]:
            for ref in part:
                found |= under(points([ref], arcs))
    header, arcs = packed.read(os.path.join(BASE, "region.arcs"))
    for index, attributes in enumerate(header["arcs"]):
        if attributes and attributes.get("river"):
            found |= under(points([index], arcs))
    header, arcs = packed.read(os.path.join(BASE, "lakes.arcs"))
    for lake in header["objects"]:
        props = lake["props"]
        if not (props.get("river") or props.get("name", {}).get("en") == "Lake Khanka"):
            continue
        for polygon in lake["arcs"]:
            for refs in polygon:
                ring = points(refs, arcs)
                found |= under(ring)
                area = Polygon(ring)
                x0, y0, x1, y1 = area.bounds
                for row in range(max(0, cell(x0, y1)[0]), min(rows, cell(x0, y0)[0] + 1)):
                    for column in range(max(0, cell(x0, y0)[1]), min(columns, cell(x1, y0)[1] + 1)):
                        if area.contains(Point(west + (column + 0.5) * step, north - (row + 0.5) * step)):
                            found.add((row, column))
    return found


def drains_from():
    """For each cell the cells that drain into it."""
    height, wet = grey.copy(), water()
    for row, column in wet:
        height[row, column] -= CUT
    seen = np.zeros((rows, columns), bool)
    upstream, queue, order = {}, [], 0
    for row in range(rows):
        for column in range(columns):
            sea = grey[row, column] == 0 and (row, column) not in wet
            if sea or row in (0, rows - 1) or column in (0, columns - 1):
                seen[row, column] = True
                heapq.heappush(queue, (-1e9 if grey[row, column] == 0 else height[row, column], order, row, column))
                order += 1
    while queue:
        level, _, row, column = heapq.heappop(queue)
        for dr, dc in NEIGHBOURS:
            r, c = row + dr, column + dc
            if 0 <= r < rows and 0 <= c < columns and not seen[r, c]:
                seen[r, c] = True
                upstream.setdefault((row, column), []).append((r, c))
                heapq.heappush(queue, (max(level, height[r, c]), order, r, c))
                order += 1
    return upstream


upstream = drains_from()
basin, ahead = set(), [MOUTH]
while ahead:
    here = ahead.pop()
    basin.add(here)
    ahead.extend(upstream.get(here, ()))
edge = 1e-9
squares = [box(west + c * step - edge, north - (r + 1) * step - edge, west + (c + 1) * step + edge, north - r * step + edge)
           for r, c in basin]
joined = unary_union(squares)
whole = max(getattr(joined, "geoms", [joined]), key=lambda part: part.area)
outline = Polygon(whole.exterior).simplify(TOLERANCE).exterior
corners = [[round(x, 3), round(y, 3)] for x, y in outline.coords[:-1]]
print("[" + ", ".join(f"[{x}, {y}]" for x, y in (corners if outline.is_ccw else corners[::-1])) + "]")
