"""What stops a derivation, and the rules that its forms go by, in words."""

from shapelint.calculus.derivation import GIVEN, SHAPELESS, STOPPED, UNKNOWN, Derivation, Missing
from shapelint.calculus.functions import functions
from shapelint.calculus.network import Stopped


def slope_text(name: str) -> str:
    """Write the rule of a slope: `σ' = σ (1 - σ)`."""
    row = functions()[name]
    short = {"sigmoid": "σ"}.get(name, name)
    known = row.slope_of_value.replace(" * (", " (").replace("**2", "²")
    if ">" in known:
        return f"{short}' is 1 where {known}, else 0"
    return f"{short}' = {known.replace('A', short)}"


def missing_text(derivation: Derivation, missing: Missing, name: str, line: int | None) -> str:
    """Say why there is no step for a gradient."""
    network = derivation.network
    of = network.words.get(missing.key, missing.key)
    if missing.reason == GIVEN:
        return f"`{name}` is taken as given: nothing here says what is made of `{of}`"
    if missing.reason == STOPPED and missing.by is not None:
        return f"`{name}` cannot be derived: {stopped_text(missing.by, line)}"
    if missing.reason == UNKNOWN:
        return f"there is no `{of}` here whose gradient `{name}` could be"
    if missing.reason == SHAPELESS:
        return f"`{name}` cannot be derived: the shape of `{of}` is not known"
    cost = f"`{network.cost}`" if network.cost is not None else "the result"
    return f"`{name}` cannot be derived: {cost} is not made of `{of}` by any line that is here"


_LONGEST = 60  # of a line that is quoted
_WHY = {
    "function": "no derivative is known of `{}`",
    "notation": "`{}` is written in a way that derivations do not follow yet",
    "number": "`{}` is no number that can be read",
    "inverse": "no derivative is known of the inverse `{}`",
    "sum": "nothing tells what `{}` adds up",
    "slice": "the part `{}` is not told by names of sizes",
    "stack": "nothing tells the shapes that `{}` puts together",
    "axes": "an array in `{}` has one axis, or nothing tells how many",
    "filled": "`{}` makes an array of nothing",
    "sides": "its two sides have different shapes",
    "size": "nothing tells the size `{}`",
}


def stopped_text(stopped: Stopped, line: int | None) -> str:
    """Say which line stops a derivation, and where in it."""
    where = f"line {line} stops it" if line is not None else "a line stops it"
    text = stopped.text if len(stopped.text) <= _LONGEST else f"{stopped.text[:_LONGEST]}…"
    return f"{where}, `{text}`: {_WHY.get(stopped.reason, '{}').format(stopped.what)}"
