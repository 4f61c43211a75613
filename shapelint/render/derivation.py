"""The formats of `shapelint derive`: the steps as a mentor writes them on the board, as Markdown, as JSON."""

import json
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from shapelint.explain.derivation import Told
from shapelint.render.screen import Screen
from shapelint.render.width import width

_INDENT = " " * 6
_DEEPER = " " * 10
_COLUMN = 46  # where the shapes stand
_TITLE = 19  # of a reason


class Shown(NamedTuple):
    """What one document gives: its steps, and sentences about what has none or was taken for granted."""

    name: str
    convention: str
    layout: str
    steps: tuple[Told, ...]
    remarks: tuple[str, ...]
    problems: tuple[dict[str, Any], ...]
    rows: tuple[tuple[int, int] | None, ...]  # of the lines that the steps go through


def full(shown: Sequence[Shown], screen: Screen) -> Iterator[str]:
    """Yield the steps, an empty line between them, then what has to be said."""
    first = True
    for one in shown:
        for step in one.steps:
            yield ("" if first else "\n") + "\n".join(_step(step, one.layout, screen)) + "\n"
            first = False
        for text in one.remarks:
            lines = textwrap.wrap(text, screen.width - 6, subsequent_indent=_INDENT) or [""]
            yield ("" if first else "\n") + "".join(f"{screen.say(line, '')}\n" for line in lines)
            first = False


def _step(step: Told, layout: str, screen: Screen) -> Iterator[str]:
    yield _beside("", f"{step.target} = {step.formula}", step.story, screen, "headline")
    where = " (not in the document)" if step.assumed else ""
    if step.forward:
        yield f"{_INDENT}{screen.say(step.through)}{where}, entry by entry"
        yield from _aligned([step.forward], screen)
    else:
        yield f"{_INDENT}from {screen.say(step.through)}{where}"
    if step.entries:
        yield f"{_INDENT}the chain rule, entry by entry"
        yield from _aligned(step.entries, screen)
    for reason in step.reasons:
        yield from _reason(reason.title, reason.text, screen)
    for form in step.forms:
        yield _beside(f"{_INDENT}= ", form.text, form.beside, screen)
    if step.jacobian:
        if layout == "both":
            yield f"{_INDENT}in the Jacobian layout, every gradient the transpose of what it is here"
        for line in step.jacobian:
            yield _beside(_DEEPER, line.text, line.beside, screen)


def _beside(before: str, text: str, beside: str, screen: Screen, role: str = "") -> str:
    """Put something beside a formula, or below it where there is no room."""
    size = len(before) + width(text)
    written = before + screen.say(text, role)
    if not beside:
        return written
    if max(size + 2, _COLUMN) + width(beside) > screen.width:
        return f"{written}\n{' ' * _COLUMN}{screen.say(beside)}"
    return written + " " * max(_COLUMN - size, 2) + screen.say(beside)


def _aligned(lines: Sequence[str], screen: Screen) -> Iterator[str]:
    """Put lines that go on with = under the sign of the first one."""
    begin = width(lines[0].partition(" = ")[0]) + 1
    yield _DEEPER + screen.say(lines[0])
    for line in lines[1:]:
        yield _DEEPER + " " * begin + screen.say(line)


def _reason(title: str, text: str, screen: Screen) -> Iterator[str]:
    column = len(_INDENT) + _TITLE
    lines = textwrap.wrap(text, max(screen.width - column, 40))
    for place, line in enumerate(lines):
        head = _INDENT + title.ljust(_TITLE) if not place else " " * column
        yield head + screen.say(line)


def markdown(shown: Sequence[Shown], screen: Screen) -> Iterator[str]:
    """Yield a page: a heading for each step, formulas in LaTeX where they are written so, else in fences."""
    for one in shown:
        for step in one.steps:
            yield f"## {step.target}\n\n"
            yield from _page(step)
        for text in one.remarks:
            yield f"> {text}\n\n"


def _page(step: Told) -> Iterator[str]:
    latex = dict(step.formulas)["latex"]
    is_latex = latex == step.formula
    yield _block([f"{step.target} = {step.formula}"], is_latex)
    yield f"Shapes: {step.story}\n\n"
    yield f"It goes back through `{step.through}`" + (", entry by entry:\n\n" if step.forward else ".\n\n")
    if step.forward:
        yield _block([step.forward], is_latex)
    if step.entries:
        yield "The chain rule, entry by entry:\n\n" + _block(step.entries, is_latex)
    yield from (f"- **{reason.title}**: {reason.text}\n" for reason in step.reasons)
    yield "\n" if step.reasons else ""
    if step.forms:
        yield (
            _block([f"= {form.text}    {form.beside}" for form in step.forms], False)
            if not is_latex
            else "".join(f"$$= {form.text}$$\n\n{form.beside}\n\n" for form in step.forms)
        )
    if step.jacobian:
        yield "In the Jacobian layout:\n\n" + _block(
            [f"{line.text}    {line.beside}".rstrip() for line in step.jacobian], False
        )


def _block(lines: Sequence[str], is_latex: bool) -> str:
    if is_latex:
        return f"$$\n{' '.join(lines)}\n$$\n\n"
    return "```\n" + "\n".join(lines) + "\n```\n\n"


def records(shown: Sequence[Shown], screen: Screen) -> Iterator[str]:
    """Yield one array of JSON: an object for each step, then one for each target that has none."""
    found = [
        _record(one, step, place) for one in shown for step, place in zip(one.steps, one.rows, strict=True)
    ]
    found += [{**_EMPTY, **problem} for one in shown for problem in one.problems]
    yield json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _record(one: Shown, step: Told, place: tuple[int, int] | None) -> dict[str, Any]:
    formulas = dict(step.formulas)
    return {
        "target": step.target,
        "shape": list(step.shape),
        "layout": one.layout,
        "convention": one.convention,
        "rule": step.rule,
        "through": {
            "target": step.through.partition("=")[0].strip(),
            "text": step.through,
            "filename": one.name,
            "location": None if place is None else {"row": place[0], "column": place[1]},
        },
        "formula": formulas,
        "terms": [{"text": text, "shape": list(shape)} for text, shape in step.terms],
        "letters": dict(step.letters),
        "forward": step.forward,
        "entries": list(step.entries),
        "forms": [{"text": form.text, "because": form.beside} for form in step.forms],
        "reasons": [{"about": reason.about, "text": reason.text} for reason in step.reasons],
        "jacobian": [{"text": line.text, "about": line.beside} for line in step.jacobian],
        "problem": None,
    }


_EMPTY: dict[str, Any] = {
    "target": "",
    "shape": None,
    "layout": None,
    "convention": None,
    "rule": None,
    "through": None,
    "formula": None,
    "terms": [],
    "letters": {},
    "forward": "",
    "entries": [],
    "forms": [],
    "reasons": [],
    "jacobian": [],
    "problem": None,
}

FORMATS = {"full": full, "json": records, "markdown": markdown}
