"""The pipeline: a source and options in, a report out. Pure and total."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from shapelint.diagnostic import Diagnostic, FormulaShapes, Report, unreadable
from shapelint.documents import opened as documents
from shapelint.documents.read import contents
from shapelint.findings import findings
from shapelint.infer.document import own_convention, read_document, read_said
from shapelint.infer.facts import Said
from shapelint.infer.parts import Settings
from shapelint.silence import silenced
from shapelint.source import Source

# A formula of 200 nested brackets takes this many Python frames at the most; they use no C stack.
_FRAMES = 12_000


class Options(NamedTuple):
    """What a run or a configuration file may set, and what one document's own settings override.

    `convention` and `layout` are None where nobody chose (the document's evidence decides then).
    `convention_text` is the text of a convention file of one's own (read by the caller: `check` reads nothing).
    `declarations` is text in the notation; `sizes` holds pairs such as ("n2", "1").
    `walked` is true for a file that was found in a folder and not named; with `listing` the report names
    every formula that was read.
    """

    convention: str | None = None
    convention_text: str | None = None
    layout: str | None = None
    star: str | None = None
    sizes: tuple[tuple[str, str], ...] = ()
    declarations: str = ""
    walked: bool = False
    listing: bool = False


_DEFAULTS = Options()


def opened(source: Source) -> Source | Report:
    """Return the source whose places `check` and `analyse` speak of, or the report that it cannot be read.

    It is the source itself, or the view of a notebook's cells; what is opened already comes back as it is.
    """
    match documents.opened(source):
        case Source() as shown:
            return shown
        case refusal:
            return unreadable(source, refusal.reason, refusal.offset, refusal.advice)


def check(source: Source, options: Options = _DEFAULTS) -> Report:
    """Check every formula of a source. Never raises; the same text gives the same report."""
    shown = opened(source)
    return shown if isinstance(shown, Report) else _check(shown, options)


def _check(source: Source, options: Options) -> Report:
    with _deep_enough():
        read = contents(source)
        document = read_document(read, _settings(options), _configured(options))
        found = findings(source, read, document, options.walked, options.listing)
        kept = silenced(source, found.diagnostics, read.directives, found.extents)
    diagnostics = tuple(sorted(kept, key=_order))
    first = document.stretches[0].chosen if document.stretches else None
    return Report(
        source,
        diagnostics,
        convention=first.section.convention.name if first else options.convention or "ng",
        layout="numerator" if first and first.section.numerator else "gradient",
        why_convention=first.why if first else "",
        formulas=found.formulas,
        undetermined=found.undetermined,
        passed_over=found.passed_over,
        read=found.read,
    )


def analyse(source: Source, options: Options = _DEFAULTS) -> tuple[FormulaShapes, ...]:
    """Return the shapes of every formula of a source, right or wrong, in its order."""
    shown = opened(source)
    return () if isinstance(shown, Report) else _analyse(shown, options)


def _analyse(source: Source, options: Options) -> tuple[FormulaShapes, ...]:
    from shapelint.explain.analysis import analysis  # `check` has no use for it

    with _deep_enough():
        read = contents(source)
        document = read_document(read, _settings(options), _configured(options))
        return analysis(source, read, document, options.walked)


def _settings(options: Options) -> Settings:
    own = own_convention(options.convention, options.convention_text)
    return Settings(options.convention, own, options.layout, options.star or "")


def _configured(options: Options) -> Said:
    """Return what the configuration declares, as if the document said it."""
    if not options.declarations and not options.sizes:
        return Said((), (), {})
    lines = [options.declarations, *(f"{name} = {value}" for name, value in options.sizes)]
    said = read_said("\n".join(lines))
    return said._replace(declared=tuple(one._replace(span=None) for one in said.declared))


def _order(diagnostic: Diagnostic) -> tuple[int, int, str, str]:
    return (*diagnostic.span, diagnostic.code, diagnostic.message)


@contextmanager
def _deep_enough() -> Iterator[None]:
    """Let Python recurse as deep as the deepest formula that is read."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
