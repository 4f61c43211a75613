"""What is handed on from judging a statement: what was read, the verdict, its flags."""

from typing import NamedTuple

from shapelint.documents.statements import Statement
from shapelint.infer.formula import Verdict
from shapelint.parse.formulas import Read
from shapelint.symbol import Flags


class Judged(NamedTuple):
    """One statement: what was read, the verdict on it (None where it could not be read), and its flags.

    `aside` is why it may be about something else than a network, "" where it may not.
    """

    statement: Statement
    read: Read | None
    verdict: Verdict | None
    flags: Flags
    aside: str = ""
