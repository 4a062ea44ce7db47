"""rail.arcs: railways of scgraph-data (OSM, generalised to chords of some kilometres: schematic)."""
import sys

import numpy as np
import shapely
from shapely.geometry import LineString, box

import arcs
import lines
import sources


def make(work, out):
    text = open(sources.one(f"{work}/x/scgraph_data/scgraph_data/world_railways.py")).read()
    space = {}
    exec("\n".join(l for l in text.split("\n") if l.startswith(("graph=", "nodes=", "graph =", "nodes ="))), space)
    nodes = np.array(space["nodes"])[:, ::-1]
    w, s, e, n = arcs.REGION
    near = (nodes[:, 0] > w - 2) & (nodes[:, 0] < e + 2) & (nodes[:, 1] > s - 2) & (nodes[:, 1] < n + 2)
    edges = sorted({(min(i, j), max(i, j)) for i, links in enumerate(space["graph"]) if near[i] for j in links if near[j] and i != j})
    at = [tuple(p) for p in np.round(nodes * arcs.UNIT).tolist()]
    whole = shapely.line_merge(shapely.union_all([LineString([at[i], at[j]]) for i, j in edges if at[i] != at[j]]))
    whole = whole.intersection(box(*(v * arcs.UNIT for v in arcs.REGION)))
    found = sorted(p for p in (lines.simplified(l, 60) for l in lines.parts(whole)) if len(p) > 1)
    arcs.write(f"{out}/rail.arcs", "rail", "scgraph-data world_railways (OSM, ODbL)",
               [{"type": "line", "arcs": [[i] for i in range(len(found))]}], found)


if __name__ == "__main__":
    make(sys.argv[1], sys.argv[2])
