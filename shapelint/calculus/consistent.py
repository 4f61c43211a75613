"""Lines in, those whose two sides fit together out: nothing is derived through a line that says two things."""

from collections.abc import Mapping

from shapelint.calculus.expressions import Shapes, UnshapedError, names
from shapelint.calculus.network import Forward, Stopped
from shapelint.shapes import Shape


def consistent(
    lines: Mapping[str, Forward], stopped: Mapping[str, Stopped], shapes: Mapping[str, Shape]
) -> tuple[dict[str, Forward], dict[str, Stopped]]:
    """Take out lines whose two sides are spread differently: a scalar made of an array, one example of all."""
    of = Shapes(shapes.get)
    kept: dict[str, Forward] = {}
    found = dict(stopped)
    for key, line in lines.items():
        if _fits(of, line, shapes.get(key)):
            kept[key] = line
        else:
            found[key] = Stopped(key, "sides", line.text, line.span, line.text, tuple(names(line.value)))
    return kept, found


def _fits(shapes: Shapes, line: Forward, target: Shape | None) -> bool:
    try:
        made = shapes(line.value)
    except (UnshapedError, IndexError):
        return True  # what cannot be told is told elsewhere
    if target is None or len(made) != len(target):
        return target is None or all(size == 1 for size in (*made, *target))
    return all((one == 1) == (other == 1) for one, other in zip(made, target, strict=True))
