"""Centroids of geodesic polygons by quadrature: python oracle.py (geographiclib 2.1, pyproj 3, numpy).

The boundary, densified along its geodesics, is put on an equal-area plane; on the triangles between
its edges and the plane's origin the normals of the ellipsoid are added up by Gauss's rule, and the
way that the sum points is printed. The number of positions is halved for an estimate of the error.
"""

import numpy as np
from geographiclib.geodesic import Geodesic
from pyproj import Transformer

CASES = {
    "small": [(130.2980, 42.2494), (130.3660, 42.8620), (130.8061, 42.6511)],
    "large": [(129.7757, 41.7956), (129.5133, 42.9068), (131.8735, 43.1056)],
    "pole": [(0.0, 84.0), (120.0, 86.0), (240.0, 88.0)],
    "fiji": [(177.0, -20.0), (-178.0, -19.0), (-179.0, -15.0)],
    "continent": [(0.0, 10.0), (100.0, 20.0), (60.0, 70.0)],
}
ORIGINS = {"small": (130.5, 42.6), "large": (130.4, 42.6), "pole": (30, 88.8), "fiji": (180, -18),
           "continent": (53, 35)}


def boundary(ring, count):
    for (lon1, lat1), (lon2, lat2) in zip(ring, ring[1:] + ring[:1]):
        line = Geodesic.WGS84.InverseLine(lat1, lon1, lat2, lon2)
        for i in range(count):
            at = line.Position(line.s13 * i / count)
            yield at["lon2"], at["lat2"]


def centroid(ring, origin, count):
    plane = f"+proj=laea +lon_0={origin[0]} +lat_0={origin[1]} +datum=WGS84"
    plane = Transformer.from_crs("EPSG:4326", plane, always_xy=True)
    start = np.stack(plane.transform(*np.array(list(boundary(ring, count))).T), 1)
    end = np.roll(start, -1, 0)
    area = 0.5 * (start[:, 0] * end[:, 1] - start[:, 1] * end[:, 0])
    nodes, weights = np.polynomial.legendre.leggauss(40)
    total = np.zeros(3)
    for along in (0.5 - 0.5 / np.sqrt(3), 0.5 + 0.5 / np.sqrt(3)):
        edge = start + (end - start) * along
        for out, weight in zip((nodes + 1) / 2, weights / 2):
            lon, lat = np.radians(plane.transform(*(edge * out).T, direction="INVERSE"))
            normals = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], 1)
            total += (normals * (area * 2 * out * weight * 0.5)[:, None]).sum(0)
    total *= np.sign(area.sum())
    return np.degrees([np.arctan2(total[1], total[0]), np.arcsin(total[2] / np.linalg.norm(total))])


for name, ring in CASES.items():
    half, whole = (centroid(ring, ORIGINS[name], count) for count in (1000, 2000))
    print(name, *(f"{degrees:.8f}" for degrees in whole), f"± {abs(whole - half).max():.1e}")
