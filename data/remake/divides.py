"""Lines along the high ground: from one hand-set point to the next the least-cost way over the relief.

Limits of counties in the hills run on divides, mostly. The relief is that of relief.py, 2 minutes a cell (2.7 by 3.7 km)
and smooth, so that a line keeps to a ridge as far as such a grid shows it, and to within a cell or two.
"""
import heapq

import numpy as np
import shapely
from PIL import Image

import arcs
import relief

FINER = 4                 # of the search, against the cells of the relief
MARGIN = 0.35             # degrees of ground looked at around a line
NEAR = 10                 # cells of the search, the width over which a height counts as high or low
RISE_M = 60.0             # what is higher than its surroundings by this costs 1 / e
GROUND = 0.6              # and nowhere less than this, so that long ways round are not taken
STRAY_KM = 3.0            # from the straight line: here the cost doubles
STEP = 0.003              # degrees of latitude, of the smoothed line
TOLERANCE = 0.0012        # degrees, of the generalised line
MOVES = [(r, c) for r in range(-2, 3) for c in range(-2, 3) if np.gcd(r, c) == 1]


def blurred(heights, width):
    reach = np.arange(-3 * width, 3 * width + 1)
    kernel = np.exp(-reach ** 2 / (2 * width ** 2))
    kernel /= kernel.sum()
    padded = np.pad(heights, 3 * width, mode="edge")
    for axis in (0, 1):
        padded = np.apply_along_axis(lambda v: np.convolve(v, kernel, "valid"), axis, padded)
    return padded


class Ground:
    """The heights around a line, finer than the relief, and how far each place stands over its surroundings."""

    def __init__(self, work, bounds):
        w, s, e, n = bounds
        left, top = arcs.REGION[0], arcs.REGION[3]
        c0, c1 = int((w - MARGIN - left) * 30), int((e + MARGIN - left) * 30)
        r0, r1 = int((top - n - MARGIN) * 30), int((top - s + MARGIN) * 30)
        grey = Image.fromarray(relief.tiles(work)[r0:r1, c0:c1].astype(np.float32))
        fine = np.array(grey.resize(((c1 - c0) * FINER, (r1 - r0) * FINER), Image.BICUBIC))
        metres = np.interp(fine, relief.GREY, relief.METRES)
        self.standing = metres - blurred(metres, NEAR)
        self.cell, self.west, self.north = 1 / 30 / FINER, left + c0 / 30, top - r0 / 30
        self.narrow = np.cos(np.radians((s + n) / 2))          # of a degree of longitude against one of latitude

    def at(self, point):
        return int((self.north - point[1]) / self.cell), int((point[0] - self.west) / self.cell)

    def place(self, row, column):
        return self.west + (column + 0.5) * self.cell, self.north - (row + 0.5) * self.cell

    def cost(self, a, b):
        rows, columns = np.indices(self.standing.shape)
        x, y = self.place(rows, columns)
        straight = shapely.LineString([(a[0] * self.narrow, a[1]), (b[0] * self.narrow, b[1])])
        km = shapely.distance(shapely.points(x * self.narrow, y), straight) * 111.2
        return (GROUND + np.exp(-self.standing / RISE_M)) * (1 + (km / STRAY_KM) ** 2)

    def way(self, a, b):
        """The points from `a` to `b`, both included."""
        cost, start, goal = self.cost(a, b), self.at(a), self.at(b)
        least, back, ahead = {start: 0.0}, {}, [(0.0, start)]
        while ahead:
            spent, here = heapq.heappop(ahead)
            if here == goal:
                break
            if spent > least[here]:
                continue
            for down, right in MOVES:
                there = here[0] + down, here[1] + right
                if not (0 <= there[0] < cost.shape[0] and 0 <= there[1] < cost.shape[1]):
                    continue
                total = spent + np.hypot(down, right * self.narrow) * (cost[here] + cost[there]) / 2
                if total < least.get(there, np.inf):
                    least[there], back[there] = total, here
                    heapq.heappush(ahead, (total, there))
        cells = [goal]
        while cells[-1] != start:
            cells.append(back[cells[-1]])
        return [a, *(self.place(*c) for c in cells[-2:0:-1]), b]


def smooth(points, narrow):
    """Evenly spaced points, each the mean of its neighbours three times over; the ends stay."""
    xy = np.array(points)
    along = np.r_[0, np.cumsum(np.hypot(np.diff(xy[:, 0]) * narrow, np.diff(xy[:, 1])))]
    count = max(4, int(along[-1] / STEP))
    even = np.linspace(0, along[-1], count)
    xy = np.stack([np.interp(even, along, xy[:, 0]), np.interp(even, along, xy[:, 1])], 1)
    for _ in range(3):
        before = xy.copy()
        for i in range(1, count - 1):
            reach = min(3, i, count - 1 - i)
            xy[i] = before[i - reach:i + reach + 1].mean(0)
    return xy


def along_ridges(work, line):
    """The line (degrees) led over the high ground from vertex to vertex; near every one of them, through its ends."""
    hand = list(line.coords)
    ground = Ground(work, line.bounds)
    points = [hand[0]]
    for a, b in zip(hand, hand[1:]):
        points += ground.way(a, b)[1:]
    return shapely.LineString(smooth(points, ground.narrow)).simplify(TOLERANCE)
