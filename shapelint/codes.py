"""The table of codes: every finding has one of these names, a severity and the fact that it states."""

from typing import NamedTuple

from shapelint.diagnostic import ERROR, WARNING

OFF = "off"

# The catalogue's place as a reader of JSON sees it. Relative: the pages travel with the program.
PAGES = "catalogue/"


class Code(NamedTuple):
    """A row of the table; a code that is `off` is reported only where it is selected."""

    name: str
    severity: str
    fact: str


_TABLE = (
    Code("inner-sizes", ERROR, "columns of the left and rows of the right factor of a matrix product differ"),
    Code("unequal-shapes", ERROR, "the two sides of an elementwise operation neither agree nor broadcast"),
    Code("target-shape", ERROR, "the right side has another shape than its target"),
    Code("stack-sizes", ERROR, "stacked or joined parts do not fit"),
    Code("not-square", ERROR, "inverse, trace or determinant of something not square"),
    Code("bad-axis", ERROR, "an axis that the argument does not have"),
    Code("declared-twice", ERROR, "two declarations, or a declaration and all uses of a name, disagree"),
    Code("claimed-shape", ERROR, "a comment states a shape that the formula does not have"),
    Code("syntax", ERROR, "this statement cannot be read"),
    Code("unreadable", ERROR, "the file cannot be read: missing, a folder, not text, too large"),
    Code(
        "outer-broadcast",
        WARNING,
        "a column and a row broadcast to a matrix, no outer product was meant",
    ),
    Code("ambiguous-product", WARNING, "a sign stands for the product that Ng's rule does not give it"),
    Code("ambiguous-sum", WARNING, "a sum without an axis in notes"),
    Code("mixed-convention", WARNING, "the document is under one convention, this formula under another"),
    Code("unused-ignore", WARNING, "a suppression that silences nothing"),
    Code("undetermined", OFF, "a formula whose shapes cannot be told: which one name to declare"),
    Code("unread", OFF, "a line that looks like a formula and was not read, with the reason"),
)

CODES = {code.name: code for code in _TABLE}


def url(code: str) -> str:
    """Return where the catalogue page of a code stands."""
    return PAGES + code
