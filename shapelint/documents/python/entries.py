"""A program in, what it keeps in dictionaries out: `params["theta"]` is one variable, whatever function asks for it."""

import ast
from collections import Counter

from shapelint.documents.python.pairs import items
from shapelint.documents.python.variables import Values, is_update
from shapelint.parse.python.words import OPAQUE, entry, variable
from shapelint.symbol import VERSION


def entries(module: ast.Module) -> Values:
    """Return what the entries of dictionaries are called: one that is made once is known, others are not."""
    makes: Counter[str] = Counter()
    begun: set[str] = set()  # with a number: what becomes of them is not told
    for node in ast.walk(module):
        if isinstance(node, ast.Subscript) and (name := entry(node)) is not None:
            makes.setdefault(name, 0)
        if isinstance(node, ast.Assign | ast.AnnAssign):
            for name in _made(node):
                if isinstance(node.value, ast.Constant):
                    begun.add(name)
                elif not is_update(node, name):
                    makes[name] += 1
    known = {name: f"{name}{VERSION}" if count < 2 else OPAQUE + name for name, count in makes.items()}
    return known | {name: f"{OPAQUE}={name}" for name in begun}


def _made(node: ast.Assign | ast.AnnAssign) -> list[str]:
    """Return the entries that an assignment gives a value: `params["b"] = …`, `params = {"b": …}`."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    parts = [
        part for one in targets for part in (one.elts if isinstance(one, ast.Tuple | ast.List) else [one])
    ]
    found = [name for part in parts if (name := entry(part)) is not None]
    holders = [name for part in parts if (name := variable(part)) is not None]
    keys = [
        key.value for key, _ in items(node) if isinstance(key, ast.Constant) and isinstance(key.value, str)
    ]
    return found + [f"{holder}.{key}" for holder in holders for key in keys]
