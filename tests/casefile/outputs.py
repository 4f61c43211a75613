"""Documents and options in, what the program prints about them out; only this module knows the renderers."""

from casefile.setup import Setup
from shapelint import render
from shapelint.check import analyse, check
from shapelint.diagnostic import Report
from shapelint.render.screen import Screen
from shapelint.selection import keep


def reports(setup: Setup) -> tuple[Report, ...]:
    """Check every document; what is not selected is left out, as the command line does."""
    checked = (check(source, setup.options) for source in setup.sources)
    return tuple(report._replace(diagnostics=keep(report.diagnostics, setup.selection)) for report in checked)


def output(kind: str, setup: Setup) -> str:
    """Return what stands in an output block of that kind, with LF and a line end unless it is empty."""
    if kind == "shapes-out":
        analyses = ((source, analyse(source, setup.options)) for source in setup.sources)
        printed = "".join(render.analyses(analyses, "full", Screen()))
    elif kind == "world":
        printed = "".join(_world(check(one, setup.options._replace(listing=True))) for one in setup.sources)
    else:
        printed = "".join(render.findings(reports(setup), kind, Screen()))
    return f"{text}\n" if (text := printed.replace("\r\n", "\n").strip("\n")) else ""


def _world(report: Report) -> str:
    return "".join(f"{line}\n" for line in (f"convention {report.convention}", *report.understood))
