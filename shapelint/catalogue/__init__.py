"""The catalogue: a code comes in, the page that explains it comes out."""

import os

TOPICS = ("chain-rule",)  # pages that are about no single finding


def topic(name: str) -> str:
    """Return the Markdown page of a topic; `name` is one of TOPICS."""
    return _read(os.path.join("topics", f"{name}.md"))


def page(code: str) -> str | None:
    """Return the Markdown page of a code, None if it has none; `code` is a name of the table of codes."""
    try:
        return _read(f"{code}.md")
    except FileNotFoundError:
        return None


def _read(name: str) -> str:
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        return file.read()
