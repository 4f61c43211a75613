"""The catalogue: a code comes in, the page that explains it comes out."""

import os


def page(code: str) -> str | None:
    """Return the Markdown page of a code, None if it has none; `code` is a name of the table of codes."""
    path = os.path.join(os.path.dirname(__file__), f"{code}.md")
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return None
