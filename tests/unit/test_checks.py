"""Every check of content: one good and one bad value, with the exact place and both languages."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sitegen.checks.content import CHECKS, check_content, not_yet, position_of, waiting_for
from sitegen.messages import MESSAGES, hint_of, message_of
from sitegen.model import (
    Attachment,
    Evidence,
    Image,
    Indexing,
    Kind,
    Licence,
    Media,
    Notice,
    NoticeKind,
    Origin,
    Removal,
    Source,
)
from sitegen.problems import Severity
from sitegen.site.entry import settle
from tests.unit.conftest import BODY_LINE, PLACES, body_of

SEOUL = ZoneInfo("Asia/Seoul")
PROOF = Evidence(kind="page-mark", text="제1유형")


def removed(rule, excerpt=""):
    """Return a body from which a rule removed something."""
    return body_of(removals=(Removal(rule=rule, excerpt=excerpt),))


NAMED = {"name": "견본브리핑"}
ORIGINAL = "https://press.example.go.kr/1"
TWO_MARKS = "공공누리 제1유형, 공공누리 제2유형"
# code: (bad values, place, Korean words, English words, good values)
CASES = {
    "SRC001": ({"source": Source()}, "6:3", "출처 이름", "no source name", {}),
    "SRC002": (
        {"source": Source(**NAMED)},
        "7:3",
        "원문 주소",
        "no address",
        {"source": Source(**NAMED, url=ORIGINAL)},
    ),
    "SRC003": (
        {"source": Source(**NAMED, url="https://press.example.go.kr/")},
        "7:3",
        "첫 화면입니다: https://press.example.go.kr/",
        "front page, not the article: https://press.example.go.kr/",
        {"source": Source(**NAMED, url=ORIGINAL)},
    ),
    "SRC004": (
        {"source": Source(**NAMED, url=f"{ORIGINAL}?utm_source=a&fbclid=b")},
        "7:3",
        "지웠습니다: utm_source, fbclid",
        "stripped from source.url: utm_source, fbclid",
        {"source": Source(**NAMED, url=f"{ORIGINAL}?id=7")},
    ),
    "SRC006": (
        {"kind": Kind.PRESS_RELEASE, "agencies": ()},
        "4:3",
        "작성기관(agency)이 없습니다",
        "without an agency",
        {"kind": Kind.POLICY_NEWS, "agencies": ()},
    ),
    "FM008": ({"title": ""}, "2:3", "제목(title)이 없습니다", "no title", {}),
    "DATE001": ({"published": None}, "3:3", "날짜가 없습니다", "no date", {}),
    "LIC001": ({"licence": None}, "5:3", "확인되지 않았습니다", "not established", {}),
    "LIC002": ({"licence": Licence(id="KOGL-9")}, "5:3", '"KOGL-9"', 'license "KOGL-9" is not known', {}),
    "LIC003": (
        {"licence": Licence(id="KOGL-1")},
        "5:3",
        "근거(license.evidence)가 없습니다",
        "no evidence",
        {"licence": None, "text": "공공누리 제1유형"},
    ),
    "LIC013": (
        {"title": "[기고] 강을 살리는 길", "licence": Licence(id="KOGL-1", evidence=PROOF)},
        "2:3",
        "다른 사람의 저작물이라는 표시가 있습니다: “[기고”",
        "a mark of somebody else's rights: “[기고”",
        {"title": "주민의 기고만장한 반대", "licence": Licence(id="KOGL-1", evidence=PROOF)},
    ),
    "LIC016": (
        {"attachments": (Attachment(label="붙임", url="/files/a.hwpx"),)},
        "1:1",
        "붙임 파일의 이용조건을 알 수 없습니다: /files/a.hwpx",
        "are not recorded: /files/a.hwpx",
        {
            "attachments": (
                Attachment(label="붙임", url="/files/a.hwpx"),
                Attachment(label="붙임", url="https://a.go.kr/b.hwpx"),
            ),
            "media": (Media(src="/files/a.hwpx", license="KOGL-1", credit="하천청"),),
        },
    ),
    "BODY003": (
        {"origin": Origin(profile="feed/1", unplaced=2)},
        "1:1",
        "어느 칸에도 넣지 못한 줄이 2개 있습니다",
        "2 line(s) could not be placed on import",
        {"origin": Origin(profile="feed/1")},
    ),
    "FM010": (
        {"origin": Origin(profile="post/1", unread_keys=("authors", "weight"))},
        "1:1",
        "쓰지 않는 키가 있었습니다: authors, weight",
        "keys that are not used here: authors, weight",
        {"origin": Origin(profile="post/1")},
    ),
    "LIC014": (
        {"licence": Licence(id="KOGL-0")},
        "5:3",
        "2026-01-28에 생겼는데",
        "dates from 2026-01-28",
        {"licence": Licence(id="KOGL-0"), "published": datetime(2026, 1, 28, tzinfo=SEOUL)},
    ),
    "LIC011": (
        {"licence": Licence(id="KOGL-3", evidence=PROOF), "kind": Kind.DERIVED},
        "4:3",
        "고쳐 쓴 글이라 본문을 싣지 않습니다 (KOGL-3)",
        "shown as a link only (KOGL-3)",
        {"kind": Kind.DERIVED},
    ),
    "VERB001": (
        {"licence": Licence(id="KOGL-4", evidence=PROOF)},
        "8:3",
        "같은지 확인되지 않아",
        "not proven equal to the original",
        {"licence": Licence(id="KOGL-2", evidence=PROOF)},
    ),
    "VERB002": (
        {"licence": Licence(id="KOGL-4", evidence=PROOF), "changes": ("summary",)},
        "5:3",
        "허용되지 않는 정리가 필요해 본문을 싣지 않습니다: summary",
        "beyond presentation; shown as a link only: summary",
        {"changes": ("summary",)},
    ),
    "URL002": (
        {"permalink": "/../a/"},
        "9:3",
        '주소로 쓸 수 없습니다: "/../a/"',
        'cannot be an address: "/../a/" (it climbs out of the site)',
        {"permalink": "/a/"},
    ),
}
BODIES = {
    "BODY001": (body_of(""), "본문도 요약도 붙임도 없습니다", "no text, no summary", body_of()),
    "BODY002": (body_of("본문 바로가기"), "“본문 바로가기”", "“본문 바로가기”", body_of("본문으로 돌아가자")),
    "BODY007": (
        body_of("정부는 \U000f0854계획\U000f0855을 밝혔다"),
        "“정부는 (U+F0854)계획",
        "only HWP or one font can show",
        body_of("정부는 『계획』을 밝혔다 😀"),
    ),
    "BODY008": (
        body_of("본문\n{% include toc.html %}"),
        "글자로 남았습니다: “{% include toc.html %}”",
        "stands as text",
        body_of("{가} {1, 2} {{ }} [사진] [embedding]"),
    ),
    "BODY009": (
        removed("words-removed", "시는 예산을"),
        "글이 빠졌습니다: “시는",
        "words went with",
        removed("unwrap:div"),
    ),
    "BODY010": (
        body_of("□ 배경 ㅇ 빈집이 늘고 있다"),
        "한 문단으로 이어졌습니다: “□ 배경 ㅇ",
        "run together",
        body_of("□ 배경\nㅇ 빈집이 늘고 있다\n가 ㅇ 나\n□ 동의함 □ 동의하지 않음\n○ 예(○) 중 ○ 표시"),
    ),
    "BODY012": (
        body_of("[붙임](한 글.pdf)"),
        "글자로 남았습니다: “[붙임](한 글.pdf)",
        "stand as text: “[붙임](한 글.pdf)",
        body_of(
            "[붙임] (자료 1.2) | 가 | 나 <관세청>\n참여기업** 및 협력사**\n** 설명 ** 둘\n현황**은 기업**\n010-**34-**78\n'**시'와 '**군'\n카드 (**12)와 (**34)\n# 1번 #해시태그"
        ),
    ),
    "BODY011": (
        removed("dead-address", "file:///C:/a.hwp"),
        "링크를 풀었습니다: file:///C:/a.hwp",
        "cannot be used: file:///C:/a.hwp",
        removed("bad-url", "javascript:print()"),
    ),
    "BODY013": (
        removed("hidden->shown", "펼쳐 읽는 글"),
        "숨긴 글이 여기서는 보입니다: “펼쳐 읽는 글”",
        "hides are shown here: “펼쳐 읽는 글”",
        removed("unwrap:div"),
    ),
    "BODY004": (body_of("한\ufffd글"), "글자가 깨졌습니다", "broken characters", body_of("déjà vu, naïve")),
    "BODY006": (removed("too-deep", "b"), "64단계", "below 64 levels", removed("unwrap:div")),
    "FILE003": (
        removed("missing-picture", "/img/a.png"),
        "싣지 않았습니다: /img/a.png",
        "not shown: /img/a.png",
        removed("image->link", "https://a.example/a.png"),
    ),
    "FILE010": (
        removed("missing-picture", "data:image/png;base64,AAAA…"),
        "글 안이나 글쓴이의 컴퓨터에 있어 싣지 않았습니다: data:image/png",
        "lies in the text itself, or on its writer's machine, is not shown: data:image/png",
        removed("missing-picture", "/data:image/a.png"),
    ),
    "A11Y001": (body_of(bold_share=0.31), "본문의 31%", "31% of the body", body_of(bold_share=0.3)),
    "A11Y002": (
        body_of(images=(Image(src="/img/a.png", alt="", shown=True),)),
        "그림입니다: /img/a.png",
        "alternative text: /img/a.png",
        body_of(images=(Image(src="/a.png", alt="가", shown=True), Image(src="x", alt="", shown=False))),
    ),
    "A11Y003": (body_of(bare_tables=2), "표가 2개", "2 data table(s)", body_of(bare_tables=0)),
    "LIC012": (
        removed("unlicensed-picture", "/img/a.png"),
        "그림을 싣지 않았습니다: /img/a.png",
        "this picture is not shown: /img/a.png",
        removed("image->link", "https://a.example/a.png"),
    ),
    "SRC009": (
        removed("promo-removed", "출처: 어느 블로그의 글"),
        "출처를 밝히고 있었습니다: 출처: 어느 블로그의 글",
        "names a source: 출처: 어느 블로그의 글",
        removed("promo-removed", "더 많은 소식은 어느 블로그에서"),
    ),
    "PII001": (
        body_of("신청인 900101-1234567"),
        "숫자가 있습니다: 900101-*******",
        "number: 900101-*******",
        body_of("접수 번호 900101-9234567, 1900101-12345678"),
    ),
    "PII002": (
        body_of("문의 010-0123-4567"),
        "번호가 있습니다: 010-0123-4567",
        "number: 010-0123-4567",
        body_of("문의 044-123-4567, 2010-0123-4567, 예: 010-1234-5678, 010-0000-0000, 01012345678"),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_a_head_that_needs_work_is_found_at_its_field(check, code):
    """The writer goes straight to the line, in their own language."""
    bad, place, korean, english, good = CASES[code]

    problem = next(problem for problem in check(**bad) if problem.code == code)

    assert f"{problem.where}" == f"content/articles/a.md:{place}"
    assert korean in message_of(problem, "ko")
    assert english in message_of(problem, "en")
    assert problem.severity is MESSAGES[code].severity
    assert bool(hint_of(problem, "ko")) == bool(hint_of(problem, "en"))
    assert code not in [problem.code for problem in check(**good)]


@pytest.mark.parametrize("code", BODIES)
def test_a_body_that_needs_work_is_found_at_its_first_line(check, code):
    """What cleaning found is told where the body begins."""
    bad, korean, english, good = BODIES[code]

    problem = next(problem for problem in check(body=bad) if problem.code == code)

    assert f"{problem.where}" == f"content/articles/a.md:{BODY_LINE}:1"
    assert korean in message_of(problem, "ko")
    assert english in message_of(problem, "en")
    assert problem.severity is MESSAGES[code].severity
    assert code not in [problem.code for problem in check(body=good)]


@pytest.mark.parametrize(
    ("written", "body", "place"),
    [
        ("앞\n둘 {: .table}\n", body_of("앞 둘 {: .table}"), "21:3"),
        ("앞\n\n<b>{{ site</b>.title }}", body_of("앞\n{{ site.title }}"), "20:1"),
        ("앞\n\n주민 900101-1234567", body_of("앞\n주민 900101-1234567"), "22:4"),
        ("앞\n![가](/img/%EA%B0%80.png)", removed("missing-picture", "/img/a.png"), "20:1"),
        ("앞\n\n가 &#xf0854;\U000f0854", body_of("가 \U000f0854"), "22:12"),
        ("앞\n![가](/img/b.png)", removed("missing-picture", "/img/b.png"), "21:6"),
    ],
    ids=["mark", "split", "hidden", "unknown", "letter", "picture"],
)
def test_a_finding_in_a_body_has_its_line_and_column(article_of, config_of, written, body, place):
    """Nobody finds one brace in two hundred lines."""
    article = article_of(places=PLACES, body_line=BODY_LINE)

    (problem,) = check_content(settle(article, body, config_of()), config_of(), written)

    assert f"{problem.where}" == f"content/articles/a.md:{place}"


ENGLISH = "The river authority has measured the quality of the water at one hundred and twenty places. " * 2


@pytest.mark.parametrize(
    ("fields", "body", "site", "codes"),
    [
        ({}, ENGLISH, "ko", ["A11Y004"]),
        ({}, f"{ENGLISH} 그림 (a.example)", "ko", ["A11Y004"]),
        ({"title": "川がきれいになった"}, "川がきれいになった。" * 20, "ko", ["A11Y004"]),
        ({"lang": "en"}, ENGLISH, "ko", []),
        ({"lang": "ko"}, ENGLISH, "ko", []),
        ({}, ENGLISH, "en", []),
        ({"title": "River 강물"}, ENGLISH, "ko", []),
        ({}, "Rivers run clear.", "ko", []),
        ({}, f"{ENGLISH} 강물의 질을 백이십 곳에서 재었다.", "ko", []),
    ],
)
def test_a_text_without_hangul_is_korean_only_where_it_says_so(check, fields, body, site, codes):
    """A page that calls English Korean is read out in Korean sounds, and found by no English search."""
    problems = check(
        **{"title": "Rivers run clear", "lang": "", **fields}, body=body_of(body), config={"language": site}
    )

    assert [problem.code for problem in problems] == codes


def test_a_sound_article_has_no_problem(check):
    """Silence must mean that all is well."""
    expected = []

    problems = check()

    assert problems == expected


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("공공누리 제1유형", "KOGL-1"),
        ("공공누리 4유형", "KOGL-4"),
        ("KOGL1", "KOGL-1"),
        ("kogl-3", "KOGL-3"),
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc-by-nc-sa-4.0", "CC-BY-NC-SA-4.0"),
        ("cc-by-nd", "CC-BY-ND-4.0"),
        ("아무거나", "KOGL-0 | KOGL-1 | "),
        ("CC BY 2.0 KR", "KOGL-0 | KOGL-1 | "),
        ("CC-BY-SA-3.0", "KOGL-0 | KOGL-1 | "),
        ("OGL-2.0", "KOGL-0 | KOGL-1 | "),
        ("KOGL-5", "KOGL-0 | KOGL-1 | "),
    ],
)
def test_a_licence_in_another_spelling_is_told_as_it_is_to_be_written(check, written, meant):
    """Seventeen names are no answer to a writer who spelt one of them; another version is another licence, though."""
    problems = check(licence=Licence(id=written))

    hint = next(hint_of(problem, "en") for problem in problems if problem.code == "LIC002")
    assert hint.startswith(f"write {meant}")
    assert meant.endswith("| ") or hint.startswith(f"write {meant} if that is what the mark says")


def test_two_licences_in_one_body_are_told(article_of, config_of):
    """The writer decides between two marks (LIC004), not the program."""
    article = article_of(licence=None, body=TWO_MARKS, places=PLACES)

    problems = check_content(settle(article, body_of(), config_of()), config_of())

    (problem,) = problems
    assert message_of(problem, "en") == "two different KOGL types in one article: KOGL-1, KOGL-2"
    assert (problem.code, problem.where.line) == ("LIC004", 5)


@pytest.mark.parametrize(("licence", "codes"), [("KOGL-2", ["LIC010"]), ("CC-BY-NC-4.0", ["LIC010"]), ("KOGL-1", [])])
def test_a_site_that_earns_money_may_not_show_what_is_closed_to_trade(check, licence, codes):
    """An advertisement beside a type 2 text is an infringement (LIC010)."""
    stated = Licence(id=licence, evidence=PROOF)

    problems = check(licence=stated, config={"commercial": True})

    assert [problem.code for problem in problems] == codes
    assert check(licence=stated) == []


@pytest.mark.parametrize(
    ("indexing", "kind", "codes"),
    [
        (Indexing.SELF, Kind.POLICY_NEWS, ["SEO001"]),
        (Indexing.SELF, Kind.DERIVED, []),
        (Indexing.SOURCE_FIRST, Kind.POLICY_NEWS, []),
        (Indexing.CANONICAL, Kind.POLICY_NEWS, []),
    ],
)
def test_a_copy_that_search_engines_may_index_is_told(check, indexing, kind, codes):
    """Copies that compete with their originals get a site thrown out (SEO001)."""
    settings = {"indexing": indexing}

    problems = check(kind=kind, config=settings)

    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize(
    "fields", [{"summary": "요약"}, {"attachments": (Attachment(label="붙임"),)}], ids=["summary", "attachment"]
)
def test_an_article_without_text_may_have_a_summary_or_an_attachment(check, fields):
    """Many notices are one attached file."""
    empty = body_of("")

    problems = check(body=empty, **fields)

    assert problems == []


def test_a_withdrawn_article_is_asked_for_its_title_address_and_persons_only(check):
    """A tombstone must not nag about a text that is gone, nor be held back for a source that stood in it."""
    notice = Notice(kind=NoticeKind.WITHDRAWN)
    bare = {"notice": notice, "licence": None, "published": None, "body": body_of(""), "source": Source()}

    assert check(**bare) == []
    assert [problem.code for problem in check(**bare, title="신청인 900101-1234567")] == ["PII001"]


def test_a_text_that_is_not_shown_is_not_asked_to_be_readable(check):
    """Nobody sees the bold of a text that stands elsewhere."""
    licence = Licence(id="KOGL-4", evidence=PROOF)

    problems = check(licence=licence, body=body_of(bold_share=0.9, bare_tables=1))

    assert [problem.code for problem in problems] == ["VERB001"]


def test_the_settings_decide_how_much_a_problem_matters(check):
    """A site may hold back what others only warn about."""
    policy = (("DATE001", Severity.ERROR),)

    (problem,) = check(published=None, config={"policy": policy})

    assert problem.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ⓒ 하천청", []),
        ("© 견본브리핑, 무단 전재 금지", ["LIC013"]),
        ("ⓒ 나루일보", ["LIC013"]),
        ("ⓒ 사진공방", ["LIC013"]),
        ("(사진 ⓒ 사진 김나루 작가)", ["LIC013"]),
        ("ⓒ영상 나루방송", ["LIC013"]),
        ("다만 © 사진의 경우 제3자에게 저작권이 있습니다. ⓒ영상은 ⓒ 이미지", []),
        ("문의: 저작권정책과", []),
        ("가\n저작권정책\n나", ["BODY002"]),
    ],
)
def test_whom_the_credit_names_is_nobody_else(check, text, codes):
    """A ministry marks its own text, and has an office for rights."""
    licence = Licence(id="KOGL-1", evidence=PROOF)

    problems = check(body=body_of(text), licence=licence, agencies=("하천청",), source=Source(**NAMED, url=ORIGINAL))

    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize(
    ("published", "embargo", "until"),
    [
        (datetime(2026, 3, 1, 8, tzinfo=SEOUL), None, None),
        (datetime(2026, 3, 1, 9, tzinfo=SEOUL), None, None),
        (datetime(2026, 3, 1, 10, tzinfo=SEOUL), None, "2026-03-01 10:00"),
        (datetime(2026, 3, 1, 8, tzinfo=SEOUL), datetime(2026, 3, 2, tzinfo=SEOUL), "2026-03-02 00:00"),
        (datetime(2026, 3, 5, tzinfo=SEOUL), datetime(2026, 3, 2, tzinfo=SEOUL), "2026-03-05 00:00"),
        (None, None, None),
    ],
)
def test_an_article_waits_for_its_date_and_its_embargo(article_of, published, embargo, until):
    """A minute too early is a broken embargo."""
    now = datetime(2026, 3, 1, 9, tzinfo=SEOUL)

    moment = waiting_for(article_of(published=published, embargo_until=embargo), now)

    assert (f"{moment:%Y-%m-%d %H:%M}" if moment else None) == until


def test_a_waiting_article_says_until_when(article_of):
    """The writer sees why the article is missing (DATE002)."""
    until, now = datetime(2026, 3, 2, tzinfo=SEOUL), datetime(2026, 3, 1, 9, tzinfo=SEOUL)

    problem = not_yet(article_of(embargo_until=until), until, now)

    assert message_of(problem, "en") == "left out until 2026-03-02 00:00 (now 2026-03-01 09:00)"
    assert (problem.code, problem.severity) == ("DATE002", Severity.NOTE)


def test_every_check_says_what_it_asks():
    """The docstring is the explanation people get."""
    checks = CHECKS

    silent = [check.__name__ for check in checks if not (check.__doc__ or "").strip()]

    assert silent == []


@pytest.mark.parametrize(
    ("shown", "written", "place"),
    [
        ("|다|라| |--| |1|2|", "|---|---|\n\n|다|라|\n|--|\n|1|2|", 11),
        ("C:%5Ca b.hwp", "글\n\n[문서](C:\\a b.hwp)", 8),
        ("강물이 맑아…", "앞\n강물이\n맑아졌다", 2),
        ("--| 나루천", "---|\n가 나루천", 7),
        ("?!", "글", 0),
    ],
)
def test_a_finding_is_told_where_it_was_written(shown: str, written: str, place: int) -> None:
    """What is shown stands on one line, cleaned; the place is of the file as its author sees it."""
    assert position_of(shown, written) == place
