"""What nobody writes by hand takes time in proportion to its length: twice as much of it, twice as long."""

import json
import os
from collections.abc import Callable

import pytest

from sitegen.clean.body import clean_body
from sitegen.clean.rules import Known
from sitegen.config import SEOUL
from sitegen.errors import ContentError
from sitegen.importers.blocks import Body, body_of, outermost, parsed, placed_lines, smallest_around
from sitegen.importers.generic import files_beside
from sitegen.importers.wordpress import in_paragraphs
from sitegen.licence.detect import kogl_marks
from sitegen.model import Article, BodyFormat, Source, SourceFile
from sitegen.read.article import parse_article
from sitegen.read.frontmatter import parse
from sitegen.search.words import WORD
from sitegen.traces import texts_in

ROWS = [f"{n}번째줄의글" for n in range(60_000)]
FILES = "".join(f'<a href="/{n}.pdf">{n}.pdf</a>' for n in range(3_000))
BUTTONS = "".join(f"<button>{row}</button><p>나 {row} <b>다</b></p>" for row in ROWS[:8_000])
NAMED_BY_A_RULE = Known(Source(), is_sure=True)
LIMIT_S = 5  # a tenth of a second here; half a minute and more where it goes by the square


def article_of(text: str) -> Article:
    """Return the article of a file."""
    article, _ = parse_article(SourceFile(path="a.md", shown="a.md", data=text.encode()), SEOUL)
    return article


def refusal_of(text: str) -> ContentError:
    """Return why a file cannot be read."""
    with pytest.raises(ContentError) as caught:
        parse(text.encode(), "a.md")
    return caught.value


@pytest.mark.parametrize(
    "work",
    [
        lambda: clean_body("□ a*\n" + "* b\n" * 24_000, BodyFormat.GOV_OUTLINE),
        lambda: clean_body("□ " + "a* " * 8_000 + "\n" + "* b\n" * 8_000, BodyFormat.GOV_OUTLINE),
        lambda: clean_body(f"<p {' '.join(f'a{n}=1' for n in range(60_000))}>글</p>", BodyFormat.HTML),
        lambda: clean_body("<div>" * 80_000 + "글", BodyFormat.HTML),
        lambda: clean_body("<ul><li>" * 40_000 + "글" + "</li></ul>" * 40_000, BodyFormat.HTML),
        lambda: parse(f"{json.dumps({f'k{n}': 1 for n in range(8_000)})}\n본문".encode(), "a.md"),
        lambda: parse(("+++\n" + "\n".join(f"k{n} = 1" for n in range(8_000)) + "\n+++\n").encode(), "a.md"),
        lambda: refusal_of("---\n" + "-\t" * 100_000 + "\n---\n본문"),
        lambda: article_of(f"---\ndate: 2026-03-02\n---\n# 제목{' ' * 60_000}끝\n"),
        lambda: article_of(f"---\ndate: 2026-03-02\n---\n# {'`' * 40_000}\n"),
        lambda: article_of(f'---\nsource: "{"(" * 40_000} https://a.example 나"\n---\n'),
        lambda: list(texts_in(b"\\" * 200_000, "a.json")),
        lambda: list(texts_in(("<b‹b" * 60_000).encode(), "a.txt")),
        lambda: in_paragraphs("<pre" * 80_000),
        lambda: smallest_around(outermost(parsed("<div>" * 8_000 + "<p>글</p>" * 8_000).find_all("p"))),
        lambda: smallest_around(parsed("<p>글</p>" + "<div><b>글</b>" * 8_000).find_all(["p", "b"])),
        lambda: clean_body("<Time" * 40_000, BodyFormat.HTML),
        lambda: clean_body("‹A가" * 40_000, BodyFormat.HTML),
        lambda: clean_body("<a<a" * 40_000, BodyFormat.HTML),
        lambda: kogl_marks(f"공공누리 <{'a' * 200_000}"),
        lambda: clean_body(f'<p><a href="#a">x</a></p><a id="a"></a><p>{"<i></i>" * 40_000}</p>', BodyFormat.HTML),
        lambda: clean_body("가 <![CDATA[" * 20_000, BodyFormat.HTML),
        lambda: clean_body("<Title " * 60_000, BodyFormat.HTML),
        lambda: clean_body("<p>출처: 가나 https://a.kr/b</p>" * 6_000, BodyFormat.HTML, known=NAMED_BY_A_RULE),
        lambda: placed_lines((), Body("", BodyFormat.HTML, ROWS, "", "".join(ROWS))),
        lambda: placed_lines((), body_of(parsed(BUTTONS))),
        lambda: files_beside(parsed(FILES), Body("", BodyFormat.HTML, ["글"] * 300_000, "", ""), "https://a.kr/"),
    ],
    ids=[
        "notes of one star",
        "notes and stars",
        "attributes",
        "open elements",
        "lists in lists",
        "keys of JSON",
        "keys of TOML",
        "tabs of a head",
        "blanks of a heading",
        "marks of a heading",
        "brackets of a source",
        "backslashes",
        "signs of open tags",
        "open pre",
        "paragraphs in depths",
        "words in depths",
        "open words",
        "open words of Korean",
        "open links",
        "a name without end",
        "what an anchor stands before",
        "open CDATA",
        "open titles",
        "credits",
        "lines of a capture",
        "buttons of a capture",
        "files beside a text",
    ],
)
def test_a_build_is_not_held_up(work: Callable[[], object]) -> None:
    """One file that somebody was sent must not keep the night's build from ending."""
    started = os.times().user  # what the system takes to give memory is another's

    work()

    assert os.times().user - started < LIMIT_S


def test_what_lies_too_deep_keeps_its_words() -> None:
    """Tags far deeper than any that stays are not read; paragraphs that nobody closes are no depth."""
    deep = clean_body("<div>" * 6_000 + "가<p>나" + "</div>" * 6_000 + "<p>다</p>", BodyFormat.HTML)
    flat = clean_body("<p>가" * 6_000, BodyFormat.HTML)

    assert "".join(deep.text.split()) == "가나다"
    assert flat.text.count("\n") == 5_999


def test_no_word_of_the_index_is_long() -> None:
    """The terms of a word take room by the square of its length: a word of 100,000 letters took all memory."""
    words = WORD.findall("가나다라마" * 20_000)

    assert max(map(len, words)) == 64
    assert sum(map(len, words)) == 100_000
