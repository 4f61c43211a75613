"""The pipeline: a source and options in, a report out. Pure and total."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from shapelint.conventions import CONVENTIONS, convention
from shapelint.diagnostic import ERROR, Diagnostic, FormulaShapes, Report, Traits, traits, unreadable
from shapelint.documents import opened as documents
from shapelint.documents.contents import Contents
from shapelint.documents.read import contents
from shapelint.findings import findings
from shapelint.infer.document import Document
from shapelint.infer.facts import Said
from shapelint.infer.parts import Settings
from shapelint.infer.said import read_said
from shapelint.infer.world import declared_world, world_of_section
from shapelint.judge.document import own_convention, read_document
from shapelint.silence import silenced
from shapelint.source import Source, Span

if TYPE_CHECKING:
    from shapelint.calculus.derivation import Derivation
    from shapelint.calculus.network import Network
    from shapelint.calculus.usual import Usual
    from shapelint.infer.occurrences import Occurrences
    from shapelint.infer.recall.memory import Memory

# A formula of 200 nested brackets takes this many Python frames at the most; they use no C stack.
_FRAMES = 12_000
_MOST_TRIED = 20  # declarations that are tried for one text


class Options(NamedTuple):
    """What a run or a configuration file may set, and what one document's own settings override.

    `convention` and `layout` are None where nobody chose (the document's evidence decides then).
    `convention_text` is the text of a convention file of one's own (read by the caller: `check` reads nothing).
    `declarations` is text in the notation; `sizes` holds pairs such as ("n2", "1").
    `walked` is true for a file that was found in a folder and not named; `given` for formulas that somebody gave, one a
    line: each is meant as one, an expression alone, too. With `listing` the report lists every formula; without `hints`
    it does not tell of those that are open or not read. With `advice` declarations are tried, and those named with
    which nothing is wrong: that takes a check of the whole text for each name.
    """

    convention: str | None = None
    convention_text: str | None = None
    layout: str | None = None
    star: str | None = None
    sizes: tuple[tuple[str, str], ...] = ()
    declarations: str = ""
    walked: bool = False
    listing: bool = False
    given: bool = False
    hints: bool = True
    advice: bool = False


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
    return examine(source, options).report()


def analyse(source: Source, options: Options = _DEFAULTS) -> tuple[FormulaShapes, ...]:
    """Return the shapes of every formula of a source, right or wrong, in its order."""
    return examine(source, options).analysis()


def examine(source: Source, options: Options = _DEFAULTS, memory: "Memory | None" = None) -> "Examined":
    """Read and judge a source once, for whoever wants the report and the analysis of it.

    A memory recalls the last version of this document under the same options: what did not change is not judged
    again. Raises OutdatedError where the memory's owner waits for another version meanwhile.
    """
    if memory is not None:
        memory.begin(source)
    shown = opened(source)
    if isinstance(shown, Report):
        return Examined(source, options, None, shown)
    with _deep_enough():
        read = contents(shown, memory.pieces if memory is not None else None, options.given)
        return Examined(
            shown,
            options,
            (read, read_document(read, _settings(options), _configured(options), memory)),
            None,
        )


class Examined(NamedTuple):
    """A source, read and judged; `refusal` is the report of one that cannot be read."""

    source: Source
    options: Options
    judged: tuple[Contents, Document] | None
    refusal: Report | None

    def report(self) -> Report:
        """Return what is wrong."""
        if self.judged is None:
            assert self.refusal is not None
            return self.refusal
        read, document = self.judged
        with _deep_enough():
            options = self.options
            found = findings(
                self.source, read, document, options.walked, options.listing, options.hints, options.given
            )
            kept = silenced(self.source, found.diagnostics, read.directives, found.extents)
        if options.advice:
            kept = list(self._advised(kept))
        first = document.stretches[0].chosen if document.stretches else None
        return Report(
            self.source,
            tuple(sorted(kept, key=_order)),
            convention=first.section.convention.name if first else self.options.convention or "ng",
            layout="numerator" if first and first.section.numerator else "gradient",
            world=traits(world_of_section(first.section)) if first else _chosen_world(self.options),
            why_convention=first.why if first else "",
            formulas=found.formulas,
            undetermined=found.undetermined,
            unread=found.unread,
            listed=found.listed,
            understood=found.understood,
        )

    def _advised(self, found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
        """Name a declaration with the formulas that are open, where one is known with which nothing is wrong."""
        from shapelint.explain.unsure import suggested

        tried: dict[str, bool] = {}
        for one in found:
            known = one.undeclared
            if known is None or not known.shape or not one.notes or len(tried) > _MOST_TRIED:
                yield one
                continue
            line = f"{known.name} : {known.shape}"
            if line not in tried:
                tried[line] = self._helps(found, known.name, line)
            yield suggested(one) if tried[line] else one

    def _helps(self, before: Sequence[Diagnostic], name: str, line: str) -> bool:
        """Say whether with a declaration fewer formulas lack a name, and no more is wrong."""
        declarations = f"{self.options.declarations}\n{line}".strip()
        options = self.options._replace(declarations=declarations, listing=False, advice=False)
        after = examine(self.source, options).report().diagnostics
        wrong = [sum(one.severity == ERROR for one in found) for found in (before, after)]
        lacking = [
            sum(one.undeclared is not None and one.undeclared.name == name for one in found)
            for found in (before, after)
        ]
        return lacking[1] < lacking[0] and wrong[1] <= wrong[0]

    def analysis(self, within: Span | None = None) -> tuple[FormulaShapes, ...]:
        """Return the shapes of every formula, right or wrong, or of those that touch a span."""
        if self.judged is None:
            return ()
        from shapelint.explain.analysis import analysis  # `check` has no use for it

        read, document = self.judged
        with _deep_enough():
            return analysis(self.source, read, document, self.options.walked, self.options.given, within)

    def names(self) -> "Occurrences | None":
        """Return where every name stands, None where nothing could be read."""
        if self.judged is None:
            return None
        from shapelint.infer.occurrences import Occurrences  # `check` has no use for it

        with _deep_enough():
            return Occurrences(*self.judged)

    def derivation(
        self, targets: "Callable[[Network], Sequence[str]]", only: bool, usual: "Usual"
    ) -> "Derivation | None":
        """Return the steps to some gradients; `targets` finds their keys in a network. None of what cannot be read."""
        if self.judged is None:
            return None
        from shapelint.calculus.derivation import derive  # nothing else has a use for it
        from shapelint.calculus.forward import network_of

        with _deep_enough():
            network = network_of(self.judged[1])
            return derive(network, targets(network), only, usual)


def _settings(options: Options) -> Settings:
    own = own_convention(options.convention, options.convention_text)
    return Settings(options.convention, own, options.layout, options.star or "")


def _chosen_world(options: Options) -> Traits | None:
    """Return the world of a document without formulas: that of the convention which was chosen for it."""
    chosen = own_convention(options.convention, options.convention_text)
    if chosen is None and options.convention not in CONVENTIONS:
        return Traits()
    return traits(declared_world(chosen or convention(options.convention or "")))


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
