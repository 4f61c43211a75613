"""After any edits, in any encoding, a document is what the editor has, and its findings are those of a fresh check."""

from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types

from shapelint.check import Options, check
from shapelint.selection import Selection, keep
from shapelint.server.client import Client
from shapelint.server.document import Document
from shapelint.server.findings import findings
from shapelint.server.places import ENCODINGS, Places
from shapelint.source import Source, Span

PIECES = (
    "dZ1 = ",
    "W2.T @ dZ2",
    "W2",
    " @ ",
    " * g'(Z1)",
    "\n",
    "\r\n",
    "\r",
    "𝔘",
    "α",
    "\u2028",
    "# ",
    "",
    "x",
)
texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
encodings = st.sampled_from(ENCODINGS)


def _document(text: str) -> Document:
    return Document("file:///nowhere/formulas.txt", "plaintext", 1, text, Options(), Selection())


@given(texts, encodings, st.data())
@settings(max_examples=300, deadline=None)
def test_edits_lead_to_the_text_of_the_editor(text: str, encoding: str, data: st.DataObject) -> None:
    document = _document(text)
    for version in range(2, 6):
        text = document.source.text
        low = data.draw(st.integers(0, len(text)))
        high = data.draw(st.integers(low, len(text)))
        new = data.draw(texts)
        places = document.places(encoding)
        found = places.range(Span(low, high))
        if _is_inside_line_end(text, low) or _is_inside_line_end(text, high):
            continue  # no position is between CR and LF
        change = types.TextDocumentContentChangePartial(text=new, range=found)
        document = document.edited(version, [change], encoding)
        assert document.source.text == text[:low] + new + text[high:]
    fresh = keep(check(Source("formulas.txt", document.source.text)).diagnostics, Selection())
    told = findings(document, Client(encoding=encoding))
    assert [one.message.split("\n")[0] for one in told] == [one.message for one in fresh]


def _is_inside_line_end(text: str, offset: int) -> bool:
    return text[offset - 1 : offset + 1] == "\r\n" and offset > 0


@given(texts, encodings)
@settings(deadline=None)
def test_every_place_comes_back(text: str, encoding: str) -> None:
    places = Places(Source("", text), encoding)
    for offset in range(len(text) + 1):
        if not _is_inside_line_end(text, offset):
            assert places.offset(places.position(offset)) == offset


@given(texts, encodings, st.integers(0, 9), st.integers(0, 99))
@settings(deadline=None)
def test_every_position_is_a_place(text: str, encoding: str, line: int, character: int) -> None:
    assert 0 <= Places(Source("", text), encoding).offset(types.Position(line, character)) <= len(text)
