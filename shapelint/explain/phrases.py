"""Small pieces of sentences: shapes, rows and columns."""

from collections.abc import Mapping

from shapelint.problems import ASSERTION, BELOW, BESIDE, BRACE, COMMENT, DOCSTRING
from shapelint.shapes import Shape
from shapelint.sizes import Size, write_size
from shapelint.source import Source

# Who claims a shape.
SAYERS = {
    COMMENT: "the comment says",
    BESIDE: "the text says",
    BRACE: "the brace says",
    BELOW: "the shapes below say",
    DOCSTRING: "the docstring says",
    ASSERTION: "the assertion says",
}


def shape_text(shape: Shape, spellings: Mapping[str, str]) -> str:
    """Write a shape: `(n2, m)`, `(n1,)`, `a scalar`."""
    if not shape:
        return "a scalar"
    if len(shape) == 1:
        return f"({write_size(shape[0], spellings)},)"
    return "(" + ", ".join(write_size(size, spellings) for size in shape) + ")"


def count(size: Size, thing: str, spellings: Mapping[str, str]) -> str:
    """Write a number of rows or columns: `m columns`, `1 row`."""
    return f"{write_size(size, spellings)} {thing}" + ("" if size == 1 else "s")


def line_at(source: Source, offset: int) -> str:
    """Name the line of a place: `line 3`, `line 3 of cell 2`."""
    cell = source.cell(offset)
    row = source.position(offset).row
    return f"line {row}" if cell is None else f"line {row} of cell {cell}"


def more_findings(number: int) -> str:
    """Say how many findings of a formula are not shown."""
    what = (
        "1 more finding of this formula is"
        if number == 1
        else f"{number:,} more findings of this formula are"
    )
    return f"{what} not shown"
