"""What a whole program says of its names: what NumPy is called, which variables are lists of layers."""

import ast
from collections.abc import Iterator

from shapelint.parse.python.words import variable
from shapelint.patterns import lazy

# The libraries whose functions are known, with the name by which the rules call them.
_LIBRARIES = {
    "numpy": "np",
    "jax.numpy": "np",
    "cupy": "np",
    "torch": "torch",
    "torch.nn.functional": "torch",
    "tensorflow": "tf",
    "tensorflow.compat.v1": "tf",
}
_RANDOM = "np.random"
_GENERATORS = frozenset(("default_rng", "RandomState", "Generator"))
_HANDED = frozenset(("rng", "rs", "random_state"))  # what generators are called that a function is given


def imports(module: ast.Module) -> tuple[dict[str, str], dict[str, str]]:
    """Return what NumPy and its like are called, and functions of theirs that were imported by their names."""
    names, bare = {"np": "np", "numpy": "np", "jnp": "np", "cp": "np"}, {}
    nodes = list(ast.walk(module))
    own = {node.name.lower() for node in nodes if isinstance(node, ast.ClassDef | ast.alias)}
    names.update(dict.fromkeys(_HANDED - own, _RANDOM))  # a program may have an RNG of another kind
    for node in nodes:
        if isinstance(node, ast.Assign):
            names.update(dict.fromkeys(_generators(node), _RANDOM))
        elif isinstance(node, ast.Import):
            for one in node.names:
                library = _LIBRARIES.get(one.name)
                if library is not None:
                    names[one.asname or one.name.partition(".")[0]] = library
        elif isinstance(node, ast.ImportFrom):
            library = _LIBRARIES.get(node.module or "")
            if library is not None:
                bare.update({one.asname or one.name: f"{library}.{one.name}" for one in node.names})
            names.update(
                {
                    one.asname or one.name: _LIBRARIES[f"{node.module}.{one.name}"]
                    for one in node.names
                    if f"{node.module}.{one.name}" in _LIBRARIES
                }
            )
    return names, bare


def _generators(node: ast.Assign) -> Iterator[str]:
    """Yield the names that a generator of random numbers is given: they have the functions of `np.random`."""
    match node.value:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in _GENERATORS:
            for target in node.targets:
                if (found := variable(target)) is not None:
                    yield found


_LISTS = (ast.List, ast.Dict, ast.ListComp, ast.DictComp)


def lists(module: ast.Module) -> tuple[frozenset[str], frozenset[str]]:
    """Return the variables that are lists of layers, and those that number layers in loops."""
    found: set[str] = set()
    indices: set[str] = set()
    for node in ast.walk(module):
        match node:
            case ast.Assign(targets=targets, value=ast.List() | ast.Dict() | ast.ListComp() | ast.DictComp()):
                found |= {name for target in targets if (name := variable(target)) is not None}
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                kinds = zip(targets, values, strict=False)
                found |= {
                    n
                    for one, value in kinds
                    if isinstance(value, _LISTS) and (n := variable(one)) is not None
                }
            case ast.Call(func=ast.Attribute(attr="append", value=holder)):
                found |= {name for name in [variable(holder)] if name is not None}
            case ast.For(target=ast.Name(id=name), iter=ast.Call(func=ast.Name(id="range" | "reversed"))):
                indices.add(name)
    return frozenset(found), frozenset(indices)


_LOWER = lazy(r"\bw_?\d\b")
_PRODUCT = lazy(r"@|\bdot\b|matmul|\bmm\b")


def writes_lower_case(text: str) -> bool:
    """Say whether a program writes w1 for a matrix: it multiplies matrices, and has no W1."""
    return _LOWER.search(text) is not None and _PRODUCT.search(text) is not None
