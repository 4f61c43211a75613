"""What was worked out about a document: its stretches, judged, and what each of its sections says."""

from typing import NamedTuple

from shapelint.infer.choose import Chosen
from shapelint.infer.facts import Said


class Stretch(NamedTuple):
    """The formulas of one section under the same settings, judged.

    `starred` is true where `*` was found to be this document's sign for the matrix product.
    """

    chosen: Chosen
    starred: bool


class Document(NamedTuple):
    """Everything that was worked out about a text; `said` is what each section says itself."""

    said: tuple[Said, ...]
    stretches: tuple[Stretch, ...]
