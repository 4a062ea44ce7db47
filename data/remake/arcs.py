"""The packed topology format ".arcs" (described in data/README.md): write, read, and give back geometries.

Coordinates are integers in units of 1e-5 degree, longitude first.
"""
import json

REGION = (114, 36, 146, 56)          # west, south, east, north of every regional layer, degrees
WIDE = (97, 36, 147.25, 63.5)        # and of region.arcs, which is coarse outside REGION; Khabarovsk Krai ends at 147.22 E
UNIT = 100000                        # integer units per degree


def varint(n, out):
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)


def write(path, layer, source, objects, arcs, attributes=None):
    """Writes one layer. `arcs` are lists of integer (lon, lat); consecutive duplicates are dropped."""
    header = {"layer": layer, "source": source, "objects": objects}
    if attributes and any(attributes):
        header["arcs"] = attributes
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    out = bytearray(b"TARC\x01")
    varint(len(text), out)
    out += text
    varint(len(arcs), out)
    for arc in arcs:
        points = [tuple(map(int, p)) for i, p in enumerate(arc) if i == 0 or tuple(p) != tuple(arc[i - 1])]
        assert len(points) > 1, "an arc needs two different points"
        varint(len(points), out)
        x0 = y0 = 0
        for x, y in points:
            for d in (x - x0, y - y0):
                varint(d << 1 if d >= 0 else (-d << 1) - 1, out)
            x0, y0 = x, y
    with open(path, "wb") as f:
        f.write(out)


def read(path):
    """Reads one layer: (header, arcs)."""
    with open(path, "rb") as f:
        b = f.read()
    assert b[:5] == b"TARC\x01", path
    at = 5

    def number():
        nonlocal at
        n = shift = 0
        while True:
            c = b[at]
            at += 1
            n |= (c & 127) << shift
            if c < 128:
                return n
            shift += 7

    n = number()
    header = json.loads(b[at:at + n])
    at += n
    arcs = []
    for _ in range(number()):
        x = y = 0
        arc = []
        for _ in range(number()):
            dx, dy = number(), number()
            x += dx >> 1 ^ -(dx & 1)
            y += dy >> 1 ^ -(dy & 1)
            arc.append((x, y))
        arcs.append(arc)
    assert at == len(b), f"{path}: bytes left over"
    return header, arcs


def chain(refs, arcs):
    """The points of a list of signed arc references, shared ends once."""
    points = []
    for r in refs:
        arc = arcs[r] if r >= 0 else arcs[~r][::-1]
        assert not points or points[-1] == arc[0], "arcs of a chain do not meet"
        points += arc if not points else arc[1:]
    return points
