"""The harness of the cases, tried on files of its own; what the program prints is given here."""

from pathlib import Path

import pytest
from casefile import CaseError, FormatError, read_cases, run, verify, verify_file
from casefile.expectations import Finding, read_expected, unmet
from casefile.setup import set_up

from shapelint.check import Options
from shapelint.diagnostic import ERROR, WARNING, Diagnostic, Edit, Fix, Report
from shapelint.source import Source, Span

FILE = """# Title

Prose with `code`.

## One

```shapes
dZ1 = dZ2 @ W2
# no heading
```

```concise
```

Prose behind.

## Two

```shapes name=notes.txt
Z
```
"""


@pytest.fixture(autouse=True)
def printed(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the program prints, by kind of block; without findings."""
    texts = {"concise": "found\nfound `twice`\n", "full": ""}
    monkeypatch.setattr(run, "output", lambda kind, _setup: texts[kind])
    monkeypatch.setattr(run, "reports", lambda setup: [Report(source, ()) for source in setup.sources])
    return texts


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "cases.md"
    path.write_bytes(FILE.encode())
    return path


def test_headings_with_an_input_are_cases() -> None:
    assert [(case.name, case.row) for case in read_cases(FILE)] == [("One", 7), ("Two", 19)]


def test_a_heading_under_a_heading_names_both() -> None:
    text = "# T\n## A\n### B\n```shapes\n```\n## C\n```shapes\n```\n"
    assert [case.name for case in read_cases(text)] == ["A / B", "C"]


def test_a_difference_fails_and_shows_both(path: Path) -> None:
    with pytest.raises(CaseError, match=r"(?s)row 12: the block `concise` differs.*\+found `twice`"):
        verify(path, "One")
    assert path.read_text() == FILE


def test_update_fills_in_and_adds(path: Path) -> None:
    verify_file(path, update=True)
    filled = FILE.replace("```concise\n```", "```concise\nfound\nfound `twice`\n```")
    assert path.read_text() == filled + "\n```concise\nfound\nfound `twice`\n```\n"
    verify_file(path)


def test_update_is_idempotent(path: Path) -> None:
    verify_file(path, update=True)
    once = path.stat().st_mtime_ns, path.read_bytes()
    verify_file(path, update=True)
    assert (path.stat().st_mtime_ns, path.read_bytes()) == once


def test_update_of_one_case_leaves_the_others(path: Path) -> None:
    verify(path, "Two", update=True)
    assert path.read_text() == FILE + "\n```concise\nfound\nfound `twice`\n```\n"


def test_update_keeps_everything_else_byte_for_byte(path: Path) -> None:
    odd = FILE.replace("Prose behind.", "Prose\tbehind  \u2028 \f ~~~\r, é 𝑍").removesuffix("\n")
    path.write_bytes(odd.replace("\n", "\r\n").encode())
    verify_file(path, update=True)
    updated = path.read_bytes().decode()
    block = "```concise\r\nfound\r\nfound `twice`\r\n```"
    wanted = odd.replace("\n", "\r\n").replace("```concise\r\n```", block) + f"\r\n\r\n{block}\r\n"
    assert updated == wanted


def test_update_keeps_the_mode(path: Path) -> None:
    path.chmod(0o640)
    verify_file(path, update=True)
    assert path.stat().st_mode & 0o777 == 0o640


def test_update_leaves_no_other_file(path: Path) -> None:
    verify_file(path, update=True)
    assert list(path.parent.iterdir()) == [path]


def test_an_update_that_is_interrupted_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(KeyboardInterrupt):
        verify_file(path, update=True)
    assert path.read_text() == FILE
    assert list(path.parent.iterdir()) == [path]


def test_an_output_with_a_fence_gets_a_longer_one(path: Path, printed: dict[str, str]) -> None:
    printed["concise"] = "```\nx\n````\n"
    verify_file(path, update=True)
    assert "`````concise\n```\nx\n````\n`````\n" in path.read_text()
    verify_file(path)


def test_an_output_that_became_empty(path: Path, printed: dict[str, str]) -> None:
    verify_file(path, update=True)
    printed["concise"] = ""
    verify_file(path, update=True)
    assert path.read_text() == FILE + "\n```concise\n```\n"


def test_a_silent_case_gets_no_block(path: Path) -> None:
    text = "# T\n```shapes\n```\n```expect\nsilent\n```\n"
    path.write_text(text)
    verify_file(path, update=True)
    assert path.read_text() == text


def test_crlf_means_the_same(path: Path) -> None:
    path.write_bytes(FILE.replace("\n", "\r\n").encode())
    assert [case.input.text for case in read_cases(path.read_bytes().decode())] == [
        case.input.text for case in read_cases(FILE)
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# T\n```shapes\n", "row 2: the block 'shapes' has no end"),
        ("# T\n```concice\n```\n", "row 2: nothing knows a block 'concice'"),
        ("```shapes\n```\n", "row 1: a block without a heading"),
        ("# T\n```concise\n```\n", "row 2: 'T' has 0 `shapes` blocks"),
        ("# T\n```shapes\n```\n```shapes\n```\n", "row 2: 'T' has 2 `shapes` blocks"),
        ("# T\n## A\n```shapes\n```\n## A\n```shapes\n```\n", "row 6: two cases are called 'A'"),
    ],
)
def test_a_slip_in_a_file_of_cases_is_told(text: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        read_cases(text)


def _set_up(
    words: str, text: str = "a\n\n# c\nb\n", extra: str = ""
) -> tuple[list[tuple[str, str]], Options]:
    setup = set_up(read_cases(f"# T\n```shapes {words}\n{text}```\n{extra}")[0])
    return [(source.name, source.text) for source in setup.sources], setup.options


@pytest.mark.parametrize(
    ("words", "sources"),
    [
        ("", [("formulas.txt", "a\n\n# c\nb\n")]),
        ("name=notes.md", [("notes.md", "a\n\n# c\nb\n")]),
        ("ends=crlf", [("formulas.txt", "a\r\n\r\n# c\r\nb\r\n")]),
        ("ends=cr bom", [("formulas.txt", "\ufeffa\r\r# c\rb\r")]),
        ("unended", [("formulas.txt", "a\n\n# c\nb")]),
        ("each", [("formulas.txt", "a\n\n# c\n\n"), ("formulas.txt", "\n\n# c\nb\n")]),
    ],
)
def test_the_words_behind_shapes_say_what_the_documents_are(
    words: str, sources: list[tuple[str, str]]
) -> None:
    assert _set_up(words)[0] == sources


def test_the_words_behind_shapes_are_options() -> None:
    words = "convention=rows layout=numerator star=product sizes=n2=1,n_h=n1 walked"
    given = "```declarations\nP : (p, q)\n```\n```convention\nX : (m, n0)\n```\n"
    assert _set_up(words, extra=given)[1] == Options(
        convention="rows",
        convention_text="X : (m, n0)\n",
        layout="numerator",
        star="product",
        sizes=(("n2", "1"), ("n_h", "n1")),
        declarations="P : (p, q)\n",
        walked=True,
    )


def test_a_word_that_nothing_knows_is_told() -> None:
    with pytest.raises(FormatError, match="row 2: nothing knows the word 'convntion=rows'"):
        _set_up("convntion=rows")


SOURCE = Source("formulas.txt", "Z1 = W1 X\ndZ1 = dZ2 @ W2\n")


def _found(code: str = "inner-sizes", severity: str = ERROR, content: str = "W2.T @ dZ2") -> Finding:
    span = Span(16, 24)
    fix = Fix("", "", "safe", (Edit(span, content),), "swap")
    return Finding(SOURCE, Diagnostic(code, severity, "the message", span, cause="swap", fix=fix))


def _unmet(expectations: str, *findings: Finding, words: str = "") -> list[str]:
    case = read_cases(f"# T\n```shapes\n```\n```expect {words}\n{expectations}\n```\n")[0]
    return list(unmet(read_expected(case.expects[0]), findings))


@pytest.mark.parametrize(
    "line",
    [
        "2 inner-sizes",
        '2 inner-sizes at "dZ2 @ W2"',
        '1|2 declared-twice|inner-sizes at "@"',
        '2 inner-sizes at "W2" cause swap ⇒ "dZ1=W2.T @ dZ2"',
        '2 inner-sizes => "W2.T@dZ2"',
    ],
)
def test_an_expectation_that_is_met(line: str) -> None:
    assert _unmet(line, _found(), words="repairs") == []


@pytest.mark.parametrize(
    "line", ["1 inner-sizes", "2 target-shape", '2 inner-sizes at "W1"', '2 inner-sizes at "dZ1 = dZ2"']
)
def test_an_expectation_that_is_not_met(line: str) -> None:
    extra = "not expected: 2 inner-sizes at 'dZ2 @ W2': the message"
    assert _unmet(line, _found()) == [f"not met: {line}", extra]


def test_one_finding_meets_one_expectation() -> None:
    assert _unmet("2 inner-sizes\n2 inner-sizes", _found()) == ["not met: 2 inner-sizes"]


def test_the_order_of_expectations_does_not_matter() -> None:
    assert _unmet("2 target-shape\n2 inner-sizes", _found(), _found("target-shape")) == []


def test_a_repair_counts_only_where_it_is_asked_for() -> None:
    line = '2 inner-sizes cause layout ⇒ "W2 @ dZ2"'
    assert _unmet(line, _found()) == []
    assert _unmet(line, _found(), words="repairs") == [
        f"the cause is 'swap': {line}",
        f"repaired to 'dZ1 = W2.T @ dZ2': {line}",
    ]


def test_a_warning_is_unexpected_only_in_silence() -> None:
    warning = _found("ambiguous-sum", WARNING)
    assert _unmet("no errors", warning) == []
    assert _unmet("silent", warning) == ["not expected: 2 ambiguous-sum at 'dZ2 @ W2': the message"]
    assert _unmet("2 inner-sizes", warning, _found()) == []


@pytest.mark.parametrize("text", ["", "1 inner-sizes at dZ2", "inner-sizes", "silent\n1 inner-sizes"])
def test_an_expectation_that_says_nothing_is_told(text: str) -> None:
    with pytest.raises(FormatError):
        _unmet(text)
