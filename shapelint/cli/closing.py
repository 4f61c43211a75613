"""The end of a run: what was counted comes in, the summary and the exit status come out."""

import sys
from collections.abc import Iterable

from shapelint.cli.faults import Faults
from shapelint.cli.inputs import Input
from shapelint.cli.values import Values
from shapelint.diagnostic import ERROR
from shapelint.files.kinds import SUFFIXES
from shapelint.render.screen import screen
from shapelint.render.tally import Tally
from shapelint.render.visible import visible

FAULT = 2


def show_files(found: Iterable[Input]) -> int:
    """List what would be read, a name a line."""
    for read in found:
        print(visible(read.name))
    return 0


def close(values: Values, tally: Tally, inputs: int) -> str:
    """Print the summary of a run over so many inputs on standard error, and return it."""
    if values.quiet or (inputs and not tally.files):
        return ""
    nothing = f"shapelint: nothing to read ({', '.join(SUFFIXES)} are looked for)\n"
    text = _summary(values, tally) if inputs else nothing
    sys.stdout.flush()  # behind the results, where both go to one terminal
    sys.stderr.write(text)
    return text


def _summary(values: Values, tally: Tally) -> str:
    from shapelint.fixing import Wish
    from shapelint.render.summary import summary

    written = (values.fix or values.add_ignore) and not values.diff
    said = summary(tally, Wish(written, values.diff, values.unsafe_fixes, values.add_ignore), values.verbose)
    shown = screen(sys.stderr, values.color)
    return "".join(f"{line}\n" for sentence in said.splitlines() for line in shown.lines(sentence, indent=2))


def status(values: Values, tally: Tally, faults: Faults) -> int:
    """Return the exit status of a run; a diff that is not empty counts as a finding of any severity."""
    if faults.count:
        return FAULT
    if values.diff and tally.changed:
        return int(not values.exit_zero)
    counted = tally.severities[ERROR] if values.fail_on == ERROR else tally.severities.total()
    return int(counted > 0 and not values.exit_zero)
