"""What an entry of the cache is found by: a digest of everything that its content depends on."""

import os
import sys
from functools import cache

from shapelint import __version__

try:
    from _blake2 import blake2b  # hashlib takes it from there, and loads OpenSSL beside it, which costs 3 ms
except ImportError:
    from hashlib import blake2b

_SIZE = 20
_READ = (".py", ".shapes", ".md", ".lark")


def digest(*parts: str | bytes) -> str:
    """Return a digest of the parts, in hexadecimal; other parts give another one."""
    found = blake2b(digest_size=_SIZE)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        found.update(b"%d:" % len(data))
        found.update(data)
    return str(found.hexdigest())


@cache
def program() -> str:
    """Return what tells this program from every other version of it: its files, with their sizes and times."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    lines = [__version__, sys.version]
    waiting = [package, os.path.join(os.path.dirname(package), "grammar")]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.endswith(_READ):
                        about = entry.stat()
                        lines.append(f"{entry.path} {about.st_size} {about.st_mtime_ns}")
                    elif entry.name != "__pycache__" and entry.is_dir():
                        waiting.append(entry.path)
        except OSError:
            continue
    return digest(*sorted(lines))
