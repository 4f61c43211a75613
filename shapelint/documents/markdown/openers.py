"""The beginning of a line in, the block that it opens out: the rules of CommonMark and of GitHub's tables."""

import re

HEADING = re.compile(r"(#{1,6})(?=[ \t\r\n]|\Z)")
FENCE = re.compile(r"(`{3,})([^`\n]*)$|(~{3,})([^\n]*)$", re.M)
SETEXT = re.compile(r"(?:(=+)|-+)[ \t\r]*$", re.M)
BREAK = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\r?$", re.M)
ITEM = re.compile(r"(?:[-*+]|(\d{1,9})[.)])(?=[ \t\r\n]|\Z)")
DELIMITERS = re.compile(r"[|:\-][-:| \t]*\r?$", re.M)

REFERENCE = re.compile(
    r"""\[[^\]\[\n]{1,200}\]:[ \t]*(?:<[^<>\n]*>|[^\s<]\S*)(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t\r]*$""",
    re.M,
)

_BLOCKS = """address article aside base basefont blockquote body caption center col colgroup dd details dialog dir
div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li
link main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead
title tr track ul"""
_ATTRIBUTE = r"""[ \t]+[A-Za-z_:][\w:.-]*+(?:[ \t]*=[ \t]*(?:[^\s"'=<>`]++|'[^'\n]*+'|"[^"\n]*+"))?"""
_HTML = re.compile(
    r"<(?:(?P<raw>(?:script|pre|style|textarea)(?=[\s>]|\Z))|(?P<comment>!--)|(?P<instruction>\?)"
    r"|(?P<data>!\[CDATA\[)|(?P<declaration>![A-Za-z])"
    rf"|(?P<block>/?(?:{'|'.join(_BLOCKS.split())})(?=[\s>]|/>|\Z))"
    rf"|(?P<tag>(?:[A-Za-z][A-Za-z0-9-]*+(?:{_ATTRIBUTE})*+[ \t]*/?|/[A-Za-z][A-Za-z0-9-]*+[ \t]*)>[ \t\r]*$))",
    re.I | re.M,
)
_ENDS = {
    "raw": re.compile(r"</(?:script|pre|style|textarea)>", re.I),
    "comment": re.compile(r"-->"),
    "instruction": re.compile(r"\?>"),
    "data": re.compile(r"\]\]>"),
    "declaration": re.compile(r">"),
}
_BLANK = re.compile(r"\A\s*\Z")
_CELL = re.compile(r"\\.|\|", re.S)


def html(text: str, start: int, end: int, interrupts: bool) -> re.Pattern[str] | None:
    """Return what ends the HTML block that begins here, None if there is none; `BLANK` is a blank line."""
    match = _HTML.match(text, start, end)
    if match is None or match.lastgroup is None or (interrupts and match.lastgroup == "tag"):
        return None
    return _ENDS.get(match.lastgroup, _BLANK)


def ends_with_blank(pattern: re.Pattern[str]) -> bool:
    """Tell whether an HTML block ends before a blank line, not with a mark of its own."""
    return pattern is _BLANK


def cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches of the cells of a table's row."""
    while start < end and text[start] in " \t|":
        start += 1
        if text[start - 1] == "|":
            break
    found, place = [], start
    for match in _CELL.finditer(text, start, end):
        if match[0] == "|":
            found.append(_stripped(text, place, match.start()))
            place = match.end()
    if text[place:end].strip():
        found.append(_stripped(text, place, end))
    return found


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t":
        start += 1
    while start < end and text[end - 1] in " \t\r":
        end -= 1
    return start, end


def delimits(text: str, start: int, end: int, header: tuple[int, int]) -> bool:
    """Tell whether a line is the second of a table: dashes and bars, as many cells as the header has."""
    if not DELIMITERS.match(text, start, end):
        return False
    row = cells(text, start, end)
    line = text[start:end]
    if not all(_DASHES.fullmatch(text[first:last].strip()) for first, last in row):
        return False
    return bool("|" in line or ":" in line) and len(row) == len(cells(text, *header)) > 0


_DASHES = re.compile(r":?-+:?")
