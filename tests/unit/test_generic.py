"""Pages of no known family: better than the extractor alone, and nothing where there is nothing."""

import time
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from trafilatura import extract

from sitegen.errors import ContentError
from sitegen.importers.capture import Capture
from sitegen.importers.draft import Part
from sitegen.importers.profiles import choose, named

PAGES = tomllib.loads((Path(__file__).parents[1] / "captures/pages.toml").read_text("utf-8"))["page"]


def capture_of(page):
    """Return a page as it would be saved."""
    return Capture(
        f"<!doctype html><html><head><title>글</title></head><body>{page['html']}</body></html>".encode(), "page.html"
    )


def overlap(wanted, found):
    """Return F1 over the words of two texts."""
    wanted, found = Counter(wanted.split()), Counter(found.split())
    return 2 * (wanted & found).total() / (wanted.total() + found.total()) if wanted or found else 1.0


def text_of(page):
    """Return the text the profile finds, or nothing where it refuses the page."""
    try:
        (draft,) = named("generic").read(capture_of(page))
    except ContentError as error:
        assert error.problem.code == "BODY001"  # noqa: PT017  the one answer allowed
        return ""
    return "\n".join(line.text for line in draft.lines if line.part is Part.BODY)


@pytest.mark.parametrize("page", [page for page in PAGES if page["text"]], ids=lambda page: page["name"])
def test_the_text_of_a_page_is_its_article(page):
    """A guess, but one that leaves out what stands around a text and keeps the text."""
    assert overlap(page["text"], text_of(page)) >= 0.95


def test_we_find_no_less_than_the_extractor_alone():
    """Rules on top of a good library must not make it worse."""
    articles = [page for page in PAGES if page["text"]]

    ours = sum(overlap(page["text"], text_of(page)) for page in articles)
    alone = max(
        sum(overlap(page["text"], extract(capture_of(page).text, favor_precision=precise) or "") for page in articles)
        for precise in (False, True)
    )

    assert ours >= alone


@pytest.mark.parametrize("page", [page for page in PAGES if not page["text"]], ids=lambda page: page["name"])
def test_a_page_without_an_article_gives_none(page):
    """An empty article with a ministry's name is worse than none."""
    assert text_of(page) == ""


def test_the_result_is_marked_for_review():
    """Nobody should publish a guess without looking."""
    capture = capture_of(PAGES[0])

    profile, confidence = choose(capture)
    (draft,) = profile.read(capture)

    assert (profile.name, confidence) == ("generic", 0.45)
    assert draft.doubts == ("extracted by a general rule: compare it with the page",)
    assert draft.unplaced == ()
    assert draft.published is None


REPORT = """<header><a href="/">나루청</a></header><main><h1>물값 안내</h1><div>2026-03-02</div><div>{}</div></main>
<footer><p>나루시 강변로 1</p></footer>"""
FIRST = "<p>나루청은 물값을 내린다고 3월 2일 밝혔다. 올해 예산은 1억 원이다.</p>"
LAST = "<p>나루청은 내년에도 물값을 내린다고 덧붙였다.</p>"


def read(*parts):
    """Return what is read of a report with these parts between its first and its last sentence."""
    (draft,) = named("generic").read(capture_of({"html": REPORT.format("".join((FIRST, *parts, LAST)))}))
    return draft


@pytest.mark.parametrize(
    "line",
    [
        "1. 사업 주요 내용",
        "2. 지원하지 않는 경우",
        "댓글 문화를 바꾸는 교육도 함께 한다고 밝혔다.",
        "모든 결과물은 공공누리 유형을 붙여 공개할 계획이다.",
        "단, 사진의 저작권은 각 기관에 있다고 밝혔다.",
        "담당자 김나루 044-000-7000",
        "2026-03-02",
        "조회수",
    ],
)
def test_no_rule_looks_into_the_text(line):
    """Between two sentences stands nothing but the text, whatever it looks like."""
    draft = read(f"<p>{line}</p>")

    assert f"<p>{line}</p>" in draft.body
    assert draft.unplaced == ()


def test_a_line_below_the_last_sentence_that_reports_is_of_the_text():
    """News says `밝혔다`, a page's own notices say `있습니다`."""
    page = REPORT.format(
        f"{FIRST}<p>단, 사진의 저작권은 각 기관에 있다고 밝혔다.</p><p>담당자 김나루 044-000-7000</p>"
        "<p>공공누리 제1유형: 출처표시 조건에 따라 이용할 수 있습니다.</p>"
    )

    (draft,) = named("generic").read(capture_of({"html": page}))

    assert draft.body.endswith("있다고 밝혔다.</p>\n<p>담당자 김나루 044-000-7000</p>")
    assert draft.dropped["copyright"] == 1


def test_figures_stay_in_their_columns():
    """A cell that is taken out moves all that stand behind it."""
    table = "<table><caption>해마다 온 비</caption><tr><th>연도</th><th>비</th></tr><tr><td>2024</td><td>1,200</td></tr><tr><td>2025</td><td>900</td></tr></table>"

    draft = read(table)

    assert "<caption>해마다 온 비</caption>" in draft.body
    assert "<td>2024</td><td>1,200</td></tr><tr><td>2025</td><td>900</td>" in draft.body
    assert draft.unplaced == ()


def test_the_words_below_a_picture_stay_with_the_text():
    """They say what it showed, and whose it is."""
    draft = read(
        '<p>비가 적게 왔다고 한다.</p><figure><img src="/a.jpg"><figcaption>▲ 나루댐(사진=나루청)</figcaption></figure>'
    )

    assert "한다.</p>\n<p>▲ 나루댐(사진=나루청)</p>\n<p>나루청은 내년에도" in draft.body
    assert draft.unplaced == ()


def test_the_words_below_pictures_keep_their_order():
    """All of them stand behind the same sentence, which is found once."""
    captions = [f"▲ 나루댐 {number}" for number in range(3_000)]
    started = time.process_time()

    draft = read(*(f'<figure><img src="/a.jpg"><figcaption>{words}</figcaption></figure>' for words in captions))

    assert draft.body.count("▲ 나루댐") == len(captions)
    assert [words for words in draft.body.split("\n") if "나루댐" in words][:2] == [
        f"<p>{words}</p>" for words in captions[:2]
    ]
    assert time.process_time() - started < 15


def test_what_the_extractor_leaves_out_of_a_text_is_told():
    """It is made for news, and takes a box of contacts for an advertisement."""
    draft = read('<div class="ad-banner"><p>물값은 강변 나루터에서도 낼 수 있다.</p></div>')

    assert ("나루터에서도" in draft.body) is not ("물값은 강변 나루터에서도 낼 수 있다." in draft.unplaced)


def test_files_beside_a_text_are_its_attachments():
    """The page says little, its file all."""
    page = REPORT.format(
        f'{FIRST}{LAST}<ul><li><a href="https://naru.example.kr/f/1.hwp">물값표.hwp (87 KB)</a></li></ul>'
    )

    (draft,) = named("generic").read(capture_of({"html": page}))

    assert [(file.label, file.url) for file in draft.attachments] == [("물값표.hwp", "https://naru.example.kr/f/1.hwp")]
    assert [line.text for line in draft.lines if line.part is Part.HEAD] == ["물값 안내", "물값표.hwp (87 KB)"]
