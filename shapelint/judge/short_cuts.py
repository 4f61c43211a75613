"""Lines that go past a layer, or pass on what it made: the layers at both ends are as wide as each other."""

from shapelint.judge.lines import Line
from shapelint.tree import Name, Node, Number, Sum, bare, walk


def is_short_cut(line: Line) -> bool:
    """Say whether a line adds what two layers make: `g(z[l+2] + a[l])`. Neither is above the layer that it makes."""
    top = line.target.layer if line.target is not None else None
    for node in walk(line.formula.parts[1:]):
        if isinstance(node, Sum) and all(sign[2] == "+" for sign in node.signs):
            terms = [one.symbol for one in map(bare, node.terms) if isinstance(one, Name)]
            terms = [one for one in terms if one.base in ("A", "a", "Z", "z") and not one.gradient]
            layers = {one.layer for one in terms}
            above = any(
                top is not None and one is not None and one.base == top.base and one.offset > top.offset
                for one in layers
            )
            if len(layers) > 1 and not above and any(one.base in ("A", "a") for one in terms):
                return True
    return False


def is_identity(line: Line) -> bool:
    """Say whether a line sets what two layers have equal, and so makes nothing.

    `a[l+1] = a[l]` passes on what a layer made, `Z_1 = Z_2` says where that is so.
    """
    names = [bare(part) for part in line.formula.parts]
    symbols = [one.symbol for one in names if isinstance(one, Name) and not one.symbol.gradient]
    layers = [one.layer for one in symbols if one.layer is not None]
    if len(layers) < len(names) or len(names) < 2 or len({one.base for one in symbols}) > 1:
        return False
    if all(one.base == "l" for one in layers):
        return symbols[0].base in ("a", "A")
    return len(names) == 2 and all(not one.base and one.offset for one in layers)


def skips(side: Node) -> bool:
    """Say whether a sum has an activation beside other terms: a short cut past a layer."""
    for node in walk([side]):
        if not isinstance(node, Sum):
            continue
        names = [bare(term) for term in node.terms]
        data = [
            one
            for one in names
            if isinstance(one, Name) and one.symbol.base in ("A", "a", "Z", "z", "X", "x")
        ]
        others = [
            one
            for one in names
            if not isinstance(one, Number)
            and not (isinstance(one, Name) and one.symbol.base in ("b", "A", "a", "Z", "z", "X", "x"))
        ]
        if len(data) > 1 or (data and others):
            return True
    return False


def is_of_open_depth(line: Line) -> bool:
    """Say whether a line has the last layer, `W[L]`, beside the first: how many lie between is not said."""
    symbols = (*line.used, *((line.target,) if line.target is not None else ()))
    last = any(one.layer is not None and one.layer.base == "L" for one in symbols)
    return last and any(one.base == "X" or (one.layer is not None and not one.layer.base) for one in symbols)
