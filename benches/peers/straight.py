"""Q5 by GEOS, edges straight in longitude and latitude: python straight.py DATA (shapely 2.1).

Parts are cut in the lon/lat plane, divided until nothing changes, and measured in the cylindrical
equal-area projection of WGS 84 (J. P. Snyder, Map projections, 1987, equations 10-1 and 3-12).
"""

import sys

import numpy as np
import shapely

ECCENTRICITY2 = 0.0066943799901413165
SEMI_MAJOR = 6378137.0


def layer(name):
    corners, starts = (np.load(f"{sys.argv[1]}/{name}_{part}.npy") for part in ("coords", "off"))
    ring = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    return shapely.polygons(shapely.linearrings(corners[: starts[-1]], indices=ring))


def equal_area(degrees):
    s, e = np.sin(np.radians(degrees[:, 1])), np.sqrt(ECCENTRICITY2)
    q = (1 - ECCENTRICITY2) * (s / (1 - ECCENTRICITY2 * s * s) + np.arctanh(e * s) / e)
    return np.column_stack([np.radians(degrees[:, 0]), q / 2]) * SEMI_MAJOR


first, second = layer("q5a"), layer("q5b")
pairs = shapely.STRtree(second).query(first, predicate="intersects")
parts = shapely.intersection(first[pairs[0]], second[pairs[1]])
for piece in (0.02, 0.005):
    area = 0.0
    for start in range(0, len(parts), 20_000):
        dense = shapely.segmentize(parts[start : start + 20_000], piece)
        area += shapely.area(shapely.transform(dense, equal_area)).sum()
    print(f"{len(parts)} pairs {area / 1e6:.3f} km2, pieces of at most {piece} degrees")
