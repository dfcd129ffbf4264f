"""What happened after publication: corrections, new wordings and withdrawals, on their page, in the feed and the data."""

import json
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import SiteTest

ATOM = "{http://www.w3.org/2005/Atom}"


def test_corrections_are_told_on_the_article_in_its_data_on_the_changes_page_and_in_its_feed(site: SiteTest) -> None:
    """Who read the wrong number must be able to learn of it."""
    more = "corrections:\n  - {date: 2026-03-09, text: '참가 기업은 12곳이 아니라 21곳입니다.'}\n"
    site.article("river", more=more).article("lake").build(base_url="https://name.example/")

    article, changes = site.page("/2026/03/river/"), site.page("/changes/")
    feed = ET.fromstring((site.output / "changes/feed.xml").read_text("utf-8"))  # noqa: S314  our own file
    data = json.loads(article.soup.select_one('script[type="application/ld+json"]').text)
    assert "참가 기업은 12곳이 아니라 21곳입니다." in article.text(".note-box")
    assert data["correction"] == [
        {"@type": "CorrectionComment", "text": "참가 기업은 12곳이 아니라 21곳입니다.", "datePublished": "2026-03-09"}
    ]
    assert changes.all(".change__kind") == ["바로잡음"]
    assert changes.attributes(".change__title a", "href") == ["/2026/03/river/"]
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}updated") == "2026-03-09T00:00:00+09:00"
    assert entry.findtext(f"{ATOM}id") == "https://name.example/2026/03/river/#corrected-2026-03-09"


def test_a_correction_keeps_its_name_when_another_comes(site: SiteTest) -> None:
    """Feed readers would show the old one again. A day may be written in any form that the date may be."""
    first = "{date: 2026년 3월 9일, text: 첫째}"
    more = "corrections: [{{date: 2026. 3. 10., text: 둘째}}, {}]\n"
    names = []
    for rows in (f"corrections: [{first}]\n", more.format(first)):
        site.article("river", more=rows).build(base_url="https://name.example/")
        feed = ET.fromstring((site.output / "changes/feed.xml").read_text("utf-8"))  # noqa: S314  our own file
        names.append([entry.findtext(f"{ATOM}id", "").partition("#")[2] for entry in feed.findall(f"{ATOM}entry")])

    assert names == [["corrected-2026-03-09"], ["corrected-2026-03-10", "corrected-2026-03-09"]]


def test_changes_stand_newest_first_with_withdrawals_and_new_wordings(site: SiteTest) -> None:
    """One page tells all that readers should know again."""
    revised = "import: {profile: feed/1, revisions: [{revision: '2', sha256: abc, seen: 2026-04-01}]}\n"
    site.article("river", more="updated: 2026-03-20\n")
    site.article("lake", more=revised)
    site.article("hill", more="notice: {kind: withdrawn, date: 2026-05-05, reason: 기관의 요청}\n")
    site.build()

    changes = site.page("/changes/")

    assert changes.all(".change__kind") == ["내림", "원문이 고쳐짐", "고침"]
    assert changes.all(".change__note") == ["기관의 요청"]


def test_a_site_without_changes_says_so(site: SiteTest) -> None:
    """An empty page would look broken."""
    site.article("river").build()

    assert "아직 바로잡거나 내린 글이 없습니다." in site.page("/changes/").text("main")


@pytest.mark.parametrize(
    ("updated", "is_told", "warnings"),
    [
        ("2026-03-02", False, 0),  # the day it came out: nobody knows whether after
        ("2026-03-02 09:00", False, 0),
        ("2026-03-02 15:00", True, 0),
        ("2026-03-03", True, 0),
        ("2025-03-03", False, 1),
    ],
)
def test_a_correction_comes_after_publication(site: SiteTest, updated: str, warnings: int, *, is_told: bool) -> None:
    """What boards call the day of a change is often that of publication."""
    site.article("river", date="2026-03-02 10:00", more=f"updated: {updated}\n").build()

    assert ("고친 날" in site.page("/2026/03/river/").html) is is_told
    assert ("/2026/03/river/" in site.page("/changes/").html) is is_told
    assert len(site.problems("DATE005")) == warnings


def test_a_slip_in_the_day_of_a_correction_is_told(site: SiteTest) -> None:
    """It would stand among the changes of a year in which the article was not yet written."""
    corrections = "corrections: [{date: 2026-03-01, text: 숫자}, {date: 2026-03-02, text: 이름}, {text: 줄}]\n"
    site.article("river", date="2026-03-02 10:00", more=corrections).build()

    (found,) = site.problems("DATE005")
    assert dict(found.details) == {"field": "corrections", "value": "2026-03-01"}


def test_what_stands_in_another_language_says_so(site: SiteTest) -> None:
    """A voice reads titles, notes and the last step of a breadcrumb as they are written."""
    site.write("content/site.toml", '[site]\nlanguage = "en"\n')
    site.article("river", more="lang: ko\ncorrections: [{date: 2026-03-05, text: 숫자를 바로잡았습니다.}]\n").build()

    changes = site.page("/changes/")
    assert changes.count('.change__title[lang="ko"]') == changes.count('.change__note[lang="ko"]') == 1
    assert site.page("/2026/03/river/").count('.crumbs [aria-current][lang="ko"]') == 1


def test_a_list_with_a_korean_name_on_an_english_site_says_so(site: SiteTest) -> None:
    """Its heading and the last step of its breadcrumb are that name; a year is none."""
    site.write("content/site.toml", '[site]\nlanguage = "en"\n').article("river", more="lang: ko\n").build()

    agency, year = site.page("/agency/하천관리청/"), site.page("/2026/")

    assert agency.attributes("h1, .crumbs [aria-current]", "lang") == ["ko", "ko"]
    assert year.attributes("h1, .crumbs [aria-current]", "lang") == ["", ""]


def test_words_of_the_interface_beside_a_foreign_article_are_the_sites(site: SiteTest) -> None:
    """주제어 in an English voice is noise; the topics are the article's."""
    site.article("river", title="River", body="Words.", more="lang: en\ntags: [water, 수질]\n").build()

    page = site.page("/2026/03/river/")

    assert page.attributes(".tags", "lang") == ["ko"]
    assert dict(zip(page.all(".tags a"), page.attributes(".tags a", "lang"), strict=True)) == {
        "water": "en",
        "수질": "",
    }


def test_what_is_written_from_right_to_left_stands_so(site: SiteTest) -> None:
    """A static page and a subtitle as well as an article and its title."""
    site.write("content/pages/who.md", "---\ntitle: من نحن\nlang: ar\n---\nنص.\n")
    site.article("river", title="نهر", more="lang: ar\nsubtitle: عنوان\n").build()

    assert site.page("/who/").attributes("h1, .body", "dir") == ["rtl", "rtl"]
    assert site.page("/2026/03/river/").attributes("h1, .head__subtitle, .body", "dir") == ["rtl"] * 3
    assert site.page("/about/").attributes("h1, .body", "dir") == ["", ""]


def test_the_owners_words_about_a_foreign_article_are_the_owners(site: SiteTest) -> None:
    """A reason or a correction is written in the site's language as often as in the article's."""
    notes = "corrections: [{date: 2026-03-05, text: 숫자를 고쳤습니다.}, {date: 2026-03-06, text: A name.}]\n"
    site.article("river", title="River", body="Words.", more=f"lang: en\n{notes}").build()

    notes = {note.get_text(): note.get("lang") for note in site.page("/changes/").soup.select(".change__note")}
    assert notes == {"숫자를 고쳤습니다.": None, "A name.": "en"}


EDITED = (
    "import:\n  profile: data-go-kr/1\n  revisions:\n"
    "  - {revision: '2', sha256: abcdef, seen: 2026-04-01, edits: [{before: 오는, old: 3일부터, new: 4일부터, after: 받는다}]}\n"
)


def test_a_revised_original_shows_which_words_changed(site: SiteTest) -> None:
    """A date that moved is the news."""
    site.article("river", more=EDITED).build()

    page = site.page("/2026/03/river/")
    assert page.all(".history del") == ["3일부터"]
    assert page.all(".history ins") == ["4일부터"]


def test_under_a_licence_that_forbids_changes_the_old_words_are_not_shown(site: SiteTest) -> None:
    """They would be a text of the holder's that the holder has withdrawn."""
    site.article("river", more=EDITED)
    path = site.folder / "content/river.md"
    path.write_text(path.read_text("utf-8").replace("KOGL-1", "KOGL-3"), "utf-8")
    site.build()

    assert not any("3일부터".encode() in data for data in site.files().values())


def test_a_notice_of_a_replacement_says_by_what(site: SiteTest) -> None:
    """Its page would say that there is another article, and lead nowhere."""
    notice = "---\ntitle: {}\ndate: 2026-03-02\nnotice: {{kind: replaced, date: 2026-03-03{}}}\n---\n"
    site.write("content/old.md", notice.format("옛 글", ""))
    site.write("content/other.md", notice.format("다른 글", ", replaced_by: /2026/04/new/")).build()

    (found,) = site.problems("FM009")
    assert str(found.where) == f"{site.folder}/content/old.md:4:1"
