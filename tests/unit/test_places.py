"""TOML → lines: every key and row that tomllib finds has its line, however it is written."""

import tomllib
from collections.abc import Iterator

import pytest

from sitegen.messages import message_of
from sitegen.places import Place, lines_of, toml_in
from sitegen.problems import Problem, Severity, Where

DOCUMENT = """# [not.a.table]
top = 1
dotted . "key".c = 'it"s'
when = 1979-05-27 07:32:00 # a = 2
long = \"\"\"
[nor.this]
x = 1 \\\"\"\" still\"\"\"\"\"
raw = '''
y = '2'''''
["quo.ted"]
"k\\u0041" = [ [1, "]"], { a.b = '}', c = [ ] }, # ]
  3 ]

[ a . b ]
[[a.b.rows]]
n = -0.5
[[ a.b.rows ]]

[a.b.rows.inner]
m = true
[[a.b.rows.deep]]
[[a.b.rows.deep]]
o = {}
"""


def places_in(value: object, place: Place = ()) -> Iterator[Place]:
    """Yield the places of all keys and rows in a value."""
    if place:
        yield place
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from places_in(part, (*place, key))


def test_every_key_and_row_has_its_line() -> None:
    """Not one more and not one less than tomllib reads."""
    lines = lines_of(DOCUMENT)

    assert set(lines) == set(places_in(tomllib.loads(DOCUMENT)))


@pytest.mark.parametrize(
    ("place", "begins"),
    [
        (("top",), "top"),
        (("dotted", "key", "c"), "dotted"),
        (("raw",), "raw"),
        (("quo.ted",), '["quo'),
        (("quo.ted", "kA", 1, "a", "b"), '"k'),
        (("quo.ted", "kA", 2), "  3"),
        (("a",), "[ a"),
        (("a", "b", "rows", 0, "n"), "n ="),
        (("a", "b", "rows", 1), "[[ a"),
        (("a", "b", "rows", 1, "inner", "m"), "m ="),
        (("a", "b", "rows", 1, "deep", 1, "o"), "o ="),
    ],
)
def test_a_line_is_where_the_key_or_row_begins(place: Place, begins: str) -> None:
    """That is where its reader looks."""
    line = DOCUMENT.splitlines()[lines_of(DOCUMENT)[place] - 1]

    assert line.startswith(begins)


@pytest.mark.parametrize("text", ["", "# nothing", "\n\n", "a = 1", "[a]", "a = 1\r\nb = 2\r\n"])
def test_a_text_of_little_is_read_to_its_end(text: str) -> None:
    """With or without a last line end."""
    assert set(lines_of(text)) == set(places_in(tomllib.loads(text)))


@pytest.mark.parametrize(
    ("value", "korean"),
    [
        ("[" * 3000 + "]" * 3000, "괄호가 너무 깊이 겹쳐 있습니다"),
        ("{a=" * 3000 + "1" + "}" * 3000, "괄호가 너무 깊이 겹쳐 있습니다"),
        ("1" * 5000, "자릿수가 너무 많은 수입니다"),
    ],
    ids=["lists", "tables", "digits"],
)
def test_what_python_does_not_take_is_told_in_words_of_the_reader(value: str, korean: str) -> None:
    """`maximum recursion depth exceeded` is no word of TOML, nor of Korean, and names no line."""
    with pytest.raises(ValueError, match=r" \(at line 3, column 1\)$") as caught:
        toml_in(f"# 설정\na = [1]\nb = {value}\nc = 1\n")

    reason = str(caught.value).partition(" (at")[0]
    problem = Problem("CONF003", Severity.ERROR, Where("content/site.toml"), (("message", reason),))
    assert message_of(problem, "ko") == f"TOML을 읽을 수 없습니다: {korean}"
