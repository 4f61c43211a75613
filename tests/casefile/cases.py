"""The text of a Markdown file in, its cases out: what is checked, and what is expected of it."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from casefile.blocks import Block, Heading, scan
from casefile.failure import FormatError

INPUT = "shapes"
OUTPUTS = ("full", "concise", "json", "shapes-out", "world")
EXPECT = "expect"
GIVEN = ("declarations", "convention")
PROSE = ("", "text", "sh", "toml", "python", "latex")


class Case(NamedTuple):
    """A test: its name is the way of headings that leads to it."""

    name: str
    row: int
    input: Block
    given: tuple[Block, ...]
    expects: tuple[Block, ...]
    outputs: tuple[Block, ...]

    @property
    def end(self) -> int:
        """Where a further block of this case would stand."""
        return max(block.end for block in (self.input, *self.given, *self.expects, *self.outputs))


def read_cases(text: str) -> tuple[Case, ...]:
    """Read the cases of a file, in its order; raise FormatError where it is none."""
    sections = groupby(_blocks(text), key=lambda pair: pair[0])
    cases = tuple(_case(path, [block for _, block in pairs]) for path, pairs in sections)
    seen: set[str] = set()
    for case in cases:
        if case.name in seen:
            raise FormatError(case.row, f"two cases are called {case.name!r}")
        seen.add(case.name)
    return cases


def _blocks(text: str) -> Iterator[tuple[tuple[Heading, ...], Block]]:
    """Yield our blocks, each with the headings that lead to it."""
    path: tuple[Heading, ...] = ()
    for part in scan(text):
        if isinstance(part, Heading):
            path = (*(heading for heading in path if heading.level < part.level), part)
        elif _is_ours(part):
            yield path, part


def _is_ours(block: Block) -> bool:
    if block.kind in PROSE:
        return False
    if block.kind in (INPUT, EXPECT, *OUTPUTS, *GIVEN):
        return True
    # a slip of the pen would test nothing
    raise FormatError(block.row, f"nothing knows a block {block.kind!r}")


def _case(path: tuple[Heading, ...], blocks: list[Block]) -> Case:
    if not path:
        raise FormatError(blocks[0].row, "a block without a heading above it")
    name = " / ".join(heading.title for heading in path[1:] or path)
    inputs = [block for block in blocks if block.kind == INPUT]
    if len(inputs) != 1:
        raise FormatError(blocks[0].row, f"{name!r} has {len(inputs)} `shapes` blocks and needs one")
    return Case(
        name,
        inputs[0].row,
        inputs[0],
        tuple(block for block in blocks if block.kind in GIVEN),
        tuple(block for block in blocks if block.kind == EXPECT),
        tuple(block for block in blocks if block.kind in OUTPUTS),
    )
