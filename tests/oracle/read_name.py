"""The spelling of a name or a function in, the name or what builds the call out."""

import re
from collections.abc import Callable
from functools import partial

from .tree import Call, Derivative, Name, Tree

_SPELLING = re.compile(r"(?P<d>d?)(?P<base>alpha|lambda|[A-Za-zαλ])(?P<layer>\D*\d+\D*)?")
_PLAIN = {"X": "A", "x": "a", "α": "alpha", "λ": "lambda"}


def read_name(text: str) -> Name:
    """Read `dZ2`, `dZ[2]`, `dZ^[2]`; X is A[0]. Raises ValueError where it is no name."""
    found = _SPELLING.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"no name: {text!r}")
    layer = 0 if found["base"] in "Xx" else _layer(found["layer"])
    return Name(_PLAIN.get(found["base"], found["base"]), layer, gradient=bool(found["d"]))


def read_function(text: str) -> Callable[[Tree], Tree]:
    """Read `np.log`, `g1` or `g[1]'`: what is given the argument builds the call."""
    name, layer, prime = re.fullmatch(r"(?:np\.)?([a-z]+)(.*?)('?)", text).groups()
    if prime:
        return partial(Derivative, layer=_layer(layer))
    return partial(Call, name, layer=_layer(layer))


def _layer(text: str | None) -> int | None:
    return int(re.sub(r"\D", "", text)) if text else None
