"""A place in a document in, what may be written there out: names with their shapes, functions, transposes, sizes."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from lsprotocol import types

from shapelint.documents.regions import CODE, LATEX
from shapelint.explain.phrases import line_at, shape_text
from shapelint.explain.signatures import signature
from shapelint.infer.occurrences import DECLARED, Occurrence
from shapelint.infer.vocabulary import sizes, vocabulary
from shapelint.operators import FUNCTIONS
from shapelint.parse.notation import PLAIN
from shapelint.repair.hands import hand
from shapelint.server.client import Client
from shapelint.server.document import Document
from shapelint.source import Span

TRIGGERS = (".", "(", "[", "{", "\\", "^", "_")
_MOST = 300  # items; a client asks again while there are more
_NEAR = 40  # names before the cursor whose layers are those somebody writes about
_LONGEST = 60  # characters of a word
# A name with its index, half typed or whole: `W`, `W_`, `W[1`, `W^{[l-1`; a command of LaTeX; `np.su`.
_WORD = re.compile(
    r"(?:np\.\w*|\\[A-Za-z]*"
    r"|[^\W\d_][^\W_]*+(?:[_^][\[{(]{0,2}[^\W_]*+(?:[+\-]\d*)?[\])}]{0,2}|\[[^\W_]*+(?:[+\-]\d*)?\]?)*)$"
)
_AFTER_NAME = re.compile(r"(?<=[\w\])}])\.(?P<T>T?)$")
_DECLARING = re.compile(r"[^=#]*?[\w\])}][ \t]*(?::|∈|\bis\b)[ \t]*\(?[^=()]*?(?P<size>\w*)$")


class _Place(NamedTuple):
    """Where something is completed: the document, the place, the word before it, and the names, the nearest first."""

    document: Document
    client: Client
    place: int
    word: Span
    names: Sequence[Occurrence]


def completions(document: Document, client: Client, position: types.Position) -> types.CompletionList:
    """Return what may be written at a place; nothing outside of formulas."""
    place = document.places(client.encoding).offset(position)
    dialect = document.dialect_at(place)
    if dialect in ("", CODE) or document.names is None:
        return types.CompletionList(is_incomplete=False, items=[])
    line = document.source.text[document.source.line_span(document.source.row(place)).start : place]
    found = list(islice(_items(document, client, place, line, dialect), _MOST + 1))
    return types.CompletionList(is_incomplete=len(found) > _MOST, items=found[:_MOST])


def _items(
    document: Document, client: Client, place: int, line: str, dialect: str
) -> Iterator[types.CompletionItem]:
    if dialect != LATEX and (dot := _AFTER_NAME.search(line)):
        yield _transpose(document, client, Span(place - len(dot.group()), place))
        return
    word = _WORD.search(line[-_LONGEST:])
    assert document.names is not None
    names = sorted(document.names.all, key=lambda one: abs(one.span.start - place))
    here = _Place(document, client, place, Span(place - len(word.group()) if word else place, place), names)
    if dialect != LATEX and (saying := _DECLARING.match(line)):
        size = Span(place - len(saying["size"]), place)
        yield from (
            _item(here, name, "", "", "2", types.CompletionItemKind.Constant, size) for name in _sizes(here)
        )
        return
    yield from _named(here)
    if dialect != LATEX:
        yield from _conventional(here)
        yield from _functions(here)


def _named(here: _Place) -> Iterator[types.CompletionItem]:
    """Yield the names of the document, as it writes them, and gradients of them that it has not."""
    seen: set[str] = set()
    written = here.document.source.slice
    for one in here.names:
        if one.key in seen or (one.span.start <= here.place <= one.span.end):
            continue
        seen.add(one.key)
        yield _item(
            here, written(one.span), _shape(one), _origin(here, one), "1", types.CompletionItemKind.Variable
        )


def _conventional(here: _Place) -> Iterator[types.CompletionItem]:
    chosen = here.document.section_at(here.place)
    others = [one for one in here.names if not one.span.start <= here.place <= one.span.end]
    known = {one.key for one in others}
    written = {here.document.source.slice(one.span) for one in others}
    for name, shape in vocabulary(chosen.section, chosen.judged, _layers(here)):
        symbol = chosen.section.names.symbol(name)
        if name not in written and symbol is not None and symbol.key not in known:
            detail = "" if shape is None else shape_text(shape, chosen.section.facts.spellings)
            origin = f"by the convention `{chosen.section.convention.name}`"
            yield _item(here, name, detail, origin, "2", types.CompletionItemKind.Variable)


def _functions(here: _Place) -> Iterator[types.CompletionItem]:
    for name in FUNCTIONS:
        found = signature(name)
        parameters = ", ".join(parameter for parameter, _ in found.parameters) if found else ""
        item = _item(
            here,
            name,
            f"({parameters})",
            found.makes if found else "",
            "3",
            types.CompletionItemKind.Function,
        )
        if here.client.snippets and isinstance(item.text_edit, types.TextEdit):
            item.insert_text_format = types.InsertTextFormat.Snippet
            item.text_edit.new_text = f"{name}($0)"
        yield item


def _transpose(document: Document, client: Client, span: Span) -> types.CompletionItem:
    """Return the transpose as the document writes it."""
    sign = hand(PLAIN, document.source.text, "").transposed("X")[1:]
    edit = types.TextEdit(document.places(client.encoding).range(span), sign)
    detail = "the transpose: (n, m) becomes (m, n)"
    return types.CompletionItem(
        sign, detail=detail, kind=types.CompletionItemKind.Operator, text_edit=edit, filter_text=".T"
    )


def _item(
    here: _Place,
    name: str,
    detail: str,
    origin: str,
    rank: str,
    kind: types.CompletionItemKind,
    span: Span | None = None,
) -> types.CompletionItem:
    edit = types.TextEdit(here.document.places(here.client.encoding).range(span or here.word), name)
    return types.CompletionItem(
        name,
        kind=kind,
        detail=detail or None,
        documentation=_content(origin, here.client) if origin else None,
        sort_text=rank + name,
        text_edit=edit,
    )


def _content(text: str, client: Client) -> types.MarkupContent | str:
    """Return documentation as the client takes it: one that names no format gets a bare text."""
    plain = text.replace("`", "")
    if types.MarkupKind.Markdown in client.documented:
        return types.MarkupContent(types.MarkupKind.Markdown, text)
    return types.MarkupContent(types.MarkupKind.PlainText, plain) if client.documented else plain


def _shape(one: Occurrence) -> str:
    return "" if one.shape is None else shape_text(one.shape, one.section.facts.spellings)


def _origin(here: _Place, one: Occurrence) -> str:
    assert here.document.names is not None
    origin = next(iter(here.document.names.origins(one)), None)
    if origin is None:
        return f"by the convention `{one.section.convention.name}`"
    said = "declared" if origin.role == DECLARED else "assigned"
    return f"{said} in {line_at(here.document.source, origin.span.start)}"


def _layers(here: _Place) -> list[int]:
    """Return the layers that the names near the cursor have, and those beside them."""
    keys = (re.findall(r"\[(\d{1,4})\]", one.key) for one in here.names[:_NEAR])
    named = {int(number) for found in keys for number in found} or {1}
    return sorted({beside for layer in named for beside in (layer - 1, layer, layer + 1) if beside >= 0})


def _sizes(here: _Place) -> list[str]:
    return sizes(here.document.section_at(here.place).section, _layers(here))
