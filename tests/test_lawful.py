"""What the built site says and hides: licences, history, records, texts that say the same."""

import json
from pathlib import Path

import pytest

from sitegen.checks.pages import check_output
from sitegen.messages import message_of
from sitegen.problems import Severity
from sitegen.site.entry import text_digest
from tests.conftest import SiteTest


def test_a_text_that_denies_the_licence_of_its_rule_is_told(site: SiteTest) -> None:
    """Who wrote the rule had the source's other texts in mind."""
    rule = (
        '[[sources]]\npaths = ["**"]\nname = "견본브리핑"\nsite = "https://press.example.go.kr"\nlicense = "KOGL-1"\n'
    )
    head = "---\ntitle: 강\ndate: 2026-03-02\nagency: 하천관리청\n---\n"
    site.write("content/site.toml", rule).write(
        "content/river.md", f"{head}이 자료는 자유이용 대상에서 제외됩니다.\n"
    ).build()

    (found,) = site.problems("LIC017")

    assert "따르지 않았습니다: “자유이용 대상에서 제외됩니다”" in message_of(found, "ko")
    assert "was not taken: “자유이용 대상에서 제외됩니다”" in message_of(found, "en")
    assert site.problems("LIC001") == site.problems("LIC004") == []


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        ("강물이 맑다.\n\n공공누리 제1유형\n\n- 공공누리 제4유형", "LIC004", "10:3"),
        ("강물이 맑다.\n\n공공누리 제1유형\n\n공공누리 <b>제4유형</b>", "LIC004", "10:1"),
        ("강물이 맑다.\n\n![](/img_opentype01.jpg)\n\n글 ![](/img_opentype04.jpg)", "LIC004", "10:8"),
        ("강물이 맑다.\n\n이 자료는 자유이용 대상에서 제외됩니다.", "LIC017", "8:7"),
    ],
    ids=["words", "tags", "pictures", "denied"],
)
def test_what_makes_a_licence_doubtful_is_told_where_it_stands(
    site: SiteTest, body: str, code: str, place: str
) -> None:
    """A head that names no licence has no line to look at."""
    rule = '[[sources]]\npaths = ["**"]\nname = "견본브리핑"\nlicense = "KOGL-1"\n'
    head = "---\ntitle: 강\ndate: 2026-03-02\nagency: 하천관리청\n---\n"
    site.write("content/site.toml", rule).write("content/river.md", f"{head}{body}\n").build()

    (found,) = site.problems(code)

    assert str(found.where).endswith(f"river.md:{place}")


def test_credit_record_and_structured_data_name_one_year(site: SiteTest) -> None:
    """The year of a work is that of the place where it was published; `check` asks the credit for it."""
    site.article("river", date="2013-12-31 13:31:03 -0400").article("lake", date="2013-12-31").build()

    record = json.loads((site.output / "2014/01/river/article.json").read_text("utf-8"))
    lake = json.loads((site.output / "2013/12/lake/article.json").read_text("utf-8"))
    page = site.page("/2014/01/river/")
    found = check_output(site.config(), lambda *_: None)[1]

    assert (record["date"], record["year"]) == ("2014-01-01T02:31:03+09:00", 2013)
    assert "에서 2013년 작성하여" in record["attribution"]
    assert '"copyrightYear":2013' in page.html
    assert "year" not in lake
    assert [problem for problem in found if problem.code.startswith("ATTR")] == []


def test_the_record_beside_an_article_tells_its_provenance_by_rule_names_and_counts(site: SiteTest) -> None:
    """Machines get the text and how it came here; what was cut away is nobody's business but the editors'."""
    body = '<p style="color:red">강물이 10<sup>3</sup>배 맑다.</p><p><a href="https://onioninfo.kr/x">여기를 누르세요</a></p><script>tell()</script>'
    more = "import: {profile: post/1}\n"
    site.article("river", body=body, more=more).build()

    record = json.loads((site.output / "2026/03/river/article.json").read_text("utf-8"))

    assert record["text"] == "강물이 10³배 맑다."
    assert record["license"]["id"] == "KOGL-1"
    assert record["provenance"]["importer"] == "post/1"
    assert record["provenance"]["rules"]["promo-removed"] == 1
    assert record["provenance"]["rules"]["removed:script"] == 1
    assert "누르세요" not in json.dumps(record, ensure_ascii=False)
    assert "promo-removed" in site.page("/2026/03/river/").text(".history")


def test_nothing_of_a_text_that_may_not_be_shown_is_anywhere(site: SiteTest) -> None:
    """Page, lists, feeds, record: a link-only article gives away title and source, no more."""
    site.article("river", body="감추어야 할 문장입니다.", more="description: 감추어야 할 요약입니다.\n")
    path = site.folder / "content/river.md"
    path.write_text(path.read_text("utf-8").replace("KOGL-1", "KOGL-4"), "utf-8")
    site.build()

    record = json.loads((site.output / "2026/03/river/article.json").read_text("utf-8"))
    assert record["link_only"] is True
    assert "text" not in record
    assert not any("감추어야".encode() in data for data in site.files().values())


def test_not_a_byte_of_an_embargoed_article_is_out_before_its_time(site: SiteTest) -> None:
    """The ministry's hour counts, in pages, lists, feeds, sitemap and records."""
    until = "embargo_until: 2026-11-22 12:00:01\ntags: [비밀태그]\n"
    site.article("river", title="아직 비밀인 발표", body="아직 비밀인 본문.", more=until).article("lake").build()

    assert not any("비밀".encode() in data for data in site.files().values())
    assert not (site.output / "2026/03/river").exists()


LONG = " ".join(f"강물을 {number}번 살펴 {number % 7}급수로 고친다고 밝혔다." for number in range(40))


def test_articles_that_say_nearly_the_same_lead_to_each_other(site: SiteTest) -> None:
    """A joint release is published twice on purpose; the reader of one is told of the other."""
    site.article("river", body=LONG).article("lake", body=f"{LONG} 산림녹지원도 함께한다.", date="2026-03-01").build()

    (found,) = site.problems("DUP001")
    page = site.page("/2026/03/river/")
    assert found.severity is Severity.WARNING
    assert found.where.path.endswith("river.md")
    assert dict(found.details)["other"].endswith("lake.md")
    assert page.all("#alike-title") == ["같은 소식"]
    assert "/2026/03/lake/" in page.attributes("section.related a", "href")
    record = json.loads((site.output / "2026/03/river/article.json").read_text("utf-8"))
    assert record["alike"] == ["/2026/03/lake/"]


def test_of_many_alike_the_nearest_in_time_are_shown(site: SiteTest) -> None:
    """A daily bulletin has thousands of its like: a page that named all of them would grow with the site."""
    for day in range(1, 21):
        site.article(chr(0xAC00 + day), body=f"{LONG} {day}일.", date=f"2026-03-{day:02}")
    site.build()

    record = json.loads((site.output / f"2026/03/{chr(0xAC00 + 10)}/article.json").read_text("utf-8"))
    days = [ord(url.rsplit("/", 2)[1]) - 0xAC00 for url in record["alike"]]
    assert days == [14, 13, 12, 11, 9, 8, 7, 6]


def licensed(site: SiteTest, licence: str, name: str = "river") -> None:
    """Put another licence into an article, and its mark."""
    path = site.folder / f"content/{name}.md"
    mark = f"제{licence[-1]}유형" if licence.startswith("KOGL-") else licence
    path.write_text(path.read_text("utf-8").replace("KOGL-1", licence).replace("공공누리 제1유형", mark), "utf-8")


def test_a_link_only_page_shows_title_agency_date_credit_and_link_alone(site: SiteTest) -> None:
    """Subtitle, topics, offices and file names are the holder's words as well."""
    more = (
        "subtitle: 감출 부제\ntags: [감출 주제]\ncontacts: [{org: 감출 부서}]\n"
        "attachments: [{label: 감출 붙임, url: 'https://press.example.go.kr/a.hwp'}]\n"
    )
    site.article("river", body="감출 본문입니다.", more=more)
    licensed(site, "KOGL-4")
    site.build(base_url="https://name.example/")

    assert not any("감출".encode() in data for data in site.files().values())
    assert site.page("/2026/03/river/").count(".head .chip--agency") == 1


def test_a_summary_alone_of_a_work_closed_to_changes_is_not_shown(site: SiteTest) -> None:
    """A summary is somebody's rewriting until it is proven."""
    site.article("river", body="", more="description: 감출 요약입니다.\n")
    licensed(site, "KOGL-4")
    site.build()

    assert not any("감출".encode() in data for data in site.files().values())
    assert [problem.code for problem in site.problems("VERB001")] == ["VERB001"]


def test_a_proven_text_is_summed_up_in_its_own_words(site: SiteTest) -> None:
    """A summary by hand is a change that the licence forbids."""
    body = "강물이 맑아졌다고 하천관리청이 밝혔다."
    site.article("river", body=body, more="description: 손으로 쓴 요약입니다.\n")
    path = site.folder / "content/river.md"
    text = path.read_text("utf-8").replace("source: {name", f"source: {{text_sha256: {text_digest(body)}, name")
    path.write_text(text.replace("KOGL-1", "KOGL-3"), "utf-8")
    site.build()

    assert not any("손으로 쓴".encode() in data for data in site.files().values())
    assert site.page("/2026/03/river/").attributes('meta[name="description"]', "content") == [body]


@pytest.mark.parametrize("claim", ["KOGL-1", "CC-BY-4.0", "EXPIRED", "PERMISSION"])
def test_a_claim_without_proof_beside_another_mark_is_no_licence(site: SiteTest, claim: str) -> None:
    """The page of the original says type 4: what the head claims must not win by being first."""
    site.article("river", body="본문.\n\n공공누리 제4유형")
    path = site.folder / "content/river.md"
    bare = path.read_text("utf-8").replace(", evidence: {kind: page-mark, text: 공공누리 제1유형}", "")
    path.write_text(bare.replace("KOGL-1", claim), "utf-8")
    site.build()

    (found,) = site.problems("LIC004")
    assert dict(found.details)["found"] == f"{claim}, KOGL-4"
    assert "이용조건이 확인되지 않았습니다" in site.page("/2026/03/river/").text("footer.source")


@pytest.mark.parametrize(
    "evidence",
    [
        "{}",
        "{kind: '', text: ''}",
        "{kind: null, text: null, url: null}",
        "{seen: 2026-03-02}",
        "''",
        "{kind: page-mark}",
        '{kind: api-field, text: "-"}',
        '"?"',
    ],
)
def test_hollow_evidence_proves_nothing(site: SiteTest, evidence: str) -> None:
    """Brackets with nothing in them must not win over the mark of the text."""
    site.article("river", body="본문.\n\n공공누리 제4유형").article("lake")
    for name in ("river", "lake"):
        path = site.folder / f"content/{name}.md"
        path.write_text(path.read_text("utf-8").replace("{kind: page-mark, text: 공공누리 제1유형}", evidence), "utf-8")
    site.build()

    assert [Path(problem.where.path).name for problem in site.problems("LIC004")] == ["river.md"]
    assert [Path(problem.where.path).name for problem in site.problems("LIC003")] == ["lake.md"]


def test_evidence_of_another_type_proves_nothing(site: SiteTest) -> None:
    """Whoever copies the mark of the page and the licence of another article is told; a permission may name the type."""
    site.article("river").article("lake").article("pond")
    for name, licence in (("river", "KOGL-1"), ("lake", "PERMISSION"), ("pond", "KOGL-4")):
        path = site.folder / f"content/{name}.md"
        text = path.read_text("utf-8").replace("text: 공공누리 제1유형", "text: 공공누리 제4유형")
        path.write_text(text.replace("KOGL-1", licence), "utf-8")
    site.build()

    (found,) = site.problems("LIC004")
    assert found.where.path.endswith("river.md")
    assert dict(found.details)["found"] == "KOGL-1, KOGL-4"
    assert "이용조건이 확인되지 않았습니다" in site.page("/2026/03/river/").text("footer.source")


def test_a_release_whose_text_is_not_here_says_so_and_leads_to_it(site: SiteTest) -> None:
    """A cut-off first sentence alone looks like the whole news."""
    site.article("lead", more="summary: 대내외 여건이 바뀌어···\n", body="").article("river").build()

    lead, whole = (site.page(f"/2026/03/{name}/") for name in ("lead", "river"))
    assert "이 누리집에는 본문이 실려 있지 않습니다." in lead.text(".note-box--big")
    assert lead.attributes(".note-box--big a", "href") == lead.attributes("footer.source dd a[rel]", "href")[:1]
    assert whole.count(".note-box--big") == 0


def test_a_scope_that_means_nothing_is_an_error(site: SiteTest) -> None:
    """A slip would widen what the page says the licence covers."""
    site.article("river")
    path = site.folder / "content/river.md"
    path.write_text(path.read_text("utf-8").replace("{id: KOGL-1", "{id: KOGL-1, scope: 전체"), "utf-8")
    site.build()

    (found,) = site.problems("FM006")
    assert dict(found.details)["field"] == "license.scope"


def test_a_source_that_is_an_address_leads_there(site: SiteTest) -> None:
    """As a name it would stand in the credit, and nothing would lead to the original."""
    site.write(
        "content/river.md",
        "---\ntitle: 강\ndate: 2026-03-02\nsource: https://www.korea.kr/news/view.do?newsId=9\nlicense: KOGL-1\n---\n\n"
        "본문입니다.\n\n자료 출처: 정책브리핑\n",
    ).build()

    page = site.page("/2026/03/river/")
    assert page.count('footer.source a[href="https://www.korea.kr/news/view.do?newsId=9"]') >= 1
    assert "본 저작물은 정책브리핑에서" in page.text("[data-cite]")


def test_what_the_mirror_wrote_after_an_original_is_not_the_institutions(site: SiteTest) -> None:
    """A summary signed with the agency's name puts words into its mouth."""
    site.article("river").article("stream")
    path = site.folder / "content/river.md"
    path.write_text(path.read_text("utf-8").replace("kind: press-release", "kind: derived"), "utf-8")
    site.build()

    ours, theirs = (site.page(f"/2026/03/{name}/") for name in ("river", "stream"))
    assert "변경 사항: 고쳐 씀" in ours.text("[data-cite]")
    value = json.loads(ours.text('script[type="application/ld+json"]'))
    assert value["author"]["@type"] == "Organization"
    assert "copyrightHolder" not in value
    assert json.loads(theirs.text('script[type="application/ld+json"]'))["author"]["@type"] == "GovernmentOrganization"


def test_a_notice_does_not_compete_with_what_replaces_it(site: SiteTest) -> None:
    """Both name the one original; the hint of SRC005 itself asks for this."""
    site.article("a-old", more="notice: {kind: replaced, replaced_by: /2026/03/river/}\n").article("river")
    for name in ("a-old", "river"):
        path = site.folder / f"content/{name}.md"
        path.write_text(path.read_text("utf-8").replace("source: {name", "source: {id: '77', name"), "utf-8")
    site.build()

    assert site.problems("SRC005") == []
    assert {"/2026/03/a-old/", "/2026/03/river/"} <= site.urls()


@pytest.mark.parametrize(
    "more",
    [
        "tags: ['900101-1234567']\n",
        "attachments: [{label: '900101-1234567 신청서'}]\n",
        "corrections: [{text: '900101-1234567'}]\n",
        "contacts: [{org: '900101-1234567'}]\n",
    ],
)
def test_a_resident_number_holds_an_article_back_wherever_it_stands(site: SiteTest, more: str) -> None:
    """Topics have pages, corrections a feed."""
    site.article("river", more=more).build()

    assert [problem.code for problem in site.problems("PII001")] == ["PII001"]
    assert not any(b"900101" in data for data in site.files().values())


SAID = {
    "SRC005": (
        "같은 원문이 두 번 실렸습니다: {folder}/content/lake.md",
        "the same original is published twice: {folder}/content/lake.md",
    ),
    "DUP001": (
        "다른 글과 거의 같은 글입니다: {folder}/content/lake.md",
        "nearly the same text as {folder}/content/lake.md",
    ),
    "POL001": ("LIC001의 예외가 2026-01-01에 끝났습니다", "the waiver of LIC001 ended on 2026-01-01"),
    "POL002": ("PII002의 예외가 필요한 글이 없습니다", "no article needs the waiver of PII002"),
    "LIC010": (
        "상업적 이용이 금지된 저작물인데 이 누리집은 영리로 설정되어 있습니다 (KOGL-2)",
        "a work closed to commercial use on a site declared commercial (KOGL-2)",
    ),
    "DATE002": (
        "아직 때가 되지 않아 뺐습니다: 2030-01-01 00:00 (지금 2026-11-22 12:00)",
        "left out until 2030-01-01 00:00 (now 2026-11-22 12:00)",
    ),
}
PLACES = {
    "SRC005": "content/river.md:7:1",
    "DUP001": "content/twin.md:2:1",
    "POL001": "content/site.toml:4:1",
    "POL002": "content/site.toml:9:1",
    "LIC010": "content/trade.md:8:1",
    "DATE002": "content/later.md:3:1",
}


def test_findings_about_the_whole_site_name_place_and_reason_in_both_languages(site: SiteTest) -> None:
    """What no single article shows by itself: copies, likenesses, waivers, the site's own purpose and clock."""
    waivers = "".join(
        f'[[policy.waiver]]\ncode = "{code}"\npaths = ["**"]\nreason = "견본"\n{until}\n'
        for code, until in (("LIC001", "until = 2026-01-01"), ("PII002", ""))
    )
    site.write("content/site.toml", f"[site]\ncommercial = true\n\n{waivers}")
    site.article("lake", body=LONG, date="2026-01-01").article("twin", body=f"{LONG} 덧붙임.").article("river")
    site.article("trade").article("later", date="2030-01-01")
    original = "https://press.example.go.kr/view?id="
    for name in ("lake", "river"):
        path = site.folder / f"content/{name}.md"
        head, _, rest = path.read_text("utf-8").partition(original)
        path.write_text(f"{head}{original}7{rest[rest.index(chr(34)) :]}", "utf-8")
    licensed(site, "KOGL-2", "trade")
    site.build()

    for code, (korean, english) in SAID.items():
        (found,) = site.problems(code)
        assert str(found.where) == f"{site.folder}/{PLACES[code]}"
        assert message_of(found, "ko") == korean.format(folder=site.folder)
        assert message_of(found, "en") == english.format(folder=site.folder)


def test_the_licence_page_says_what_each_licence_in_use_asks_and_allows(site: SiteTest) -> None:
    """Permits, forbids, requires: read off the same table that the build obeys."""
    for number, licence in enumerate(("KOGL-4", "CC-BY-SA-4.0", "EXPIRED"), 1):
        site.article(f"a{number}", date=f"2026-03-0{number}")
        licensed(site, licence, f"a{number}")
    site.build()

    page = site.page("/license/")
    terms = dict(zip(page.all(".terms__title"), page.all(".terms__list"), strict=True))
    assert terms == {
        "공공누리 제4유형 : 출처표시 + 상업적 이용금지 + 변경금지 1건": "출처표시필요함 상업적 이용할 수 없음 내용 변경할 수 없음",
        "CC BY-SA 4.0 1건": "출처표시필요함 상업적 이용할 수 있음 내용 변경할 수 있음 (바꾼 것도 같은 조건으로)",
        "보호기간이 끝난 저작물 1건": "출처표시없어도 됨 상업적 이용할 수 있음 내용 변경할 수 있음",
    }


@pytest.mark.parametrize(
    "more", ["notice: true\n", "notice: withdrawn\n", "notice: []\n", "corrections: [{date: 2026-03-04}]\n"]
)
def test_what_is_half_said_about_a_withdrawal_or_correction_holds_the_article_back(site: SiteTest, more: str) -> None:
    """An owner who wrote `notice: withdrawn` believes the text is gone."""
    site.article("river", more=more).build()

    assert [problem.code for problem in site.problems("FM006")] == ["FM006"]
    assert "/2026/03/river/" not in site.urls()


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("출처: 생활통계청", ["SRC008"]),
        ("출처: 견본 브리핑", []),
        ("출처: 새 이름 https://press.example.go.kr/7", []),
        ("", []),
    ],
)
def test_a_text_that_names_another_source_than_the_sites_rule_is_told(
    site: SiteTest, said: str, codes: list[str]
) -> None:
    """The text's counts, and somebody has to look which of them is right."""
    rule = '[[sources]]\npaths = ["**"]\nname = "견본브리핑"\nsite = "https://press.example.go.kr"\n'
    site.write("content/site.toml", rule)
    site.write("content/a.md", f"---\ntitle: 글\ndate: 2026-03-04\nagency: 가\n---\n강물이 맑다.\n\n{said}\n").build()

    assert [problem.code for problem in site.problems("SRC008")] == codes


@pytest.mark.parametrize(("url", "is_kept_out"), [("https://press.example.go.kr/1", False), ("", True)])
def test_a_copy_that_points_at_no_original_is_kept_out_of_search_engines(
    site: SiteTest, url: str, *, is_kept_out: bool
) -> None:
    """Under `canonical` a copy names the original; one whose address nobody knows would compete with it."""
    site.write("content/site.toml", '[site]\nindexing = "canonical"\nbase_url = "https://example.org/"\n')
    source = f"source: {{name: 견본브리핑, site: 'https://press.example.go.kr', url: '{url}'}}"
    site.write("content/river.md", f"---\ntitle: 강물\ndate: 2026-03-02\n{source}\n---\n\n글\n").build()

    page = site.page("/2026/03/river/")
    assert page.count('meta[name="robots"][content="noindex,follow"]') == is_kept_out
    assert page.count('link[rel="canonical"]') == (not is_kept_out)
