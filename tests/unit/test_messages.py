"""Messages: both languages for every code, the same places to fill in, no code without a message."""

import ast
import re
import string
from pathlib import Path

import pytest

import sitegen
from sitegen.importers.draft import FILES_ELSEWHERE, UNREAD_EMBARGO
from sitegen.messages import MESSAGES, render
from sitegen.phrases import WORDS
from sitegen.problems import Problem, Severity, Where, sort_problems
from sitegen.reasons import REASONS
from sitegen.site.words import LABELS

CODE = re.compile(r"[A-Z][A-Z0-9]*\d{3}")
HANGUL = re.compile(r"[가-힣]")
# Texts that are nothing but a place for words that come with the problem.
PASSED_ON = {"{hint_ko}", "{hint_en}", "{expected_ko}", "{expected_en}", "{message_ko}", "{message_en}"}


def names_in(text):
    """Return the names of a text's places."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def without_language(names):
    """Return names without their language."""
    return {name.removesuffix("_ko").removesuffix("_en") for name in names}


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_says_the_same_in_both_languages(code):
    """A hint that exists in one language only leaves half of the writers without the next step."""
    message = MESSAGES[code]

    places = [without_language(names_in(text)) for text in (message.ko, message.en)]
    hint_places = [without_language(names_in(text)) for text in (message.hint_ko, message.hint_en)]

    assert message.ko
    assert message.en
    assert places[0] == places[1]
    assert hint_places[0] == hint_places[1]
    assert bool(message.hint_ko) == bool(message.hint_en)


@pytest.mark.parametrize("code", MESSAGES)
def test_korean_is_korean_and_english_is_english(code):
    """A swapped pair would go unnoticed in review."""
    message = MESSAGES[code]

    korean = [text for text in (message.ko, message.hint_ko) if text and text not in PASSED_ON]
    english = [text for text in (message.en, message.hint_en) if text and text not in PASSED_ON]

    assert all(HANGUL.search(text) for text in korean)
    assert not any(HANGUL.search(text) for text in english)


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_is_lower_case_without_full_stop(code):
    """Lines after `path:line:col: error CODE` read as one sentence."""
    english = MESSAGES[code].en

    ends = english.endswith(".")

    assert not ends
    assert english[:1] == english[:1].lower() or english.startswith(("UTF", "KOGL"))


def codes_in_code():
    """Return every text of the package that looks like a code, outside the table itself."""
    found = set()
    for path in Path(sitegen.__file__).parent.rglob("*.py"):
        if path.name == "messages.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.add(node.value)
    return found


def test_every_code_that_is_used_has_a_message_and_every_message_is_used():
    """A code without words stops the build with a bug; words without use are lies in the manual."""
    used = codes_in_code()

    known = set(MESSAGES)

    assert used - known == set()
    assert known - used == set()


def test_a_problem_reads_as_a_line_and_its_hint():
    """Editors jump to `path:line:col`."""
    problem = Problem(
        code="LIC002",
        severity=Severity.ERROR,
        where=Where(path="content/a.md", line=4, column=11),
        details=(("id", "KOGL-5"), ("known", "KOGL-0, KOGL-1")),
    )

    lines = render(problem, "en"), render(problem, "ko")

    assert lines[0] == [
        'content/a.md:4:11: error LIC002 license "KOGL-5" is not known',
        "  hint: write KOGL-0, KOGL-1 if that is what the mark says; UNKNOWN if it is none of these",
    ]
    assert lines[1][1].startswith("  도움말: ")


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        (Where(path="a.md"), "a.md"),
        (Where(path="a.md", line=3), "a.md:3:1"),
        (Where(path="a.md", line=3, column=7), "a.md:3:7"),
    ],
)
def test_a_place_is_shown_as_far_as_it_is_known(where, shown):
    """`a.md:0:0` would send people nowhere."""
    place = where

    text = str(place)

    assert text == shown


def test_problems_come_in_the_order_of_their_place():
    """A writer mends a file from top to bottom."""
    places = [Where(path="b.md", line=1), Where(path="a.md", line=10), Where(path="a.md", line=9)]
    problems = [Problem(code="DATE001", severity=Severity.WARNING, where=where) for where in places]

    ordered = sort_problems(problems)

    assert [str(problem.where) for problem in ordered] == ["a.md:9:1", "a.md:10:1", "b.md:1:1"]


@pytest.mark.parametrize("table", [WORDS, LABELS], ids=["terminal", "labels"])
def test_the_words_of_both_languages_have_the_same_keys_and_places(table):
    """A key that is missing in one language stops the command in that language only."""
    korean, english = table["ko"], table["en"]

    places = {key: (names_in(korean[key]), names_in(english[key])) for key in korean.keys() & english.keys()}

    assert korean.keys() == english.keys()
    assert {key: pair for key, pair in places.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize(
    ("said", "korean"),
    [
        ("did not find expected key", "키가 와야 할 자리입니다"),
        ("anchor (&x) is not allowed here", "여기에는 쓸 수 없습니다: anchor (&x)"),
        ("Unexpected end of template. Jinja was looking for…", "닫히지 않은 블록이 있습니다"),
        (
            FILES_ELSEWHERE.format(2, "/down.do?f=1"),
            "파일 2개의 주소가 제 누리집 안의 경로뿐입니다(/down.do?f=1). attachments에 온전한 주소를 적어 주세요",
        ),
        (UNREAD_EMBARGO.format("추후"), "언제까지 실을 수 없는지 그 때를 읽지 못했습니다: 추후"),
        ("what nobody has translated", "what nobody has translated"),
    ],
)
def test_a_reason_is_told_in_the_readers_language(said, korean):
    """A sentence half in English is half understood. What the content says stays as it is."""
    details = (("message", said), ("hint_ko", "empty"), ("hint_en", "empty"))
    problem = Problem(code="FM001", severity=Severity.ERROR, where=Where(path="a.md"), details=details)

    lines = render(problem, "ko")

    assert lines == [f"a.md: error FM001 글 머리(front matter)를 읽을 수 없습니다: {korean}", "  도움말: empty"]
    assert said in render(problem, "en")[0]


def test_every_reason_in_korean_has_hangul():
    """A forgotten row would look translated."""
    assert [said for said, korean in REASONS.items() if not HANGUL.search(korean)] == []
