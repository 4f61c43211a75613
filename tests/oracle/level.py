"""How tightly the notation binds: the same ladder for writing a formula and for reading it."""

from enum import IntEnum


class Level(IntEnum):
    """How tightly a text holds together, from the loosest."""

    SUM = 0
    PRODUCT = 1
    MINUS = 2
    SIDE_BY_SIDE = 3
    POSTFIX = 4
    ATOM = 5
