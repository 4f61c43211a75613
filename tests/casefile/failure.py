"""How a case fails: with a text that is shown as it stands, without a traceback."""


class CaseError(Exception):
    """The program does something else than the case says."""


class FormatError(CaseError):
    """The file is no file of cases; says in which row and why."""

    def __init__(self, row: int, message: str) -> None:
        super().__init__(f"row {row}: {message}")
