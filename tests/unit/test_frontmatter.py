"""The head of a file: what is read, and where and why it is refused."""

import pytest

from sitegen.errors import ContentError
from sitegen.messages import render
from sitegen.read.frontmatter import parse
from sitegen.read.nodes import Mapping, Scalar, Sequence

PATH = "content/articles/a.md"


def plain(node):
    """Return nodes as Python values, every scalar as its text."""
    match node:
        case Scalar():
            return node.raw
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {field.key: plain(field.value) for field in node.fields}


def test_a_strange_letter_is_refused_at_its_place_however_often_its_head_is_met():
    """A head is told by its form when it comes again; a letter that YAML refuses is refused each time."""
    met = [refusal(f"---\n# {number}\x00\ntitle: 글\n---\n") for number in (1, 1, 2, 2)]

    assert [(problem.code, problem.where.line) for problem in met] == [("FM001", 2)] * 4


def refusal(text):
    """Return the problem for which a file is refused."""
    with pytest.raises(ContentError) as caught:
        parse(text, PATH)
    return caught.value.problem


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: 제목\ntags: [가, 나]\n---\n본문\n",
        "+++\ntitle = '제목'\ntags = ['가', '나']\n+++\n본문\n",
        '{"title": "제목", "tags": ["가", "나"]}\n본문\n',
        '{\n  "title": "제목",\n  "tags": [\n    "가", "나"]\n}\n본문\n',
    ],
    ids=["YAML", "TOML", "JSON on one line", "JSON on several lines"],
)
def test_the_three_dialects_say_the_same(text):
    """People move here from Jekyll, Hugo and Eleventy with the files they have."""
    source = text

    front = parse(source, PATH)

    assert plain(front.head) == {"title": "제목", "tags": ["가", "나"]}
    assert front.body == "본문\n"
    assert front.body_line == text.count("\n")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\xef\xbb\xbf---\ntitle: a\n---\nx\n", 4),
        (b"---\r\ntitle: a\r\n---\r\nx\r\n", 4),
        (b"---\rtitle: a\r---\rx\r", 4),
        (b"\n\n---\ntitle: a\n---\nx\n", 6),
        (b"---\ntitle: a\n...\nx\n", 4),
        (b"---  \ntitle: a\n--- \t\nx\n", 4),
    ],
    ids=["byte-order mark", "CRLF", "CR", "blank first lines", "dots at the end", "space after the marks"],
)
def test_what_editors_leave_in_a_file_changes_nothing(data, line):
    """Notepad, Macs and careless copying must not cost anyone an article."""
    title = "a"

    front = parse(data, PATH)

    assert plain(front.head)["title"] == title
    assert front.body == "x\n"
    assert front.body_line == line


@pytest.mark.parametrize("word", ["no", "0123", "12:30:45", "2024-01-01", "1e3", "0x10", "true", "1_000", "3.10"])
def test_a_title_stays_the_text_that_was_written(word):
    """YAML reads `no` as false and 0123 as 83; a headline is never a number."""
    text = f"---\ntitle: {word}\n---\n"

    front = parse(text, PATH)

    assert plain(front.head) == {"title": word}


def test_a_file_without_a_head_is_all_body():
    """A bare text is still an article; the checks ask for its title."""
    text = "제목 없는 글\n\n---\n\n둘째 문단\n"

    front = parse(text, PATH)

    assert front.head.fields == ()
    assert (front.body, front.body_line) == (text, 1)


@pytest.mark.parametrize(
    "text", ["---\n---\n글\n", "---\n\n---\n글\n", "---\n# 말\n---\n글\n", "+++\n+++\n글\n", "{}\n글\n"]
)
def test_an_empty_head_is_no_error(text):
    """Editors make empty heads; the missing title is reported by its own check."""
    body = "글\n"

    front = parse(text, PATH)

    assert front.head.fields == ()
    assert front.body == body


@pytest.mark.parametrize(
    ("text", "place", "code", "said"),
    [
        ("---\ntitle: a\ndate: b\ntitle: c\n---\n", "4:1", "FM003", 'key "title" is given twice (first on line 2)'),
        ("---\na: 1\nsource:\n  url: x\n  url: y\n---\n", "5:3", "FM003", "first on line 4"),
        ("---\ntitle: &x a\n---\n", "2:8", "FM001", "anchor (&x)"),
        ("---\na: 1\nb: *a\n---\n", "3:4", "FM001", "alias (*name)"),
        (
            "---\ntitle: !!python/object:os.system a\n---\n",
            "2:8",
            "FM001",
            "tag tag:yaml.org,2002:python/object:os.system",
        ),
        ("---\ntitle: !secret a\n---\n", "2:8", "FM001", "tag !secret"),
        ("---\n- 가\n- 나\n---\n", "2:1", "FM004", "not a list"),
        ("---\n그냥 글\n---\n", "2:1", "FM004", "not a bare text"),
        ("---\ntitle: a\n본문\n", "1:1", "FM002", "no closing --- line"),
        ("\n\n---\ntitle: a\n", "3:1", "FM002", "no closing --- line"),
        ("+++\ntitle = 'a'\n", "1:1", "FM002", "no closing +++ line"),
        ("---\ntitle: a\n\tdate: b\n---\n", "3:1", "FM001", "cannot be read"),
        ("---\ntitle: [단독] 속보\n---\n", "2:13", "FM001", "cannot be read"),
        ("---\ntitle: `코드`\n---\n", "2:8", "FM001", "cannot be read"),
        ("---\ntitle: a\x00b\n---\n", "2:9", "FM001", "U+0000"),
        ("---\ntitle: a\x07b\n---\n", "2:9", "FM001", "U+0007"),
        ("---\n? [가, 나]\n: 다\n---\n", "2:3", "FM001", "a key that is not a word"),
        ("---\ntitle: '닫지 않은 글\n---\n", "2:8", "FM001", "close the quote"),
        ('---\ntitle: "인용" 발표\ndate: 2026-03-02\n---\n', "2:13", "FM001", "in single quotes"),
        ("---\ntitle: '인용' 발표\ndate: 2026-03-02\n---\n", "2:13", "FM001", "in double quotes"),
        ("---\ndesc: |\n  시간:가나\n bad\nk: v\n---\n", "4:2", "FM001", "cannot be read"),
        ("---\ntitle:제목\ndate: 2026-03-02\n---\n", "2:7", "FM001", "a space behind the colon"),
        ('---\ntitle: "닫지 않은 글\nsource: {name: "가"}\n---\n', "2:8", "FM001", "close the quote"),
        ('---\nsource:\n  name: "가\n  url: "https://a.kr"\n---\n', "3:9", "FM001", "close the quote"),
        ("---\nlicense:\n   id: KOGL-1\n  scope: text\n---\n", "4:3", "FM001", "the same column"),
        ("---\ncategories: [환경\ndate: 2026-03-02\n---\n", "2:13", "FM001", "close the bracket"),
        ('---\ntags: [\n  a,\n]\ntitle: "속보" 둘\n---\n', "5:13", "FM001", "in single quotes"),
        ("+++\ntitle = a\n+++\n", "2:9", "FM001", "Invalid value"),
        ("+++\na = 1\na = 2\n+++\n", "3:6", "FM001", "overwrite"),
        ('{"title": "a" "b"}\n', "1:15", "FM001", "delimiter"),
        ('{"title": "a", "title": "b"}\n', "1:17", "FM003", 'key "title" is given twice'),
        ("---\na: " + "[" * 40 + "]" * 40 + "\n---\n", "2:35", "FM001", "nesting deeper than 32"),
        ("+++\na = 1\nb = " + "[" * 3000 + "]" * 3000 + "\n+++\n", "3:1", "FM001", "brackets are nested too deep"),
        ("+++\na = 1\nb = " + "1" * 5000 + "\n+++\n", "3:1", "FM001", "a number has too many digits"),
        ('{"a": ' + "[" * 40 + "]" * 40 + "}\n", "1:3", "FM001", "nesting deeper than 32"),
        ("---\ntitle: a\n---\n%YAML 1.2\n---\ntitle: b\n", "4:1", "FM001", "second YAML document"),
    ],
)
def test_what_cannot_be_read_with_certainty_is_refused_at_its_place(text, place, code, said):
    """A writer goes straight to the line and column; a guess would publish something nobody wrote."""
    line, column = map(int, place.split(":"))

    problem = refusal(text)

    assert (problem.where.line, problem.where.column, problem.code) == (line, column, code)
    assert problem.where.path == PATH
    assert said in "\n".join(render(problem, "en"))
    assert render(problem, "ko")


def test_korean_bytes_of_windows_are_named_as_such():
    """Half of the old files are CP949; the hint must say so and not only that something is wrong."""
    data = "---\ntitle: a\n---\n한국어로 쓴 글이다.\n".encode("cp949")

    problem = refusal(data)

    assert (problem.code, problem.where.line, problem.where.column) == ("FM005", 4, 1)
    assert "CP949" in "\n".join(render(problem, "ko"))
    assert "CP949" in "\n".join(render(problem, "en"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1"])
def test_other_encodings_are_refused_without_a_wrong_guess(encoding):
    """A hint that names the wrong encoding sends people in the wrong direction."""
    data = "---\ntitle: Café\n---\nDéjà vu\n".encode(encoding)

    with pytest.raises(ContentError) as caught:
        parse(data, PATH)

    assert "CP949" not in "\n".join(render(caught.value.problem, "en"))


def test_a_quoted_null_is_a_text():
    """`title: "null"` names an article; only an unquoted null means that nothing was written."""
    text = '---\na: null\nb: "null"\nc: ~\nd:\n---\n'

    fields = parse(text, PATH).head

    assert [field.value.is_null for field in fields.fields] == [True, False, True, True]


def test_values_know_their_line_in_every_dialect():
    """Messages about a field point at it, whatever the head is written in."""
    yaml, toml, json = "---\na: 1\nb: 2\n---\n", "+++\na = 1\nb = 2\n+++\n", '{\n"a": 1,\n"b": 2}\n'

    places = [
        [(field.key, field.line, field.column) for field in parse(text, PATH).head.fields]
        for text in (yaml, toml, json)
    ]

    assert places == [[("a", 2, 1), ("b", 3, 1)], [("a", 2, 1), ("b", 3, 1)], [("a", 2, 2), ("b", 3, 2)]]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            '{"title": "글",\n "attachments": [{"url": "/1"},\n  {"url": "/2"}],\n "source": {\n  "url": "x"}}\n본문',
            (5, 4),
        ),
        ('+++\ntitle = "글"\n[[attachments]]\nurl = "/1"\n[source]\nurl = "x"\n+++\n본문', (6, 1)),
    ],
    ids=["JSON", "TOML"],
)
def test_a_key_within_another_has_its_own_place(text: str, place: tuple[int, int]) -> None:
    """Many fields have a `url`: an error leads to the one that is wrong."""
    places = {name: (line, column) for name, line, column in parse(text.encode(), "a.md").places}

    assert places["source.url"] == place


@pytest.mark.parametrize("written", ['+++\ntags = ["가"\n+++\n', '{"title": "가", "date": "2026-03-02",}\n\n글\n'])
def test_a_bracket_or_comma_is_not_mended_by_quotes(written):
    """In TOML and JSON every text has its quotes already."""
    with pytest.raises(ContentError) as caught:
        parse(written.encode(), "a.md")

    (problem,) = caught.value.problems
    assert problem.code == "FM001"
    assert "bracket or comma" in dict(problem.details)["hint_en"]
