"""What stands in a text and was meant as something else: told where it does, and not where it means itself."""

import time

import pytest

from sitegen.checks.content import check_content
from sitegen.checks.marks import marks_in, unread_in
from sitegen.clean.body import clean_body
from sitegen.model import BodyFormat, CleanBody
from sitegen.site.entry import settle
from tests.unit.conftest import body_of


def test_every_mark_of_another_generator_is_told(check):
    """Told one a build, ten marks are ten builds."""
    text = "{{ site.title }} {: .a}\n[가](https://a.kr/한 글.pdf) {: .a}"

    problems = check(body=body_of(text))

    shown = [dict(problem.details)["match"] for problem in problems]
    assert shown == ["{{ site.title }}", "{: .a}", "[가](https://a.kr/한 글.pdf)"]


def test_a_mark_that_stands_in_code_is_shown_on_purpose(check):
    """An article about writing articles."""
    body = CleanBody(
        html="<p>글 <code>{% raw %} [글](/a)</code> {{ site.title }}</p>", text="글 {% raw %} [글](/a) {{ site.title }}"
    )

    (problem,) = check(body=body)

    assert dict(problem.details) == {"match": "{{ site.title }}"}


def test_lines_of_bullets_that_run_together_are_found(article_of, config_of):
    """The commonest outline has one rank; Markdown makes one paragraph of it."""
    run_on = ["○ 첫째 항목이다.\n○ 둘째 항목이다.", "□ 배경\n□ 계획", "① 하나\n② 둘", "- 가\n\n· 나눔\n· 보탬"]
    run_on += ["❍ 첫째\n❍ 둘째", "❶ 하나\n❷ 둘", "➀ 하나\n➁ 둘", "▲ 하나\n△ 둘", "▸하나\n▸둘", "※ 하나\n※ 둘"]
    run_on += ["– 하나\n– 둘", "가. 하나\n나. 둘", "가) 하나\n나) 둘", "(1) 하나\n(2) 둘", "(가) 하나\n(나) 둘"]
    sound = ["□ 남 □ 여", "```\nㅇ 첫째\nㅇ 둘째\n```", "○ 첫째  \n○ 둘째", "<p>○ 첫째<br>\n○ 둘째</p>"]
    sound += [
        "수출은\n△ 3.2% 줄었다",
        "간. 하나\n나. 둘",
        "가.\n나.",
        "(2)번과\n(3)번",
        "글 (1) 하나\n글 (2) 둘",
        "– 하나\n※ 둘",
    ]

    def codes(text):
        article = article_of(body_format=BodyFormat.MARKDOWN)
        settled = settle(article, clean_body(text, BodyFormat.MARKDOWN), config_of())
        return [problem.code for problem in check_content(settled, config_of(), text)]

    assert [text for text in run_on if codes(text) != ["BODY010"]] == []
    assert [text for text in sound if codes(text) != []] == []


@pytest.mark.parametrize(
    "text",
    [
        "{{" + "가" * 200_000,
        "{{<" + " " * 200_000,
        "{{< a " * 60_000,
        "{% " + "a" * 200_000,
        "ㅇ 가  \nㅇ 나\n\n" + "ㅇ 가" * 60_000,
        "| " * 100_000 + "\n" + "-" * 200_000,
        "--- | " * 60_000,
        "**" + "가." * 100_000,
        "가.****나 **" * 40_000,
        "<b " + "=" * 200_000,
        "<b>" * 80_000,
    ],
    ids=["output", "code", "codes", "tag", "run-on", "bars", "dividers", "stars", "four stars", "a tag", "tags"],
)
def test_marks_are_looked_for_in_time_in_proportion(article_of, config_of, text):
    """A text of marks that never end must not hold up the build."""
    body = CleanBody(html="", text=text)
    settled = settle(article_of(body_format=BodyFormat.MARKDOWN), body, config_of())
    started = time.process_time()

    check_content(settled, config_of(), text)

    assert time.process_time() - started < 3  # a tenth of a second here; half a minute where it is quadratic


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("##사업 개요", "##사업 개요"),
        ("글\n### 없음\n###1. 배경", "###1. 배경"),
        ("강물이 **맑아졌다**고", "**맑아졌다**"),
        ("(**35% 늘어난 899건**)", "**35% 늘어난 899건**"),
        ("| 가 | 나\n---|---|---\n1 | 2 | 3", "| 가 | 나\n---|---|---"),
        ("표 가 | 나 | ---|--- | 1 | 2", "---|--- | 1 | 2"),
        ("| 가 | 나 |\n| 다 | 라 |", "| 가 | 나 |"),
        ("**묻는 말이다\n**", "**묻는 말이다\n**"),
        ("**하나\n둘이다**", "**하나\n둘이다**"),
        ("묻는다.\n**\n답한다.", "묻는다. **"),
        ("****답이다", "****답이다"),
        ("묻는다.****답한다.", "묻는다.****답한다."),
        ('<h2 data-ke-size="size26">배경', '<h2 data-ke-size="size26">'),
        ("정부는 <b>강하게</b> 밝혔다", "<b>강하게</b>"),
    ],
)
def test_marks_of_headings_tables_and_emphasis_that_stand_as_text_are_told(text: str, found: str) -> None:
    """Readers would see the stars."""
    marks = unread_in(body_of(text))

    assert found in marks


def test_emphasis_that_is_open_is_told_where_stars_are_emphasis() -> None:
    """Elsewhere two stars before a word may be the sign of a note."""
    line, bold = "**답 : 열 단계로 이루어진다.", "<p><strong>글</strong></p>"

    found = [
        unread_in(CleanBody(html=html, text=f"{before}\n{line}"))
        for html, before in ((bold, "묻는다"), ("", "묻는다"), (bold, "수출액**은 늘었다"), (bold, "수출액*은 늘었다"))
    ]

    assert found == [[line], [], [], []]


@pytest.mark.parametrize(
    "text",
    [
        "* 주\n** 주\n*** 주\n**** 주",
        "*\n**\n***",
        "표시는 <h1> 태그와 <h2> 태그로",
        "010-****-5678",
        "가 | 나",
        "여 <관세청> 백서 <b 등급>",
        "가 --- 나 -- 다",
        "3-|-4",
    ],
)
def test_signs_that_mean_themselves_are_not_told(text: str) -> None:
    """A warning that is wrong teaches to read none."""
    assert unread_in(body_of(text)) == []


@pytest.mark.parametrize(
    "mark",
    [
        '{{< ref "a.md" >}}',
        "{{% note %}}",
        "{{</ ring >}}",
        '{{< figure\n  src="a.png" >}}',
        '{{ "/" | url }}',
        "{{ .Title }}",
    ],
)
def test_shortcodes_that_nobody_carries_out_are_told_outside_code(mark: str) -> None:
    """A Hugo site is read as it is, and its readers would see the marks."""
    written = f"앞 {mark} 뒤"
    shown = clean_body(f"```\n{written}\n```", BodyFormat.MARKDOWN)

    assert marks_in(clean_body(written, BodyFormat.MARKDOWN), frozenset()) == [" ".join(mark.split())]
    assert marks_in(shown, frozenset()) == []


def test_a_tag_that_an_indent_made_code_is_told() -> None:
    """Four spaces before a tag show it to every reader; what explains HTML shows tags, too."""
    body = clean_body('글\n\n    <h3 style="color:red">현황</h3>\n\n글', BodyFormat.MARKDOWN)
    lesson = clean_body("글\n\n    <h3>현황</h3>\n\n글", BodyFormat.MARKDOWN)

    assert unread_in(body) == ['<h3 style="color:red">현황</h3>']
    assert unread_in(lesson) == []
