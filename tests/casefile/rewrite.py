"""Blocks of a case and their new bodies in, the whole file's new text out; nothing else in it changes."""

import os
import re
import tempfile
from pathlib import Path

from casefile.blocks import Block


def read_text(path: Path) -> str:
    """Read a file with its own line ends."""
    return path.read_bytes().decode()


def write_text(path: Path, text: str) -> None:
    """Replace a file in one step: a run that is interrupted leaves the old one or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        temporary.chmod(path.stat().st_mode)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def updated(text: str, bodies: dict[Block, str]) -> str:
    """Return the text with these bodies in its blocks."""
    for block in sorted(bodies, key=lambda block: block.start, reverse=True):
        if block.text != bodies[block]:
            text = text[: block.start] + _written(text, block, bodies[block]) + text[block.end :]
    return text


def added(text: str, place: int, kind: str, body: str) -> str:
    """Return the text with a further block at that place."""
    end = _line_end(text)
    before = text[:place]
    if not before.endswith("\n"):
        before += end
    fence = _fence(body, "```")
    return before + _lines(["", fence + kind, *body.splitlines(), fence], end) + text[place:]


def _written(text: str, block: Block, body: str) -> str:
    end = _line_end(text)
    opening = text[block.start :].split("\n", 1)[0].rstrip("\r")
    fence = _fence(body, block.fence)
    written = _lines([fence + opening.removeprefix(block.fence), *body.split("\n")[:-1], fence], end)
    ended = text[: block.end].endswith("\n")
    return written if ended else written.removesuffix(end)


def _fence(body: str, fence: str) -> str:
    """Return a fence that no line of the body closes."""
    longest = max((len(run) for run in re.findall(rf"^{re.escape(fence[0])}+", body, re.M)), default=0)
    return fence[0] * max(len(fence), longest + 1 if longest >= len(fence) else 0)


def _lines(lines: list[str], end: str) -> str:
    return "".join(line + end for line in lines)


def _line_end(text: str) -> str:
    first, newline, _ = text.partition("\n")
    return "\r\n" if newline and first.endswith("\r") else "\n"
