"""What `convention`, `layout` and `star` can be, in a configuration file and on the command line."""

import os

from shapelint.misuse import Misuse, unknown

# "denominator" is what books call the layout in which a gradient has the shape of its object.
LAYOUTS = ("gradient", "denominator", "numerator")
STARS = ("elementwise", "product", "either")


def convention(value: str, folder: str) -> tuple[str, str | None]:
    """Return a convention's name, and its text where it is a file of one's own, given from `folder`."""
    from shapelint.conventions import CONVENTIONS  # brings the reader of declarations: only for a choice

    if value in CONVENTIONS:
        return value, None
    if value.endswith(".shapes") or os.path.dirname(value):
        return value, _own(value, os.path.join(folder, value))
    raise unknown("convention", value, CONVENTIONS)


def _own(value: str, path: str) -> str:
    """Return the text of a convention file; a line of it that is no declaration is told here, once."""
    from shapelint.conventions.read import BrokenConventionError, read_convention

    try:
        with open(path, encoding="utf-8-sig") as file:
            text = file.read()
        read_convention(value, text)
    except BrokenConventionError as fault:
        raise Misuse(str(fault)) from None
    except (OSError, UnicodeDecodeError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else "it is not UTF-8"
        raise Misuse(f"the convention `{value}` cannot be read: {(why or str(fault)).lower()}") from None
    return text
