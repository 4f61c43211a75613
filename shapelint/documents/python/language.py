"""What differs between the languages whose programs are read alike: Python, and others that are said in its terms."""

from collections.abc import Callable
from typing import NamedTuple

from shapelint.parse.notation import Notation
from shapelint.parse.python import python
from shapelint.parse.python.places import Places
from shapelint.parse.python.words import Vocabulary


class Language(NamedTuple):
    """A language of programs whose tree is that of `ast`: how its statements are read, its places, its comments.

    `parts` is true where what is assigned to a part of an array is worth a look: `W_grad(:, 2:end) = …`.
    """

    notation: Callable[[Vocabulary, int | None], Notation]
    places: Callable[[str], Places]
    comments: str
    parts: bool = False


PYTHON = Language(python, Places, "#")
