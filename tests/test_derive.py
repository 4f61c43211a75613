"""`shapelint derive`: the page of its outputs, its exit statuses, its mistakes of use."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import readme

from shapelint.cli import main

PAGE = Path(__file__).parent / "derivations" / "page.md"
HERE = "tests/derivations"


def test_the_page_is_up_to_date(update: bool) -> None:
    text = PAGE.read_text(encoding="utf-8")
    now = readme.current(text)
    if update and now != text:
        PAGE.write_text(now, encoding="utf-8")
    else:
        assert text == now, "pytest --update writes what is printed now"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["dA1"], 0),
        (["dW3"], 0),
        (["dW[l]", "dA[l-1]", "dZ[L]"], 0),
        (["d\\Theta", "--layers", "2"], 1),
        ([f"{HERE}/network.txt"], 0),
        (["dW1", f"{HERE}/stopped.txt"], 1),
        (["dW2", f"{HERE}/stopped.txt", "--only"], 0),
        (["dA1", f"{HERE}/faulty.txt"], 1),
        (["dW1", "-e", "Z1 = W1 X + b1"], 0),
        (["-e", "pigs fly"], 1),
        (["dW7", f"{HERE}/network.txt"], 2),
        (["dQuux", f"{HERE}/network.txt"], 2),
        ([], 2),
        (["dA1", "--layers", "0"], 2),
        (["dA1", "--cost", "absolute"], 2),
        (["dA1", "nowhere.txt"], 1),
        (["dA1", HERE], 2),
    ],
)
def test_exit_status(arguments: list[str], status: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["derive", *arguments]) == status
    out, err = capsys.readouterr()
    assert (out + err).strip()
    assert "fault of shapelint" not in err


def test_the_nearest_name_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["derive", "dW22", f"{HERE}/network.txt"]) == 2
    assert "did you mean `dW2`?" in capsys.readouterr().err


@pytest.mark.parametrize("notation", ["text", "latex", "numpy"])
@pytest.mark.parametrize("layout", ["gradient", "numerator", "both"])
def test_every_record_has_the_same_keys(
    notation: str, layout: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--notation", notation, "--layout", layout, "--output-format", "json"]
    main(["derive", *arguments, f"{HERE}/network.txt"])
    main_steps = json.loads(capsys.readouterr().out)
    main(["derive", *arguments, "dW1", f"{HERE}/stopped.txt"])
    stopped = json.loads(capsys.readouterr().out)
    assert len({tuple(one) for one in main_steps + stopped}) == 1
    if notation != "latex":
        assert [one["target"] for one in main_steps if one["problem"] is None] == [
            "dA2", "dZ2", "dW2", "db2", "dA1", "dZ1", "dW1", "db1"
        ]  # fmt: skip
    assert stopped[-1]["problem"]["row"] == 2


def test_nothing_else_loads_the_room() -> None:
    program = (
        "import sys\nfrom shapelint.cli import main\nmain(['check', '-e', 'dW1 = dZ1 X.T', '--isolated'])\n"
        "print([name for name in sys.modules if 'calculus' in name])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.splitlines()[-1] == "[]"


def test_the_chain_rule_has_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    """What the page says of the three kinds of steps is what is derived."""
    assert main(["explain", "chain-rule"]) == 0
    page = capsys.readouterr().out
    assert main(["derive", "dA1", "dW2", "dZ1", "--only", "--layout", "both"]) == 0
    derived = capsys.readouterr().out
    for formula in (
        "Z2_ik = Σ_j W2_ij A1_jk + b2_i",
        "dA1_jk = Σ_i dZ2_ik W2_ij",
        "dA1 = W2.T @ dZ2",
        "dW2 = (1/m) * dZ2 @ A1.T",
        "dZ1 = dA1 * g1'(Z1)",
        "∂L/∂a1 = ∂L/∂z2 W2",
    ):
        assert formula in page
        assert formula in derived
