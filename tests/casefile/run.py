"""A case in, nothing out if the program does what it says: else a CaseError, or the file brought to date."""

from difflib import unified_diff
from pathlib import Path

from casefile.blocks import Block
from casefile.cases import Case, read_cases
from casefile.expectations import SILENT, Finding, read_expected, unmet
from casefile.failure import CaseError
from casefile.outputs import output, reports
from casefile.rewrite import added, read_text, updated, write_text
from casefile.setup import Setup, set_up


def verify_file(path: Path, update: bool = False) -> None:
    """Verify every case of a file; the first that fails raises."""
    for case in read_cases(read_text(path)):
        verify(path, case.name, update)


def verify(path: Path, name: str, update: bool = False) -> None:
    """Verify one case; `update` writes its output blocks first, what is expected by hand still counts."""
    text = read_text(path)  # anew for each case: an update before this one has moved everything
    case = next(case for case in read_cases(text) if case.name == name)
    setup = set_up(case)
    if update:
        _update(path, text, case, setup)
    else:
        _compare(case, setup)
    _meet(case, setup)


def _update(path: Path, text: str, case: Case, setup: Setup) -> None:
    if case.outputs:
        new = updated(text, {block: output(block.kind, setup) for block in case.outputs})
    elif _says_silent(case):
        return
    else:
        new = added(text, case.end, "concise", output("concise", setup))
    if new != text:
        write_text(path, new)


def _says_silent(case: Case) -> bool:
    return any(read_expected(block).kind == SILENT for block in case.expects)


def _compare(case: Case, setup: Setup) -> None:
    differences = [_difference(block, output(block.kind, setup)) for block in case.outputs]
    if any(differences):
        raise CaseError(
            "\n".join([*filter(None, differences), "(pytest --update writes what is printed now)"])
        )


def _difference(block: Block, now: str) -> str:
    if block.text == now:
        return ""
    before, after = block.text.splitlines(), now.splitlines()
    lines = unified_diff(before, after, "in the file", "printed now", lineterm="", n=9)
    return "\n".join([f"row {block.row}: the block `{block.kind}` differs", *lines])


def _meet(case: Case, setup: Setup) -> None:
    findings = [Finding(report.source, found) for report in reports(setup) for found in report.diagnostics]
    problems = [problem for block in case.expects for problem in unmet(read_expected(block), findings)]
    if problems:
        found = [f"  {finding}" for finding in findings] or ["  nothing"]
        raise CaseError("\n".join([*problems, "found:", *found]))
