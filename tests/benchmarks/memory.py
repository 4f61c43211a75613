"""Memory: the peak of a process that checks the long document, over one that only holds it, in MB."""

import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator

_HOLD = """
import resource
from shapelint.check import check
from shapelint.source import Source
from tests.benchmarks.formula_lines import formula_lines
source = Source("formulas.txt", "\\n".join(formula_lines({lines})))
"""
_CHECK = "check(source)\n"
# The peak that getrusage tells is kept across exec on Linux: a child would report its parent's. The kernel's
# own status file begins anew.
_PEAK = """
try:
    status = open("/proc/self/status").read()
    print(status.split("VmHWM:")[1].split()[0])
except (OSError, IndexError):
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def memory(options: Namespace) -> Iterator[tuple[str, float, float, str]]:
    """Run both; the difference is what checking takes."""
    hold = _HOLD.format(lines=options.lines)
    reference, measured = _megabytes(hold + _PEAK), _megabytes(hold + _CHECK + _PEAK)
    yield f"peak memory, {options.lines:,} lines (over the text alone)", measured, reference, "MB"


def _megabytes(program: str) -> float:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    per_megabyte = (
        1024 * 1024 if sys.platform == "darwin" else 1024
    )  # ru_maxrss is in bytes there, else in KiB
    return int(done.stdout) / per_megabyte
