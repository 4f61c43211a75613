"""What a reader is told: the record between `explain`, which fills it, and `render`, which shows it."""

from typing import NamedTuple

from shapelint.source import Source, Span

ERROR = "error"
WARNING = "warning"

# What becomes of a formula: it is right, wrong, its shapes cannot be told, or it was not read.
OK, FAULTY, UNDETERMINED, UNREAD = "ok", "faulty", "undetermined", "unread"


class Label(NamedTuple):
    """A place that is marked, with what is said there: usually the shape of an operand."""

    span: Span
    message: str


class Edit(NamedTuple):
    """Replace the text of a span by `content`."""

    span: Span
    content: str


class Fix(NamedTuple):
    """A repair: `message` says what to write, `reason` why it fits, `edits` do it.

    `applicability` is "safe" (`--fix` writes it) or "unsafe" (only `--unsafe-fixes` does).
    `cause` names the slip that it undoes, as in the JSON contract.
    """

    message: str
    reason: str
    applicability: str
    edits: tuple[Edit, ...]
    cause: str = ""

    @property
    def reasoned(self) -> str:
        """Return why it fits and what to write."""
        return f"{self.reason}: {self.message}" if self.reason else self.message


class Undeclared(NamedTuple):
    """A name that nothing tells, in the notation of text files and as it is written; `shape` may fit, or is ""."""

    name: str
    written: Span
    shape: str = ""


class Diagnostic(NamedTuple):
    """One finding.

    `span` is the faulty term; `marks` are drawn with `^` (the operator, or the term itself);
    `labels` are drawn with `-` and their message; `message` stands alone in one line.
    `notes` are whole sentences of their own, in the order in which they are read. `undeclared` is the name whose
    declaration would tell the shapes.
    """

    code: str
    severity: str
    message: str
    span: Span
    term: str = ""
    cause: str | None = None
    marks: tuple[Span, ...] = ()
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    fix: Fix | None = None
    alternatives: tuple[Fix, ...] = ()
    undeclared: Undeclared | None = None

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return all that is said in words: the message, the notes and the first repair with its reason."""
        return (self.message, *self.notes, *((f"help: {self.fix.reasoned}",) if self.fix else ()))


class Term(NamedTuple):
    """One line of `shapelint shapes`: a term, its shape, and how the shape came about.

    `shape` holds the sizes as the document spells them, () for a scalar, None where it cannot be told.
    `story` is the right-hand column of the text output, such as "(n2, m) @ (m, n1) → (n2, n1)".
    """

    text: str
    shape: tuple[str, ...] | None
    span: Span
    story: str = ""


class Traits(NamedTuple):
    """How a document is laid out, in the words of the JSON contract.

    `examples` lie in "columns" or "rows"; `weights` are "out_in", a row for each unit that they lead to, or "in_out";
    `numbered` is the layer whose number they have: the one that a weight "reaches" or "leaves".
    """

    examples: str = "columns"
    weights: str = "out_in"
    numbered: str = "reaches"


def traits(world: tuple[bool, bool, bool] | None) -> Traits | None:
    """Put a world into words: examples in columns or not, weights out × in, numbered by the layer that they leave."""
    if world is None:
        return None
    columns, out_in, leaves = world
    return Traits(
        "columns" if columns else "rows", "out_in" if out_in else "in_out", "leaves" if leaves else "reaches"
    )


class FormulaShapes(NamedTuple):
    """The analysis of one formula: `status` is "ok", "faulty", "undetermined" or "unread".

    `reason` says why one of the last two was not checked, "" for the others.
    `convention` and `world` are those that it was read in, as in `Report`.
    """

    text: str
    span: Span
    status: str
    target: tuple[str, ...] | None
    terms: tuple[Term, ...]
    verdict: str = ""
    convention: str = "ng"
    world: Traits | None = Traits()
    reason: str = ""


class Listed(NamedTuple):
    """A formula and what became of it: `status` is that of `FormulaShapes`, or "" for what is none of a network's.

    `words` say the shape of what is right, what is wrong, and why the others were not checked.
    """

    span: Span
    status: str
    words: str


class Report(NamedTuple):
    """What `check` found in one source.

    Each formula is counted once: `formulas` were checked, they are right or wrong; of the `undetermined` ones the
    shapes cannot be told, the `unread` ones were not read.
    `convention` and `layout` are the ones in force, `why_convention` says on what evidence (or ""). `world` says how
    the document is laid out, None where a convention of one's own does not tell.
    `listed` are all of them, and what was left alone as none of a network's, where somebody asked (`-v`); `understood`
    are sentences about the world of a document that was solved, and about what of the convention was not taken.
    """

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    convention: str = "ng"
    layout: str = "gradient"
    world: Traits | None = Traits()
    why_convention: str = ""
    formulas: int = 0
    undetermined: int = 0
    unread: int = 0
    listed: tuple[Listed, ...] = ()
    understood: tuple[str, ...] = ()


def unreadable(source: Source, reason: str, offset: int = 0, advice: str = "") -> Report:
    """Return the report of a file that cannot be read; `offset` is the place to show where there is a text."""
    span = Span(offset, min(offset + 1, len(source.text)))
    notes = (advice,) if advice else ()
    return Report(source, (Diagnostic("unreadable", ERROR, reason, span, notes=notes),))
