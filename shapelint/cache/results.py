"""Reports, remembered under what they depend on: the text, its name, the options and the program itself."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from shapelint.cache.keys import digest, program
from shapelint.cache.store import Store
from shapelint.diagnostic import Diagnostic, Edit, Fix, Label, Report, Traits, Undeclared
from shapelint.source import Source, Span

_Part = TypeVar("_Part")


class Results:
    """The reports of earlier runs."""

    def __init__(self, store: Store) -> None:
        """Take where they are kept."""
        self._store = store

    def find(self, source: Source, options: tuple[object, ...]) -> list[Any] | None:
        """Return what is remembered of a text under these options, as `recalled` takes it."""
        found = self._store.read(_key(source, options))
        return found if isinstance(found, list) else None

    def keep(self, source: Source, options: tuple[object, ...], report: Report) -> None:
        """Remember a report."""
        self._store.write(_key(source, options), remembered(report))


def _key(source: Source, options: tuple[object, ...]) -> str:
    return digest("report", program(), repr(options), source.name, source.mark, source.raw)


def remembered(report: Report) -> list[Any]:
    """Return what JSON holds of a report: all but the source, and what only `-v` tells."""
    _, diagnostics, convention, layout, world, why, formulas, undetermined, unread, _, _ = report
    return [diagnostics, convention, layout, world, why, formulas, undetermined, unread]


def recalled(source: Source, found: Iterable[Any]) -> Report:
    """Return the report of a source that was opened; raises ValueError or TypeError for what is none of it."""
    diagnostics, convention, layout, world, why, formulas, undetermined, unread = found
    return Report(
        source,
        _each(_diagnostic, diagnostics),
        _word(convention),
        _word(layout),
        None if world is None else _world(world),
        _word(why),
        _number(formulas),
        _number(undetermined),
        _number(unread),
    )


def _diagnostic(found: Any) -> Diagnostic:
    code, severity, message, span, term, cause, marks, labels, notes, fix, alternatives, undeclared = found
    return Diagnostic(
        _word(code),
        _word(severity),
        _word(message),
        _span(span),
        _word(term),
        None if cause is None else _word(cause),
        _each(_span, marks),
        _each(_label, labels),
        _each(_word, notes),
        None if fix is None else _fix(fix),
        _each(_fix, alternatives),
        None if undeclared is None else _undeclared(undeclared),
    )


def _undeclared(found: Any) -> Undeclared:
    name, written, shape = found
    return Undeclared(_word(name), _span(written), _word(shape))


def _fix(found: Any) -> Fix:
    message, reason, applicability, edits, cause = found
    return Fix(_word(message), _word(reason), _word(applicability), _each(_edit, edits), _word(cause))


def _world(found: Any) -> Traits:
    examples, weights, numbered = found
    return Traits(_word(examples), _word(weights), _word(numbered))


def _label(found: Any) -> Label:
    span, message = found
    return Label(_span(span), _word(message))


def _edit(found: Any) -> Edit:
    span, content = found
    return Edit(_span(span), _word(content))


def _span(found: Any) -> Span:
    start, end = found
    return Span(_number(start), _number(end))


def _each(read: Callable[[Any], _Part], found: Any) -> tuple[_Part, ...]:
    return tuple(read(one) for one in found)


def _word(found: Any) -> str:
    if not isinstance(found, str):
        raise TypeError(f"not a text: {found!r}")
    return found


def _number(found: Any) -> int:
    if not isinstance(found, int):
        raise TypeError(f"not a number: {found!r}")
    return found
