"""Checks the written base map and prints what is in each file. Usage: check.py BASEMAP"""
import sys
from pathlib import Path

import numpy as np
import shapely
from pyproj import Geod

import arcs
import lines

GEOD = Geod(ellps="WGS84")
TRIPOINT = (130.637, 42.418)


def km2(multipolygon):
    total = 0
    for p in multipolygon.geoms:
        for i, ring in enumerate([p.exterior, *p.interiors]):
            xy = np.asarray(ring.coords) / arcs.UNIT
            a = abs(GEOD.polygon_area_perimeter(xy[:, 0], xy[:, 1])[0]) / 1e6
            total += a if i == 0 else -a
    return total


def km(points):
    xy = np.array(points) / arcs.UNIT
    return GEOD.line_length(xy[:, 0], xy[:, 1]) / 1000


def references(path):
    """Every arc reference valid and used, chains joined, rings closed and wound (exterior counter-clockwise)."""
    header, found = arcs.read(path)
    used, vertices = set(), sum(map(len, found))
    for o in header["objects"]:
        if o["type"] == "point":
            vertices += 1
            continue
        groups = o["arcs"] if o["type"] == "line" else [r for p in o["arcs"] for r in p]
        for refs in groups:
            for r in refs:
                assert 0 <= (r if r >= 0 else ~r) < len(found), f"{path}: arc {r}"
                used.add(r if r >= 0 else ~r)
            points = arcs.chain(refs, found)
            if o["type"] == "polygon":
                assert points[0] == points[-1] and len(points) > 3, f"{path}: ring not closed"
        for poly in o["arcs"] if o["type"] == "polygon" else []:
            for i, ring in enumerate(poly):
                xy = np.array(arcs.chain(ring, found), dtype=np.int64)
                turn = np.sum(xy[:-1, 0] * xy[1:, 1] - xy[1:, 0] * xy[:-1, 1])
                if (turn > 0) != (i == 0):
                    print(f"  {path.name}: ring of {o['props'].get('id')} wound the wrong way at {xy[0] / arcs.UNIT}")
    if header["objects"][0]["type"] != "point":
        assert used == set(range(len(found))), f"{path}: {len(found) - len(used)} arcs unused"
    assert "arcs" not in header or len(header["arcs"]) == len(found)
    print(f"{path.name:14} objects {len(header['objects']):6} arcs {len(found):6} vertices {vertices:7} bytes {path.stat().st_size:8}")


def coverage(path):
    """Units valid, side by side, and together all of the land; prints their areas and the lengths of their lines."""
    header, found, units = lines.layer(path)
    shapes = [g for _, g in units]
    for o, g in units:
        assert g.is_valid, f"{o['props']['id']}: {shapely.is_valid_reason(g)}"
    whole = shapely.union_all(shapes)
    parts, union = sum(g.area for g in shapes), whole.area
    tree = shapely.STRtree(shapes)
    for i, j in zip(*tree.query(shapes, "intersects")):
        if i < j:
            common = shapes[i].intersection(shapes[j]).area
            assert common < 1, f"{units[i][0]['props']['id']} and {units[j][0]['props']['id']} overlap by {common}"
    assert abs(parts - union) < 1e-9 * union, "the units do not add up to the land"
    holes = [h for p in shapely.get_parts(whole) for h in p.interiors]
    inland = [i for i, k in enumerate(header["arcs"]) if k["k"] == "coast"]
    print(f"  coverage of {path.name}: {len(units)} units, overlap 0, holes in the land {len(holes)}, coast arcs {len(inland)}")
    totals = {}
    for o, g in units:
        p = o["props"]
        totals[p["id"]] = totals.get(p["id"], 0) + km2(g)
        for outer in filter(None, (p.get("within"), p.get("parent"))):
            totals[outer] = totals.get(outer, 0) + km2(g)
    print("  areas km2:", {k: round(v) for k, v in sorted(totals.items())})
    sums = {}
    for k, a in zip(header["arcs"], found):
        for key in ((k["k"], k.get("a"), k.get("b")), ("river", k.get("river"), k.get("a"), k.get("b"))):
            sums[str(key)] = sums.get(str(key), 0) + km(a)
    print("  lengths km:", {k: round(v, 1) for k, v in sorted(sums.items())})
    return units


def tripoint(units):
    """China, North Korea and Russia meet in one vertex, where they should."""
    near = {}
    for o, g in units:
        d = np.abs(shapely.get_coordinates(g) - np.array(TRIPOINT) * arcs.UNIT)
        for p in shapely.get_coordinates(g)[(d < 400).all(1)]:
            near.setdefault(tuple(p), set()).add(o["props"]["country"])
    three = [p for p, c in near.items() if c == {"CN", "KP", "RU"}]
    assert len(three) == 1, f"tripoint: {three}"
    off = GEOD.inv(*TRIPOINT, three[0][0] / arcs.UNIT, three[0][1] / arcs.UNIT)[2]
    assert off < 300, off
    print(f"  tripoint {np.array(three[0]) / arcs.UNIT}, {off:.0f} m from {TRIPOINT}")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for path in sorted(folder.glob("*.arcs")):
        references(path)
    tripoint(coverage(folder / "region.arcs"))
    coverage(folder / "asia.arcs")
