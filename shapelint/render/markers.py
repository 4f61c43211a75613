"""The lines below a source line: its marked pieces come in, out come `^` and `-` and the hanging messages."""

from collections.abc import Sequence
from typing import NamedTuple

from shapelint.render.canvas import Canvas
from shapelint.render.line import Line
from shapelint.render.pieces import MARK, Piece
from shapelint.render.screen import Screen
from shapelint.render.width import width
from shapelint.render.wrap import wrapped

_ROOM = 20  # columns that a message has at least, also where its stroke is further right


class _Stroke(NamedTuple):
    """A piece in columns of the screen."""

    start: int
    end: int
    role: str
    sign: str
    message: str


def markers(line: Line, row: Sequence[Piece], role: str, screen: Screen) -> list[str]:
    """Return the lines that go below a source line; `role` is the colour of the marks."""
    strokes = [_stroke(line, piece, role, screen) for piece in row]
    speaking = sorted((stroke for stroke in strokes if stroke.message), key=lambda stroke: stroke.start)
    inline = _inline(strokes, speaking, screen.room)
    hanging = [stroke for stroke in speaking if stroke is not inline]
    return [_underline(strokes, inline, screen), *_hang(hanging, screen)]


def _stroke(line: Line, piece: Piece, role: str, screen: Screen) -> _Stroke:
    start = line.column(piece.start)
    end = max(line.column(piece.end), start + 1)
    message = screen.say(piece.message)
    return _Stroke(start, end, role if piece.sign == MARK else "label", piece.sign, message)


def _inline(strokes: list[_Stroke], speaking: list[_Stroke], room: int) -> _Stroke | None:
    """Return the stroke whose message has room behind it: nothing is marked further right, and the line holds it."""
    if not speaking:
        return None
    last = max(speaking, key=lambda stroke: (stroke.end, stroke.start))
    fits = not room or last.end + 1 + width(last.message) <= room
    return last if fits and last.end >= max(stroke.end for stroke in strokes) else None


def _underline(strokes: list[_Stroke], inline: _Stroke | None, screen: Screen) -> str:
    canvas = Canvas()
    # The shorter stroke covers the longer one, and of equal ones the mark the label: all stay visible.
    for stroke in sorted(strokes, key=lambda stroke: (stroke.start - stroke.end, stroke.sign == MARK)):
        canvas.put(stroke.start, stroke.sign * (stroke.end - stroke.start), stroke.role)
    if inline:
        canvas.put(inline.end + 1, inline.message, inline.role)
    return canvas.line(screen)


def _hang(hanging: list[_Stroke], screen: Screen) -> list[str]:
    """Return the messages below the line, the rightmost first, each at its stroke's column."""
    if not hanging:
        return []
    lines = [_bars(hanging, screen).line(screen)]
    for index in reversed(range(len(hanging))):
        stroke = hanging[index]
        others = [other for other in hanging[:index] if other.start < stroke.start]
        column = _column(stroke, others, screen.room)
        for part in wrapped(stroke.message, screen.room, column, column):
            canvas = _bars(others, screen)
            canvas.put(column, part.lstrip(), stroke.role)
            lines.append(canvas.line(screen))
    return lines


def _column(stroke: _Stroke, others: list[_Stroke], room: int) -> int:
    """Return where a message begins: at its stroke, or further left if it needs room, right of the other bars."""
    needed = min(width(stroke.message), _ROOM)
    if not room or stroke.start + needed <= room:
        return stroke.start
    return min(stroke.start, max(room - needed, *(other.start + 2 for other in others), 0))


def _bars(strokes: list[_Stroke], screen: Screen) -> Canvas:
    canvas = Canvas()
    for stroke in strokes:
        canvas.put(stroke.start, screen.signs.bar, stroke.role)
    return canvas
