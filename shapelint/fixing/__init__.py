"""From repairs that are offered to a text that is repaired: pure, texts and reports in, texts and reports out."""

from typing import NamedTuple


class Wish(NamedTuple):
    """What a run is asked to do with repairs.

    `fix` writes them, `diff` only shows them (and outranks `fix`), `unsafe` takes those that are not safe, too;
    `ignore` writes comments that silence the findings instead.
    """

    fix: bool = False
    diff: bool = False
    unsafe: bool = False
    ignore: bool = False
