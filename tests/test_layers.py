"""The house: imports go only downwards, the pure core touches nothing, no file grows out of hand."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "shapelint"
TABLES = set(PACKAGE.glob("*/table_*.py"))  # generated
MODULES = sorted(set(PACKAGE.rglob("*.py")) - TABLES)
LONGEST = 350

# From the cellar to the roof: a room imports only from rooms that stand before it here.
ROOMS = (
    "patterns",
    "source",
    "symbol",
    "sizes",
    "shapes",
    "operators",
    "tree",
    "spelling",
    "declared",
    "problems",
    "parse",
    "notations",
    "names",
    "conventions",
    "documents",
    "infer",
    "judge",
    "calculus",
    "repair",
    "diagnostic",
    "codes",
    "account",
    "explain",
    "collector",
    "remarks",
    "findings",
    "silence",
    "check",
    "catalogue",
    "misuse",
    "selection",
    "fixing",
    "cache",
    "config",
    "files",
    "render",
    "server",
    "cli",
    "__main__",
)

# Where the core opens files of its own: the shipped grammars and conventions.
READERS = {"parse/grammars.py", "conventions/__init__.py", "calculus/functions.py"}
CORE = ROOMS[: ROOMS.index("check") + 1]
TOUCHING = {"open", "print", "input", "socket", "subprocess", "pathlib", "urllib", "shutil", "tempfile"}


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _room(module: str) -> str:
    """Return the room of a module; the package itself, which holds the version, is none."""
    return (module.split(".") + [""])[1]


def _imports(path: Path) -> Iterator[str]:
    """Yield the modules of ours that a file imports, at its top or where it needs them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("shapelint"))
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import hides where it goes"
            if node.module and node.module.split(".")[0] == "shapelint":
                yield from (_target(node.module, alias.name) for alias in node.names)


def _target(module: str, name: str) -> str:
    """Return the submodule that `from module import name` means, or the module."""
    place = ROOT.joinpath(*module.split("."), name)
    return f"{module}.{name}" if place.is_dir() or place.with_suffix(".py").exists() else module


def test_every_room_is_in_the_list() -> None:
    assert {_room(_module(path)) for path in MODULES} - {""} == set(ROOMS)


@pytest.mark.parametrize("path", MODULES, ids=_module)
def test_imports_go_only_downwards(path: Path) -> None:
    here = _room(_module(path))
    level = ROOMS.index(here) if here else 0
    upwards = [name for name in _imports(path) if (room := _room(name)) and ROOMS.index(room) > level]
    assert upwards == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {_module(path): set(_imports(path)) for path in MODULES}
    TopologicalSorter(graph).prepare()  # raises CycleError


@pytest.mark.parametrize("path", MODULES, ids=_module)
def test_no_file_grows_out_of_hand(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", [path for path in MODULES if _room(_module(path)) in CORE], ids=_module)
def test_the_core_does_not_touch_the_world(path: Path) -> None:
    touching = {word for word in _touched(path) if word in TOUCHING}
    assert touching == ({"open"} if path.relative_to(PACKAGE).as_posix() in READERS else set())


def _touched(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports and the functions that it calls by their bare names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        elif isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def test_check_reads_nothing_but_itself() -> None:
    """Python tells of every file that is opened: none but modules, grammars and conventions of the package."""
    program = """
import sys
from shapelint.check import check
from shapelint.source import Source

opened = []
sys.addaudithook(lambda event, arguments: event == "open" and opened.append(str(arguments[0])))
check(Source("formulas.txt", "dZ1 = dZ2 @ W2\\nZ1 = X W1 + b1\\nA1 = g(Z1"))
print(*opened, sep="\\n")
"""
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    opened = [Path(line) for line in run.stdout.splitlines()]
    data = {path.suffix for path in opened if PACKAGE in path.parents or ROOT / "grammar" in path.parents}
    assert data <= {".pyc", ".py", ".shapes", ".lark"}
    assert {".shapes", ".lark"} <= data
    assert {path.suffix for path in opened} <= data
