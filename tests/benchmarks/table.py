"""Rows of figures in, a table for people out."""

from collections.abc import Iterable, Sequence

Cell = str | int | float


def table(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Lay out rows under a heading: the first column to the left, figures to the right."""
    lines = [tuple(heading), *(tuple(map(_shown, row)) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_line(line, widths) for line in lines)


def _shown(cell: Cell) -> str:
    return f"{cell:,.2f}" if isinstance(cell, float) else f"{cell:,}" if isinstance(cell, int) else cell


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]).rstrip()
