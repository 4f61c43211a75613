"""Configuration files: which one is found, what it sets, and how a faulty one is refused."""

import json
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest

import shapelint.config
from shapelint.codes import CODES
from shapelint.config.choices import LAYOUTS, STARS
from shapelint.config.find import Nearest
from shapelint.config.keys import KEYS
from shapelint.config.load import load, required
from shapelint.conventions import CONVENTIONS
from shapelint.misuse import Misuse
from shapelint.selection import Selection, selectors, wanted

SCHEMA = json.loads(
    (Path(shapelint.config.__file__).parent / "shapelint.schema.json").read_text(encoding="utf-8")
)
README = Path(__file__).parent.parent / "README.md"
EVERY = """
convention = "own.shapes"
layout = "numerator"
star = "either"
select = ["inner", "target-shape"]
ignore = ["syntax,stack"]
exclude = ["old"]
declarations = ["H : (k, m)", "n_h = n1"]
[per-file-ignores]
"drafts/*" = ["all"]
[sizes]
n2 = 1
n_h = "n1"
"""


FAULTY = [
    ('convetion = "ng"', "unknown key `convetion`; did you mean `convention`?"),
    ('layout = "gradent"', "`layout`: unknown layout `gradent`; did you mean `gradient`?"),
    ('star = "x"', "`star`: unknown star `x`; it can be `either`, `elementwise` or `product`"),
    ("star = 1", "`star`: this must be a string, not `1`"),
    ('select = ["iner-sizes"]', "`select`: unknown code `iner-sizes`; did you mean `inner-sizes`?"),
    ('select = "inner-sizes"', "`select`: this must be a list of strings"),
    ('ignore = [""]', "`ignore`: unknown code ``"),
    ("exclude = [1]", "`exclude`: this must be a list of strings"),
    ("sizes = 3", "`sizes`: this must be a table"),
    ("[sizes]\nn2 = true", "`sizes`: this must be a string"),
    ('per-file-ignores = ["a"]', "`per-file-ignores`: this must be a table"),
    ('convention = "no.shapes"', "the convention `no.shapes` cannot be read"),
    ('convention = "common"', "unknown convention `common`"),
    ('convention = "rowz"', "unknown convention `rowz`; did you mean `rows`?"),
    ("convention = ", "this is not TOML"),
]


# A code may be the beginning of one, a file may be missing: no schema tells. The last one is no TOML.
SEEN_BY_NOBODY = re.compile(r"iner-sizes|no\.shapes|convention = $")


@pytest.fixture
def written(tmp_path):
    def write(text: str, name: str = "shapelint.toml") -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_every_key(written, tmp_path) -> None:
    written("X : (n0, m)\n", "own.shapes")
    config = load(written(EVERY))
    assert config is not None
    assert (config.convention, config.convention_text) == ("own.shapes", "X : (n0, m)\n")
    assert (config.layout, config.star) == ("numerator", "either")
    assert (config.select, config.ignore) == (("inner", "target-shape"), ("syntax", "stack"))
    assert (config.exclude, config.per_file_ignores) == (("old",), (("drafts/*", ("all",)),))
    assert config.sizes == (("n2", "1"), ("n_h", "n1"))
    assert config.declarations == "H : (k, m)\nn_h = n1"
    assert config.folder == str(tmp_path)


@pytest.mark.parametrize(("text", "complaint"), FAULTY)
def test_a_faulty_file_is_refused(written, text: str, complaint: str) -> None:
    path = written(text)
    with pytest.raises(Misuse) as refusal:
        load(path)
    assert str(refusal.value).startswith(path)
    assert complaint in str(refusal.value)


def test_the_schema_knows_every_key_and_choice() -> None:
    properties = SCHEMA["properties"]
    assert properties.keys() == KEYS.keys()
    assert (tuple(properties["layout"]["enum"]), tuple(properties["star"]["enum"])) == (LAYOUTS, STARS)
    assert tuple(properties["convention"]["anyOf"][0]["enum"]) == CONVENTIONS
    assert SCHEMA["definitions"]["codes"]["items"]["anyOf"][0]["enum"] == ["all", *CODES]


def test_the_schema_takes_what_is_taken() -> None:
    [example] = re.findall(r"```toml\n(convention.*?)```", README.read_text(encoding="utf-8"), re.S)
    for text in (EVERY, example, ""):
        jsonschema.validate(tomllib.loads(text), SCHEMA)


@pytest.mark.parametrize("text", [text for text, _ in FAULTY if SEEN_BY_NOBODY.search(text) is None])
def test_the_schema_refuses_what_is_refused(text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(text), SCHEMA)


def test_a_line_of_a_convention_that_is_no_declaration_is_refused(written) -> None:
    written("X : (n0, m)\nthis is prose\n", "own.shapes")
    with pytest.raises(Misuse, match=r"`convention`: line 2 of the convention own.shapes"):
        load(written('convention = "own.shapes"'))


def test_the_nearest_file_upwards_wins(written, tmp_path) -> None:
    written('star = "either"')
    written('[tool.shapelint]\nstar = "product"', "a/b/pyproject.toml")
    written('[tool.other]\nstar = "shapelint"', "a/b/c/pyproject.toml")
    (tmp_path / "a" / "b" / "c" / "d").mkdir()
    nearest = Nearest()
    found = [nearest.at(str(tmp_path / folder)).star for folder in ("a/b/c/d", "a/b", "a", ".", "a/b/c/d")]
    assert found == ["product", "product", "either", "either", "product"]


def test_of_two_files_in_a_folder_ours_wins(written, tmp_path) -> None:
    written('star = "either"')
    written('[tool.shapelint]\nstar = "product"', "pyproject.toml")
    assert Nearest().at(str(tmp_path)).star == "either"


def test_a_folder_is_asked_once(written, tmp_path) -> None:
    path = written('star = "either"')
    nearest = Nearest()
    first = nearest.at(str(tmp_path))
    written('star = "product"')
    assert nearest.at(str(tmp_path)) is first
    assert first.path == path


def test_a_broken_pyproject_of_others_is_none_of_ours(written, tmp_path) -> None:
    written("this is = not toml", "pyproject.toml")
    assert Nearest().at(str(tmp_path)).path == ""


def test_a_named_file_must_speak_of_us(written) -> None:
    with pytest.raises(Misuse, match=r"there is no table `\[tool.shapelint\]`"):
        required(written("[tool.other]", "pyproject.toml"))


@pytest.mark.parametrize(
    ("code", "select", "ignore", "expected"),
    [
        ("inner-sizes", None, (), True),
        ("undetermined", None, (), False),
        ("undetermined", ("undetermined",), (), True),
        ("undetermined", ("all",), (), True),
        ("inner-sizes", ("inner",), (), True),
        ("target-shape", ("inner",), (), False),
        ("inner-sizes", None, ("inner",), False),
        ("inner-sizes", ("inner-sizes",), ("inner",), True),
        ("inner-sizes", ("inner",), ("inner-sizes",), False),
        ("inner-sizes", ("inner",), ("inner",), False),
        ("syntax", ("all",), ("all",), False),
        ("unreadable", ("inner",), (), True),
        ("unreadable", ("inner",), ("unreadable",), False),
    ],
)
def test_selection(code: str, select, ignore, expected: bool) -> None:
    assert wanted(code, Selection(select, ignore)) is expected


def test_silenced_outranks_selected() -> None:
    assert not wanted("inner-sizes", Selection(("inner-sizes",), (), ("inner",)))


def test_selectors() -> None:
    assert selectors("inner-sizes, u,all") == ("inner-sizes", "u", "all")
    for wrong in ("", ",", "inner-sizes,nonsense"):
        with pytest.raises(Misuse, match="unknown code"):
            selectors(wrong)
