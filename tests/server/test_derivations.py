"""Where a gradient comes from, in the editor: the hover on it, the action that shows all steps."""

from .editor import URI, Editor

TEXT = "Z1 = W1 @ X + b1\nA1 = tanh(Z1)\nZ2 = W2 @ A1 + b2\nA2 = sigmoid(Z2)\ndA1 = W2.T @ dZ2\n"


def test_a_hover_on_a_gradient_shows_its_step() -> None:
    with Editor() as editor:
        editor.open(TEXT)
        found = editor.at("textDocument/hover", 4, 1)["contents"]["value"]
        assert "dA1_jk = Σ_i dZ2_ik W2_ij" in found
        assert "Z2_ik = Σ_j W2_ij A1_jk + b2_i" in found
        assert "Σ" not in editor.at("textDocument/hover", 2, 6)["contents"]["value"]  # a weight


def test_an_action_shows_where_a_gradient_comes_from() -> None:
    with Editor(options={"showAnalysis": "answer"}) as editor:
        editor.open(TEXT)
        titles = [one["title"] for one in editor.actions((4, 13))]
        assert "Show where `dZ2` comes from" in titles
        asked = {"command": "shapelint.showDerivation", "arguments": [URI, {"line": 4, "character": 1}]}
        answer = editor.ask("workspace/executeCommand", asked)["result"]
        assert "why the transpose" in answer
        asked["arguments"] = [URI, {"line": 0, "character": 0}]
        assert (
            editor.ask("workspace/executeCommand", asked)["result"]
            == "There is no gradient here that can be derived."
        )
