"""Makes every heading of `tests/cases/**/*.md` a test of its own, and adds `--update`."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from casefile import CaseError, FormatError, read_cases, verify

CASES = Path(__file__).parent / "cases"
_NUMBERS = count()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write what is printed now into the cases")


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Only one process writes into the cases."""
    if config.getoption("--update"):
        config.option.numprocesses = 0
        config.option.dist = "no"


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix == ".md" and CASES in file_path.parents:
        return CaseFile.from_parent(parent, path=file_path)
    return None


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test begins with nothing remembered, leaves the user's own cache alone and knows no width."""
    monkeypatch.delenv("COLUMNS", raising=False)  # xdist sets it
    folder = tmp_path_factory.getbasetemp() / f"cache-{next(_NUMBERS)}"
    monkeypatch.setenv("SHAPELINT_CACHE_DIR", str(folder))
    return folder


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))


class CaseFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        try:
            cases = read_cases(self.path.read_bytes().decode())
        except FormatError as error:
            raise self.CollectError(f"{self.path}: {error}") from error
        for case in cases:
            yield CaseItem.from_parent(self, name=case.name, row=case.row)


class CaseItem(pytest.Item):
    def __init__(self, *, row: int, **arguments: object) -> None:
        super().__init__(**arguments)
        self.row = row

    def runtest(self) -> None:
        verify(self.path, self.name, self.config.getoption("--update"))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: str | None = None) -> object:
        if isinstance(excinfo.value, CaseError):
            return f"{self.path}:{self.row}: {self.name}\n{excinfo.value}"
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.row - 1, self.name
