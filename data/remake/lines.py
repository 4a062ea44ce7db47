"""Small help for the line layers: shapely lines in integer units to arcs, and back."""
import numpy as np
import shapely

import arcs


def points(line):
    """The vertices of a line as integer pairs, consecutive duplicates dropped."""
    out = []
    for x, y in np.round(np.asarray(line.coords)[:, :2]).astype(int).tolist():
        if not out or out[-1] != (x, y):
            out.append((x, y))
    return out


def scaled(g):
    return shapely.transform(g, lambda c: c[:, :2] * arcs.UNIT)


def parts(g, kind="LineString"):
    return [p for p in shapely.get_parts(g) if p.geom_type == kind and not p.is_empty]


def simplified(line, tolerance_m):
    import topology
    p = points(line)
    return topology.simplify(p, np.full(len(p), float(tolerance_m))) if len(p) > 2 else p


def layer(path):
    """The polygons of a written polygon layer: [(object, MultiPolygon in integer units)]."""
    header, lines = arcs.read(path)
    out = []
    for o in header["objects"]:
        polys = [shapely.Polygon(arcs.chain(p[0], lines), [arcs.chain(h, lines) for h in p[1:]]) for p in o["arcs"]]
        out.append((o, shapely.multipolygons(polys)))
    return header, lines, out
