"""Documents in the text notation in, the same ones in the notation asked for out."""

import random
from collections.abc import Iterable, Iterator
from itertools import cycle

from tests.oracle.cases import Case
from tests.oracle.latex import HANDS, drawn_hand, in_markdown
from tests.oracle.program import CODERS, as_program

NOTATIONS = ("text", "latex", "mixed-latex", "python")
"""As it is; LaTeX in Markdown in a few whole hands, in turn; in hands of which every habit is drawn; programs."""


def written(documents: Iterable[Case], notation: str, seed: int) -> Iterator[Case]:
    """Write each document in a notation."""
    if notation == "text":
        yield from documents
        return
    if notation == "python":
        yield from map(as_program, documents, cycle(CODERS))
        return
    rng, few = random.Random(seed), cycle(HANDS)
    for one in documents:
        yield in_markdown(one, next(few) if notation == "latex" else drawn_hand(rng.choice))
