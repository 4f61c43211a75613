"""The configuration: what `[tool.shapelint]` or `shapelint.toml` says, as a record.

`config.find` looks for the file, `config.load` reads it, `config.keys` knows what each key may hold.
"""

from typing import NamedTuple


class Config(NamedTuple):
    """What a configuration file sets; None or empty where it is silent.

    `path` is the file ("" for none) and `folder` the one that its patterns and paths start from.
    """

    path: str = ""
    folder: str = ""
    convention: str | None = None
    convention_text: str | None = None
    layout: str | None = None
    star: str | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] = ()
    sizes: tuple[tuple[str, str], ...] = ()
    declarations: str = ""
