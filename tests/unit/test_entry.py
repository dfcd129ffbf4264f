"""Article + body → entry: who said what, and who wins."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sitegen.config import SourceRule
from sitegen.licence.detect import detect_licence, kogl_marks
from sitegen.model import CleanBody, Evidence, Indexing, Kind, Licence, Removal, Source
from sitegen.site.entry import settle, text_digest

SEOUL = ZoneInfo("Asia/Seoul")
RULE = SourceRule(
    paths=("**",),
    name="규칙브리핑",
    site="https://rule.example.go.kr",
    license="KOGL-2",
    credit="규칙청",
    indexing=Indexing.CANONICAL,
)
CREDITED = Source(name="본문브리핑", site="https://body.example.go.kr", url="https://body.example.go.kr/9")


@pytest.fixture
def settled(article_of, config_of):
    """Give the function that settles an article, with or without a rule."""

    def make(*, rule=None, credited=None, text="글이다.", removals=(), **fields):
        body = CleanBody(
            html="<p>글이다.</p>" if text else "",
            text=text,
            credited=credited or Source(),
            removals=tuple(Removal(rule=name, excerpt="") for name in removals),
        )
        return settle(article_of(**fields), body, config_of(sources=(rule,) if rule else ()))

    return make


def test_the_head_beats_the_body_and_the_body_beats_the_rule(settled):
    """The nearest statement knows best; a folder rule only fills gaps."""
    written = Source(name="머리브리핑", url="https://head.example.go.kr/1")

    names = [
        settled(rule=RULE, credited=CREDITED, source=written).entry.article.source.name,
        settled(rule=RULE, credited=CREDITED, source=Source()).entry.article.source.name,
        settled(rule=RULE, source=Source()).entry.article.source.name,
        settled(source=Source()).entry.article.source.name,
    ]

    assert names == ["머리브리핑", "본문브리핑", "규칙브리핑", ""]


def test_an_address_is_only_borrowed_from_the_same_source(settled):
    """The home of one agency beside the name of another would be a false credit."""
    other, same = Source(name="머리브리핑"), Source(name="규칙브리핑")

    sites = [settled(rule=RULE, source=source).entry.article.source.site for source in (other, same)]

    assert sites == ["", "https://rule.example.go.kr"]


def test_the_briefing_s_home_is_known(settled):
    """Thousands of posts name it without an address."""
    source = Source(name="정책브리핑")

    site = settled(source=source).entry.article.source.site

    assert site == "https://www.korea.kr"


def test_a_front_page_given_as_the_original_becomes_the_home(settled):
    """A credit must not pretend to lead to the article."""
    source = Source(name="견본브리핑", url="https://press.example.go.kr/")

    found = settled(source=source)

    assert found.entry.article.source.url == ""
    assert found.entry.article.source.site == "https://press.example.go.kr/"
    assert found.root_address == "https://press.example.go.kr/"


def test_tracking_parameters_are_stripped_and_told(settled):
    """Readers are not counted by a link to the original."""
    source = Source(name="견본브리핑", url="https://press.example.go.kr/1?utm_source=rss&id=2")

    found = settled(source=source)

    assert found.entry.article.source.url == "https://press.example.go.kr/1?id=2"
    assert found.tracking == ("utm_source",)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "/local/", "https://u@evil.example/1", "ftp://a.example/1"])
def test_an_address_that_is_no_web_page_is_no_original(settled, url):
    """The footer's link is the one readers trust most."""
    source = Source(name="견본브리핑", url=url)

    found = settled(source=source)

    assert found.entry.article.source.url == ""


def test_the_licence_of_the_head_beats_marks_and_rules(settled):
    """A person has looked; a pattern has only matched."""
    body = "공공누리 제3유형"
    stated = Licence(id="KOGL-1", evidence=Evidence(kind="manual", text="담당자 확인"))

    found = [
        settled(rule=RULE, source=Source(), licence=stated, body=body).entry.licence.id,
        settled(rule=RULE, source=Source(), licence=None, body=body).entry.licence.id,
        settled(rule=RULE, source=Source(), licence=None).entry.licence.id,
        settled(rule=RULE, source=Source(), licence=Licence()).entry.licence.id,
        settled(licence=None).entry.licence.id,
    ]

    assert found == ["KOGL-1", "KOGL-3", "KOGL-2", "KOGL-2", "UNKNOWN"]


@pytest.mark.parametrize(
    ("source", "credited", "licence", "agencies"),
    [
        (Source(), Source(), "KOGL-2", ("규칙청",)),
        (Source(name="규칙 브리핑"), Source(), "KOGL-2", ("규칙청",)),
        (Source(name="새 이름", url="https://rule.example.go.kr/7"), Source(), "KOGL-2", ("규칙청",)),
        (Source(name="머리통신"), Source(), "UNKNOWN", ()),
        (Source(), CREDITED, "UNKNOWN", ()),
        (Source(name="규칙브리핑"), CREDITED, "KOGL-2", ("규칙청",)),
    ],
)
def test_a_rule_gives_its_licence_to_works_of_its_own_source(settled, source, credited, licence, agencies):
    """What a news agency has written, no rule of a ministry's makes free."""
    entry = settled(rule=RULE, source=source, credited=credited, licence=None, agencies=()).entry

    assert (entry.licence.id, entry.article.agencies) == (licence, agencies)


def test_marks_that_contradict_prove_nothing(settled):
    """Guessing between two licences could break the stricter one."""
    body = "공공누리 제1유형 공공누리 제4유형"

    found = settled(rule=RULE, source=Source(), licence=None, body=body)

    assert found.entry.licence.id == "UNKNOWN"
    assert found.conflicting == ("KOGL-1", "KOGL-4")


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ('<a href="https://www.kogl.or.kr/info/licenseType1.do">', ["KOGL-1"]),
        ('<img src="/img/img_opentype04.png">', ["KOGL-4"]),
        ("공공누리 제2유형", ["KOGL-2"]),
        ("공공누리 제 3 유형", ["KOGL-3"]),
        ("공공누리 0유형", ["KOGL-0"]),
        ("licenseTypeAi.do licenseType1.do", ["AI", "KOGL-1"]),
        ("공공누리 제1유형 그리고 licenseType1.do", ["KOGL-1"]),
        ("공공누리 제5유형", []),
        ("제1유형 장애인 보조기기", []),
        ("img_opentype01 img_opentype03", ["KOGL-1", "KOGL-3"]),
        ("공공누리 제1유형부터 제4유형까지 있는 이용조건을 설명한다", []),
        ("이 글은 공공누리 제1유형부터 제4유형의 조건에 따라 이용할 수 있다", ["KOGL-1", "KOGL-4"]),
        ("공공누리 제4유형을 제1유형으로 바꾸도록 권고했다", []),
        ("공공누리 제4유형에서 제1유형으로 바뀌었다", []),
        ("사진 저작물이 공공누리 제1유형 대상에서 제외된다고 밝혔다", []),
        ("이 글은 공공누리 제1유형이 아니다", []),
        ("이 글은 공공누리 제1유형이 아닙니다.", []),
        ("공공누리 제1유형 적용 대상이 아님을 알려드립니다", []),
        ("이 사진에는 공공누리 제1유형이 적용된다.", []),
        ("사진: 환경부, 공공누리 제1유형", []),
        ("이 보도자료의 사진만 공공누리 제1유형에 따라 쓸 수 있다", []),
        ("모든 자료에 공공누리 제1유형을 붙이겠다고 발표했다", []),
        ("공공누리 제1유형을 적용할 방침이다", []),
        ("공공누리 제1유형을 적용하기로 했다", []),
        ("공공누리 제1유형을 적용하지 못했다", []),
        ("공공누리 제4유형을 폐지하는 방안을 논의했다", []),
        ("소장품을 공공누리 제1유형으로 개방한다고 밝혔다. 이 글은 공공누리 제2유형에 따라 쓴다", ["KOGL-2"]),
        ("함께 낸 안내서는 공공누리 제1유형에 따라 쓸 수 있다", []),
        ("공공누리 제1유형에 따라 이용할 수 있으며, 출처를 표기하지 않으면 처벌받는다", ["KOGL-1"]),
        ("공공누리 제4유형(출처표시, 상업적 이용금지, 변경금지) 조건에 따라 쓴다. 사진은 제외한다", ["KOGL-4"]),
        ("공공누리 제1유형(출처표시)에 따라 쓸 수 있다. 제2유형 사고는 줄었다", ["KOGL-1"]),
        (
            '본 저작물은 "공공누리" 제4유형:출처표시+상업적 이용금지+변경금지 조건에 따라 이용할 수 있습니다.',
            ["KOGL-4"],
        ),
        ("본 저작물은 “공공누리”\n 제2유형의 조건에 따라 이용할 수 있습니다.", ["KOGL-2"]),
        ("<p>공공누리 <strong>제4유형</strong></p>", ["KOGL-4"]),
        ("이 자료는 <b>공공누리 **제1유형**(출처표시)의 조건</b>에 따라 이용할 수 있습니다.", ["KOGL-1"]),
        ("공공누리(KOGL) 제1유형", ["KOGL-1"]),
        ('<img alt="공공누리 마크 - 제1유형(출처표시)" src="a.png">', ["KOGL-1"]),
        ("&lt;공공누리&nbsp;제1유형:출처표시&gt;의 조건에 따라 이용이 가능하나, 사진은 그렇지 않다", ["KOGL-1"]),
        ('<!-- <img src="img_opentype01.png"> 공공누리 제1유형 -->글<!-- licenseType1.do', []),
        ("이 글은 공공누리 제1유형으로 개방한 자료가 아닙니다.", []),
        ("나루시는 강 사진 5천 점을 공공누리 제1유형으로 개방했습니다.", []),
        ("하천부는 공공저작물 1만 건을 공공누리 제1유형으로 개방했다.", []),
        ("나루시는 강 사진 5천 점을 공공누리 제1유형 조건에 따라 이용할 수 있게 했다.", []),
        ("공공누리 제1유형 저작물 이용자가 100만 명을 넘었다.", []),
        ("저작권원은 공공누리 제0유형을 신설했다.", []),
        ("덧붙인 통계표는 공공누리 제1유형, 본문은 저작권법의 보호를 받습니다.", []),
        ("이 자료는 공공누리 제1유형에 따라 이용할 수 없습니다.", []),
        ("수상작은 공공누리 제1유형으로 제공되어 누구나 이용할 수 있다.", []),
        ("동요 음원 200곡은 공공누리 제1유형으로 이용할 수 있습니다.", []),
        ("공공누리 제1유형이 적용된 저작물은 누구나 자유롭게 이용할 수 있다.", []),
        ("공공저작물은 공공누리 제4유형에 따라 이용할 수 있는 것이 가장 많았다.", []),
        ("이 저작물은 공공누리 제2유형(출처표시-상업적 이용금지)을 적용합니다.", ["KOGL-2"]),
        ("본 저작물은 공공누리 제1유형이 적용된 저작물입니다.", ["KOGL-1"]),
        ("본 저작물은 공공누리 제1유형에 해당합니다.", ["KOGL-1"]),
        ("본 자료는 공공누리 제1유형으로 개방합니다.", ["KOGL-1"]),
        ("텍스트는 공공누리 제1유형에 따라 이용할 수 있습니다.", ["KOGL-1"]),
        ("공공누리 제1유형 : 출처표시 (상업적 이용 및 변경 가능)", ["KOGL-1"]),
        ("본 저작물은 하천부에서 2024년 작성하여 공공누리 제1유형으로 개방한 「강. 물」을 이용하였습니다.", ["KOGL-1"]),
        ("앞으로 누구나 공공누리 제1유형에 따라 박물관 사진을 이용할 수 있습니다.", []),
        ("공공누리 제1유형에 따라 개방된 수위 정보를 이용할 수 있게 됐다.", []),
        ("모든 기관의 간행물을 공공누리 제1유형에 따라 이용할 수 있습니다.", []),
        ("공공누리 제1유형 저작물을 상업적으로 이용할 수 있습니다.", []),
        ("이제 공공누리 제1유형에 따라 이용할 수 있게 됐다.", []),
        ("이 글을 공공누리 제1유형에 따라 이용할 수 있습니다.", ["KOGL-1"]),
        ("공공누리 제1유형에 따라 출처를 밝히면 이용할 수 있습니다.", ["KOGL-1"]),
        ("공공누리 제1유형(출처표시) 조건에 따라 출처표시를 하면 이용할 수 있습니다.", ["KOGL-1"]),
        ("본 자료는 공공누리 제1유형에 따라 저작권자를 표시하고 이용할 수 있습니다.", ["KOGL-1"]),
        ("정책뉴스를 공공누리 제1유형에 따라 이용할 수 있습니다.", ["KOGL-1"]),
        ("본 보고서를 공공누리 제1유형에 따라 이용할 수 있습니다.", ["KOGL-1"]),
        ("보도자료는 공공누리 제1유형 조건에 따라 누구나 이용할 수 있도록 하고 있습니다.", ["KOGL-1"]),
        ("브리핑을 통해 발표된 내용은 공공누리 제1유형의 조건에 따라 이용됩니다.", ["KOGL-1"]),
        ("", []),
    ],
)
def test_only_explicit_marks_prove_a_licence(text, marks):
    """“Type 1” of anything else must not free a text."""
    page = text

    found = [identity for identity, _ in kogl_marks(page)]

    assert found == marks


@pytest.mark.parametrize(
    ("words", "identity"),
    [
        ("이 자료는 공공저작물 자유이용 대상에서 제외됩니다.", "UNKNOWN"),
        ("<p>본 게시물은 <b>공공누리</b> 적용 대상이 아닙니다.</p>", "UNKNOWN"),
        ("본 기사는 자유이용 불가합니다.", "UNKNOWN"),
        ("이 제도는 자유로운 이용을 늘린다. 공공누리는 어렵지 않다.", "KOGL-2"),
        ("본 보도자료는 공공누리 제4유형 개방 저작물입니다.", "UNKNOWN"),
        ("공공누리 제3유형 적용 저작물입니다.", "UNKNOWN"),
        ("공공누리 제 4유형 (출처표시) 마크가 표시된 저작물입니다.", "UNKNOWN"),
        ("공공누리 ‘출처표시+상업적이용금지+변경금지’ 조건에 따라 이용할 수 있습니다.", "UNKNOWN"),
        ("Licensed under KOGL Type 4.", "UNKNOWN"),
        ("이 글은 CC BY-NC-ND 조건에 따라 이용할 수 있습니다.", "UNKNOWN"),
        ("공공누리 제2유형 저작물입니다.", "KOGL-2"),
        ("이 글은 CC BY-NC 조건에 따라 이용할 수 있습니다.", "KOGL-2"),
        ("Photo: a river, CC BY-NC-ND 2.0", "KOGL-2"),
        ("행사 사진 제공: 견본박물관(공공누리 제4유형)", "KOGL-2"),
        ("공공누리 제4유형 저작물 100건을 제1유형으로 바꿨다.", "KOGL-2"),
        ("공공누리(KOGL) 유형 가운데 제3유형을 고르는 기관이 많다.", "KOGL-2"),
        ("공공누리 출처표시-변경금지 유형이 가장 많았다.", "KOGL-2"),
        ("본 저작물은 크리에이티브 커먼즈 저작자표시-비영리-변경금지 조건을 따릅니다.", "UNKNOWN"),
        ("박물관은 소장품 사진 3천 점을 공공누리 제4유형에서 제1유형으로 바꾼다고 밝혔다.", "KOGL-2"),
        ("이 자료는 자유 이용이 가능하며 별도 허락이 필요하지 않습니다.", "KOGL-2"),
        ("해당 자료는 공공누리 포털에서 회원가입을 하지 않아도 볼 수 있습니다.", "KOGL-2"),
    ],
)
def test_a_text_that_says_it_is_not_free_is_not_freed_by_a_rule(settled, words, identity):
    """A rule speaks of a source; what this text says of itself weighs more."""
    found = settled(rule=RULE, source=Source(), licence=None, body=words)

    assert found.entry.licence.id == identity
    assert bool(found.denied) is (identity == "UNKNOWN")


def test_a_statement_that_forbids_any_use_is_not_overruled_by_a_rule(settled):
    """A feed's item says so in its rights; of its body the same words may be news."""
    words = "무단전재 및 재배포 금지"

    closed = settled(rule=RULE, source=Source(statement=words), licence=None, body="글")
    free = settled(rule=RULE, source=Source(), licence=None, body=f"글쓴이는 {words} 문구를 다룬다.")

    assert (closed.entry.licence.id, closed.denied) == ("UNKNOWN", "무단전재 및 재배포 금지")
    assert (free.entry.licence.id, free.denied) == ("KOGL-2", "")


def test_many_marks_are_read_in_time_in_proportion():
    """A list of licences must not hold up the build: twice as many marks take twice as long."""
    started = time.process_time()

    kogl_marks("공공누리 제1유형 " * 100_000)

    assert time.process_time() - started < 10  # half a second here; hours where it is quadratic


def test_a_detected_licence_carries_its_proof():
    """Whoever doubts the footer can see what was found."""
    text = '<img src="img_opentype01.png"> licenseTypeAi.do'

    licence, conflicting = detect_licence(text)

    assert (licence.id, licence.ai, conflicting) == ("KOGL-1", True, ())
    assert licence.evidence == Evidence(kind="page-mark", text="img_opentype01")


@pytest.mark.parametrize("licence", ["KOGL-3", "KOGL-4", "CC-BY-ND-4.0", "CC-BY-NC-ND-4.0"])
@pytest.mark.parametrize(
    ("digest", "kind", "removals", "link_only"),
    [
        ("right", Kind.PRESS_RELEASE, ("unwrap:span", "attr:style", "outline->list"), False),
        ("right", Kind.PRESS_RELEASE, ("promo-removed",), True),
        ("right", Kind.PRESS_RELEASE, ("image->link",), True),
        ("right", Kind.PRESS_RELEASE, ("h1->h2",), True),
        ("right", Kind.DERIVED, (), True),
        ("wrong", Kind.PRESS_RELEASE, (), True),
        ("", Kind.PRESS_RELEASE, (), True),
    ],
)
def test_a_closed_work_is_shown_only_when_its_text_is_proven(settled, licence, digest, kind, removals, link_only):
    """Showing a changed text under a no-change licence is an infringement."""
    text = "글이다."
    proof = {"right": text_digest(text), "wrong": "0" * 64, "": ""}[digest]
    source = Source(name="견본브리핑", url="https://press.example.go.kr/1", text_sha256=proof)

    found = settled(licence=Licence(id=licence), source=source, kind=kind, removals=removals, text=text)

    assert found.entry.link_only is link_only


@pytest.mark.parametrize(
    "licence", ["KOGL-0", "KOGL-1", "KOGL-2", "CC-BY-4.0", "CC-BY-NC-SA-4.0", "UNKNOWN", "PERMISSION"]
)
def test_an_open_work_is_shown_whatever_was_cleaned(settled, licence):
    """Unknown terms are a doubt that the page states, not a ban."""
    removals = ("promo-removed", "image->link")

    found = settled(licence=Licence(id=licence), removals=removals)

    assert not found.entry.link_only


def test_the_digest_of_a_text_ignores_white_space_and_composition():
    """The same words copied from another system must prove the same text."""
    first, second = "한글 글이다.\n둘째 줄", "한글글이다.  둘째\t줄"

    digests = {text_digest(first), text_digest(second)}

    assert len(digests) == 1


def test_what_is_not_said_is_filled_in(settled):
    """Every article stands in a category and names an institution where the rule knows one."""
    found = settled(rule=RULE, source=Source(), agencies=(), categories=(), lang="").entry

    assert found.article.agencies == ("규칙청",)
    assert found.article.categories == ("미분류",)
    assert found.article.lang == "ko"
    assert found.indexing is Indexing.CANONICAL


def test_the_address_comes_from_permalink_slug_or_title(settled):
    """A slug of signs alone must not cost the article."""
    published = datetime(2024, 5, 3, tzinfo=SEOUL)

    urls = [
        settled(permalink="/p/", published=published).entry.url,
        settled(slug="a b", published=published).entry.url,
        settled(slug="???", title="봄 소식", published=None).entry.url,
    ]

    assert urls == ["/p/", "/2024/05/a-b/", "/undated/봄-소식/"]


def test_an_address_that_cannot_be_made_is_told(settled):
    """The check names the reason; nothing is published at a made-up place."""
    found = settled(permalink="/../x/")

    assert found.entry.url == ""
    assert found.address_error == "it climbs out of the site"
