"""A program in, what it keeps in dictionaries out: `params["theta"]` is one variable, whatever function asks for it."""

import ast
from collections import Counter

from shapelint.documents.python.pairs import items
from shapelint.documents.python.variables import Values, is_update, variables_of
from shapelint.parse.python.words import OPAQUE, entry, is_entry
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
    names = list(variables_of(node.targets if isinstance(node, ast.Assign) else [node.target]))
    keys = [
        key.value for key, _ in items(node) if isinstance(key, ast.Constant) and isinstance(key.value, str)
    ]
    return [*filter(is_entry, names), *(f"{name}.{key}" for name in names for key in keys)]
