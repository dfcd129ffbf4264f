"""What an owner answers for: waivers publish named articles in spite of a finding, for a time, and are told."""

import json
from pathlib import Path
from unicodedata import normalize

import pytest

from sitegen.errors import ConfigError
from sitegen.problems import Severity
from tests.conftest import SiteTest, run

UNSOURCED = """\
---
title: 출처를 모르는 글
date: 2026-03-02
license: {id: KOGL-1, evidence: {kind: manual, text: 확인}}
---

본문입니다.
"""
WAIVER = """\
[site]
title = "견본"

[[policy.waiver]]
code = "SRC001"
paths = ["old/**"]
reason = "옛 블로그의 글이라 출처를 더는 알 수 없다"
until = 2026-11-22
"""


def test_a_waived_article_is_published_and_says_what_is_unknown(site: SiteTest) -> None:
    """The owner answers for it; the reader is not left in the dark."""
    site.write("content/old/river.md", UNSOURCED).write("content/site.toml", WAIVER).build()

    page = site.page("/2026/03/river/")
    (found,) = site.problems("SRC001")
    assert found.severity is Severity.NOTE
    assert found.waived == "옛 블로그의 글이라 출처를 더는 알 수 없다"
    assert "이 글의 출처가 확인되지 않았습니다." in page.all(".source__doubt")
    assert page.text("[data-cite]") == (
        "본 저작물은 2026년 작성되어 공공누리 제1유형으로 개방된 「출처를 모르는 글」 저작물을 이용하였으며, "
        "해당 저작물은 내려받을 곳이 확인되지 않았습니다."
    )
    assert "작성기관" not in page.text("footer.source")
    assert "원문을 낸 기관의 후원을 받지 않으며" in page.text(".source__disclaimer")


@pytest.mark.parametrize("licence", ["KOGL-1, evidence: {kind: manual, text: 확인}", "UNKNOWN", "KOGL-3"])
@pytest.mark.parametrize("rule", [WAIVER, '[policy]\nSRC001 = "warning"\n'])
def test_a_page_that_names_no_source_is_no_fault_of_ours(site: SiteTest, rule: str, licence: str) -> None:
    """Whom nobody knows no data can name; a workflow would publish nothing any more."""
    text = UNSOURCED.replace("KOGL-1, evidence: {kind: manual, text: 확인}", licence)
    site.write("content/old/river.md", text).write("content/site.toml", rule)
    flags = ("--content", "content", "--output", "_site", "--no-search", "--no-cache", "--now", "2026-11-22")
    built = run(*flags, cwd=site.folder)

    checked = run("check", *flags, cwd=site.folder)

    assert (built.status, checked.status) == (0, 0), checked.err


def test_what_policy_makes_lighter_is_said_on_the_page_too(site: SiteTest) -> None:
    """Whoever lowers a finding for all articles gives no reason; readers must know what is not known all the same."""
    policy = '[policy]\nSRC001 = "warning"\nSRC005 = "note"\n'
    site.write("content/river.md", UNSOURCED).write("content/site.toml", policy).article("ab").article("ba").build()

    assert "이 글의 출처가 확인되지 않았습니다." in site.page("/2026/03/river/").all(".source__doubt")
    assert "다른 글에도 실려" in site.page("/2026/03/ba/").text(".source__doubt")
    assert site.page("/2026/03/ab/").count(".source__doubt") == 0


def test_a_waiver_covers_the_named_articles_only(site: SiteTest) -> None:
    """A waiver is no switch."""
    site.write("content/new/river.md", UNSOURCED).write("content/site.toml", WAIVER).build()

    (found,) = site.problems("SRC001")
    assert found.severity is Severity.ERROR
    assert "/2026/03/river/" not in site.urls()
    assert [str(problem.where) for problem in site.problems("POL003")] == [f"{site.folder}/content/site.toml:4:1"]


def test_of_two_waivers_alike_the_idle_one_is_named(site: SiteTest) -> None:
    """They have code and reason in common; one of other sites is judged only where those were asked."""
    row = '[[policy.waiver]]\ncode = "{}"\npaths = ["{}"]\nreason = "당직실 전화"\n'
    rows = row.format("PII002", "river.md") + row.format("PII002", "lake.md") + row.format("LINK005", "river.md")
    site.article("river", body="문의 010-0123-4567").article("lake").write("content/site.toml", rows).build()

    assert [problem.where.line for problem in site.problems("POL002")] == [5]


def test_a_rule_for_sources_that_fits_no_file_is_told(site: SiteTest) -> None:
    """A slip in its paths would leave a folder of posts without a source, and nobody would look there."""
    rules = '[[sources]]\npaths = ["{}"]\nname = "옛 블로그"\n\n'
    settings = rules.format("old/**") + rules.format("_post/**")
    site.write("content/old/river.md", UNSOURCED).write("content/site.toml", settings).build()

    (found,) = site.problems("POL003")
    assert (found.severity, str(found.where)) == (Severity.WARNING, f"{site.folder}/content/site.toml:5:1")
    assert dict(found.details) == {"paths": "_post/**"}


def test_a_waiver_that_fits_no_file_is_misspelt_and_not_idle(site: SiteTest) -> None:
    """To say that it can go would be untrue: an article needs it."""
    waiver = WAIVER.replace("old/", "content/old/")
    site.write("content/old/river.md", UNSOURCED).write("content/site.toml", waiver).build()

    (found,) = site.problems("POL003")
    assert str(found.where) == f"{site.folder}/content/site.toml:4:1"
    assert site.problems("POL002") == []


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("written", ["NFC", "NFD"])
def test_a_name_is_one_name_however_its_letters_are_composed(site: SiteTest, form: str, written: str) -> None:
    """A Mac gives the names of files in pieces; a waiver that is needed must not be told as one that can go."""
    row = '[[policy.waiver]]\ncode = "SRC001"\npaths = ["각글.md"]\nreason = "출처를 더는 알 수 없다"\n'
    site.write(f"content/{normalize(form, '각글.md')}", UNSOURCED)
    site.write("content/site.toml", normalize(written, row)).build()

    assert [one.waived for one in site.problems("SRC001")] == [normalize(written, "출처를 더는 알 수 없다")]
    assert site.problems("POL002") + site.problems("POL003") == []


def test_what_is_found_beside_the_articles_is_as_heavy_as_the_site_says(site: SiteTest) -> None:
    """A code that `[policy]` takes and nobody asks is a promise broken."""
    codes = ("POL003", "FILE005", "DATE002")
    policy = "".join(f'{code} = "error"\n' for code in codes)
    site.write("content/site.toml", f'[policy]\n{policy}[[sources]]\npaths = ["nowhere/**"]\nname = "가"\n')
    site.write("static/index.html", "x").article("later", date="2099-01-01").article("river").build()

    assert [site.problems(code)[0].severity for code in codes] == [Severity.ERROR] * 3


def test_a_waiver_ends_after_its_last_day_in_seoul(site: SiteTest) -> None:
    """The clock of these tests stands at noon of 22 November in Seoul."""
    ended = WAIVER.replace("2026-11-22", "2026-11-21")
    site.write("content/old/river.md", UNSOURCED).write("content/site.toml", ended).build()

    (found,) = site.problems("POL001")
    assert (found.severity, str(found.where)) == (Severity.ERROR, f"{site.folder}/content/site.toml:4:1")
    assert dict(found.details) == {"code": "SRC001", "until": "2026-11-21"}
    assert "/2026/03/river/" not in site.urls()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('reason = "옛 블로그의 글이라 출처를 더는 알 수 없다"\n', "", 4),
        ("옛 블로그의 글이라 출처를 더는 알 수 없다", " ", 7),
        ("SRC001", "FM001", 5),
        ("2026-11-22", '"내일"', 8),
        ("paths", "path", 6),
    ],
)
def test_a_waiver_that_says_too_little_stops_the_build(site: SiteTest, old: str, new: str, line: int) -> None:
    """No reason, no such finding, no day, no articles: each is named with its line."""
    site.write("content/site.toml", WAIVER.replace(old, new))

    with pytest.raises(ConfigError) as caught:
        site.config()

    assert str(caught.value.problem.where) == f"{site.folder}/content/site.toml:{line}:1"


def test_the_list_of_waived_findings_names_place_code_and_reason(site: SiteTest, tmp_path: Path) -> None:
    """An owner has to see what they answer for."""
    site.write("content/old/river.md", UNSOURCED).write("content/site.toml", WAIVER)
    told = run("list", "waived", "--content", str(tmp_path / "content"), "--now", "2026-11-22")

    assert told.status == 0
    assert "old/river.md:1:1\tSRC001 (옛 블로그의 글이라 출처를 더는 알 수 없다)\t" in told.out

    told = run("list", "waived", "--json", "--content", str(tmp_path / "content"), "--now", "2026-11-22")

    (found,) = json.loads(told.out)["waived"]
    assert found["path"].endswith("old/river.md")
    assert (found["code"], found["reason"]) == ("SRC001", "옛 블로그의 글이라 출처를 더는 알 수 없다")
    assert found["title"]


def test_a_waiver_for_ever_may_be_written_as_the_last_day_there_is(site: SiteTest) -> None:
    """Calendars end in 9999; a waiver to that day is no fault of anybody's."""
    site.write("content/old/river.md", UNSOURCED).write("content/site.toml", WAIVER.replace("2026-11-22", "9999-12-31"))

    result = site.build().result

    assert result is not None
    assert (result.articles, result.held_back) == (1, 0)


def test_a_second_copy_that_is_waived_says_so(site: SiteTest) -> None:
    """Reader and owner know that the text stands here twice."""
    waiver = '[[policy.waiver]]\ncode = "SRC005"\npaths = ["river.md"]\nreason = "두 판을 견주어 보임"\n'
    site.article("lake").article("river").write("content/site.toml", waiver)
    for name in ("lake", "river"):
        path = site.folder / f"content/{name}.md"
        path.write_text(path.read_text("utf-8").replace("source: {name", "source: {id: '77', name"), "utf-8")
    site.build()

    assert "같은 원문이 이 누리집의 다른 글에도 실려 있습니다." in site.page("/2026/03/river/").all(".source__doubt")
    assert site.problems("POL002") == []
