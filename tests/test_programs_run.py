"""What a program's arrays are is what NumPy makes of them: small programs are run, with a prime for every size."""

import os
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from shapelint.check import analyse, check
from shapelint.diagnostic import ERROR
from shapelint.source import Source

T = TypeVar("T")
Choose = Callable[[Sequence[T]], T]

SIZES = {"rows": 3, "columns": 5, "depth": 7, "width": 11}
_HEAD = """import numpy as np


def step(rows, columns, depth, width, dZ1, A0):
    dW1 = np.dot(dZ1, A0.T)
"""

_ONE = (
    "{a}.T",
    "-{a}",
    "np.exp({a})",
    "{a} ** 2",
    "{a} * 2",
    "1 / (1 + np.exp(-{a}))",
    "np.maximum(0, {a})",
    "({a} > 0)",
    "np.sum({a})",
    "{a}.mean()",
    "np.sum({a}, axis=0)",
    "np.sum({a}, axis=1, keepdims=True)",
    "np.sum({a}, 0)",
    "{a}.sum(axis=-1)",
    "{a}.max(axis=0, keepdims=True)",
    "np.argmax({a}, axis=0)",
    "{a}.reshape(-1, 1)",
    "{a}.reshape(1, -1)",
    "np.reshape({a}, ({a}.shape[0], -1))",
    "{a}.ravel()",
    "{a}.flatten()",
    "np.squeeze({a})",
    "{a}[:, None]",
    "{a}[None, :]",
    "{a}[np.newaxis, :]",
    "{a}[0]",
    "{a}[:, 0]",
    "np.expand_dims({a}, axis=0)",
    "np.zeros_like({a})",
    "np.zeros({a}.shape)",
    "np.transpose({a})",
    "{a}.copy()",
    "np.linalg.norm({a})",
    "np.cumsum({a}, axis=0)",
)
_TWO = (
    "{a} @ {b}",
    "np.dot({a}, {b})",
    "{a}.dot({b})",
    "np.matmul({a}, {b}.T)",
    "{a} + {b}",
    "{a} * {b}",
    "{a} - {b}",
    "{a} / {b}",
    "np.multiply({a}, {b})",
    "np.where({a} > 0, {b}, 0)",
    "np.outer({a}, {b})",
    "np.vstack(({a}, {b}))",
    "np.concatenate([{a}, {b}], axis=1)",
    "np.hstack(({a}, {b}))",
)
_MADE = (
    "np.zeros(({p}, {q}))",
    "np.random.randn({p}, {q}) * 0.01",
    "np.ones(({p}, 1))",
    "np.zeros((1, {q}))",
    "np.zeros({p})",
    "np.full(({p}, {q}), 3.0)",
    "np.random.normal(0, 1, size=({p}, {q}))",
    "np.eye({p})",
)


def _line(choose: Choose[str], names: Sequence[str]) -> str:
    kinds = (_MADE,) if len(names) < 2 else (_MADE, _ONE, _TWO, _TWO)
    template = choose(kinds[0] if len(kinds) == 1 else choose(kinds))  # type: ignore[type-var,arg-type]  # a table, then a row
    parts = {key: choose(names) for key in "ab" if f"{{{key}}}" in template}
    sizes = {key: choose(tuple(SIZES)) for key in "pq" if f"{{{key}}}" in template}
    return template.format(**parts, **sizes)


def _speaks_of_shapes(reason: str) -> bool:
    return any(words in reason for words in ("could not be broadcast", "mismatch", "not aligned"))


class Program:
    """A program that is put together and run line by line; it ends with the first that NumPy refuses."""

    def __init__(self, choose: Choose[str], length: int) -> None:
        self.lines: list[str] = []
        self.shapes: list[tuple[int, ...] | None] = []
        self.mismatch = False  # NumPy refused the last line for its shapes
        values: dict[str, object] = {"np": np, **SIZES}
        names: list[str] = []
        for number in range(length):
            reused = bool(names) and choose(("new", "new", "again")) == "again"
            name = choose(names) if reused else f"v{number}"
            expression = _line(choose, names)
            self.lines.append(f"{name} = {expression}")
            with np.errstate(all="ignore"):
                try:
                    values[name] = eval(expression, {}, values)
                except AttributeError:  # a number has no `.T`: nothing about shapes
                    self.lines.pop()
                    return
                except (ValueError, TypeError, IndexError) as fault:
                    self.shapes.append(None)
                    self.mismatch = isinstance(fault, ValueError) and _speaks_of_shapes(str(fault))
                    return
            self.shapes.append(np.shape(values[name]))
            if name not in names:
                names.append(name)

    @property
    def text(self) -> str:
        return _HEAD + "".join(f"    {line}\n" for line in self.lines)


def _number(size: str) -> int | None:
    return None if "?" in size else int(eval(size, {}, SIZES))


@settings(max_examples=300, deadline=None, derandomize="CI" in os.environ)
@given(st.data(), st.integers(3, 9))
def test_every_named_array_has_the_shape_that_numpy_gives_it(data: st.DataObject, length: int) -> None:
    program = Program(lambda options: data.draw(st.sampled_from(options)), length)
    source = Source("step.py", program.text)
    shown = {source.position(one.span.start).row: one for one in analyse(source)}
    everything_told = True
    for number, (line, shape) in enumerate(zip(program.lines, program.shapes, strict=True)):
        found = shown.get(_HEAD.count("\n") + number + 1)
        if found is None or found.target is None or shape is None:
            everything_told &= shape is None
            continue
        told = [_number(size) for size in found.target]
        assert len(told) == len(shape), f"{program.text}{line}: {found.target}, {shape}"
        for size, real in zip(told, shape, strict=True):
            assert size in (None, real), f"{program.text}{line}: {found.target}, {shape}"
            everything_told &= size is not None
        everything_told &= len(shape) <= 2  # a product of three axes is nobody's in this course
        # another name may stand for a product, and a letter for any number
        everything_told &= not any("*" in size or (size.isdigit() and size != "1") for size in found.target)
    rows = [source.position(one.span.start).row for one in check(source).diagnostics if one.severity == ERROR]
    last = _HEAD.count("\n") + len(program.lines)
    refused = bool(program.shapes) and program.shapes[-1] is None
    if program.mismatch and everything_told:
        assert rows == [last], f"{program.text}{rows}"
    else:
        assert rows in ([], [last]) if refused else rows == [], f"{program.text}{rows}"
