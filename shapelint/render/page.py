"""A page of the catalogue as a person reads it: its Markdown comes in, headings, paragraphs and examples come out.

The pages keep to few means: `#` headings, paragraphs, lists with `-`, fences, code in backticks. On a terminal these
are told by colours; in a pipe the headings stand out of the indented text, and code keeps its backticks.
"""

import re
from collections.abc import Iterable, Iterator

from shapelint.render.screen import Screen, Signs

PAGE = 80  # columns of a page where the width of the output is not known
_INDENT = "  "
_DEEPER = _INDENT * 2
_CODE = re.compile(r"`([^`]+)`")
_HEAD = re.compile(r"(error|warning)\[[\w-]+\]")
_FRAME = re.compile(r" *\d* +(?:│|┌─|├─|·|=)")
_WORD = re.compile(r" (?:help|or):")
_MARKS = re.compile(r"\^+|[^^]+")


def render(text: str, screen: Screen) -> Iterator[str]:
    """Yield the page in lines, wrapped at the width of the screen or at `PAGE`."""
    screen = screen._replace(room=screen.room or PAGE)
    between = ""
    for block in _blocks(text):
        head = block[0]
        if head.startswith("#"):
            lines = [screen.say(head.lstrip("# "), "headline")]
            between = "\n" if between else ""
        elif head.startswith("```"):
            lines = list((_findings if head == "```full" else _typed)(block[1:], screen))
        else:
            lines = [line for item in _items(block) for line in _sentence(item, screen)]
        yield between + "\n".join(lines) + "\n"
        between = "\n"


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield the lines of each heading, paragraph, list and fence, without the fence's end."""
    block: list[str] = []
    for line in [*text.splitlines(), ""]:
        fenced = bool(block) and block[0].startswith("```")
        if fenced and line != "```":
            block.append(line)
        elif line in ("", "```"):
            if block:
                yield block
            block = []
        else:
            block.append(line)


def _items(block: list[str]) -> list[str]:
    """Join the lines of a paragraph, or of each item of a list, to one."""
    items: list[str] = []
    for line in block:
        if not items or line.startswith("- "):
            items.append(line)
        else:
            items[-1] += f" {line.strip()}"
    return items


def _sentence(text: str, screen: Screen) -> Iterator[str]:
    indent = len(_INDENT) + (2 if text.startswith("- ") else 0)
    for index, line in enumerate(screen._replace(colour=False).lines(text, lead=len(_INDENT), indent=indent)):
        yield (_INDENT if not index else "") + _coloured(line, screen)


def _coloured(line: str, screen: Screen) -> str:
    """Paint code instead of its backticks, where there are colours; code that goes on in the next line keeps them."""
    if not screen.colour:
        return line
    return _CODE.sub(lambda code: screen.paint(code[1], "label"), line)


def _typed(lines: Iterable[str], screen: Screen) -> Iterator[str]:
    """Draw lines as they are typed, or written by another program."""
    return ((_DEEPER + screen.say(line, "label")).rstrip() for line in lines)


def _findings(lines: Iterable[str], screen: Screen) -> Iterator[str]:
    """Draw findings as `full` does: in its colours, and wrapped where they are sentences."""
    severity = ""
    for line in lines:
        if head := _HEAD.match(line):
            severity = head[1]
            lead = len(_DEEPER) + head.end()
            first, *more = screen.lines(line[head.end() :], "headline", lead, 2 * len(_DEEPER))
            yield from (_DEEPER + screen.say(head[0], severity) + first, *more)
        elif frame := _FRAME.match(line):
            yield from _framed(frame[0], line[frame.end() :], severity, screen)
        else:
            yield (_DEEPER + screen.say(line)).rstrip()


def _framed(frame: str, text: str, severity: str, screen: Screen) -> Iterator[str]:
    """Draw what stands beside a frame: a note or a repair, a line of the source, or what is marked in it."""
    before = _DEEPER + _say(frame, "frame", screen)
    if frame.endswith("="):
        word = _WORD.match(text)
        begin = word.end() if word else 0
        lead = len(_DEEPER) + len(frame) + begin + 1
        first, *more = screen.lines(text[begin + 1 :], lead=lead, indent=lead)
        yield from (f"{before}{screen.say(text[:begin], 'help')} {first}", *more)
    elif frame.endswith("─") or frame.strip() != "│":
        yield before + _say(text, "", screen)
    else:
        parts = _MARKS.findall(text)
        yield before + "".join(_say(part, severity if part[0] == "^" else "label", screen) for part in parts)


def _say(text: str, role: str, screen: Screen) -> str:
    """Draw a text with the signs of the screen."""
    for sign, drawn in zip(Signs(), screen.signs, strict=True):
        text = text.replace(sign, drawn)
    return screen.say(text, role)
