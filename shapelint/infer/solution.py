"""What the lines of a document come to for one scope: the shapes of its names, and what is known of its letters.

It is worked out by `judge`; here it is data that a section is judged by.
"""

from collections.abc import Mapping
from typing import NamedTuple

from shapelint.conventions.worlds import World
from shapelint.infer.apart import Marks
from shapelint.infer.environment import Found
from shapelint.sizes import Size

# How a name's shape is known; the greater outranks the smaller.
STATED, DEFINED, NAMED = 3, 2, 0


class Solution(NamedTuple):
    """What the lines of a scope come to, frozen.

    `found` are the shapes of its names by key, `objects` whose gradient a name is, `grades` how a name's shape is
    known, `equal` maps letters to the letters of the convention that they turned out to be, `spellings` says how
    sizes without a letter are written, `marks` are the components of the letters: two that share one are different.
    `untold` are names that a line defines without telling their shape, `own` gradients of what the document does not
    have, `numbers` names that stand for sizes, `last` is the number of the last layer. `dropped` are the
    names whose conventional shape was not taken, `doubled` pairs of conventional sizes that became one, `denied` counts
    the dropped ones that the document states itself. With `one_or_all` every formula may be of one example. `general`
    are letters that a program makes arrays by, `n_y` of `np.zeros((n_y, 1))`, so for any number, and that turned out to
    be 1.
    """

    world: World
    found: Mapping[str, Found]
    objects: Mapping[str, str]
    grades: Mapping[str, int]
    equal: Mapping[str, Size]
    spellings: Mapping[str, str]
    marks: Mapping[object, Marks]
    untold: frozenset[str]
    own: frozenset[str]
    numbers: frozenset[str]
    last: int | None
    dropped: tuple[str, ...]
    doubled: tuple[tuple[str, str], ...]
    denied: int
    one_or_all: bool
    general: frozenset[str]
