"""`check` on finished pages: a sound site has nothing to mend; each thing broken by hand is found, with its place."""

import json
import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import extruct
import jsonschema
import pytest

from sitegen.checks.pages import check_output
from sitegen.messages import MESSAGES, message_of
from sitegen.problems import Severity
from tests.conftest import ROOT, SiteTest, run

ARTICLE = "2026/03/river/index.html"
SOURCE_LINK = 'rel="dct:source cc:attributionURL external"'
STATEMENT = "이 글은 하천관리청이 나누어 준 글을 옮겨 실은 것입니다."
# code: (file, what stands there, what is put in its place, its column mark, Korean words, English words)
BROKEN = {
    "ATTR001": (
        ARTICLE,
        'class="source"',
        'class="sauce"',
        "<footer",
        "출처 표시가 화면에 없습니다",
        "no visible source attribution",
    ),
    "ATTR002": (
        ARTICLE,
        "「강물이 맑아졌습니다」(작성자: 하천관리청) 저작물을 이용하였으며, 해당 저작물은 견본브리핑(<a ",
        "견본브리핑(<a ",
        "<footer",
        "빠진 항목이 있습니다: title",
        "incomplete: title",
    ),
    "ATTR003": (
        ARTICLE,
        SOURCE_LINK,
        'rel="dct:source cc:attributionURL external nofollow"',
        "<footer",
        "숨겨졌거나 nofollow입니다",
        "hidden or nofollow",
    ),
    "ATTR004": (
        ARTICLE,
        '"license":"https://www.kogl.or.kr/info/licenseType1.do"',
        '"license":"https://www.kogl.or.kr/info/licenseType2.do"',
        "application/ld+json",
        "이용조건이 다릅니다",
        "visible licence disagree",
    ),
    "ATTR005": (
        "about/index.html",
        '<main class="wrap"',
        '<div>이 누리집은 대한민국 공식 전자정부 누리집입니다.</div><main class="wrap"',
        "공식 전자정부 누리집입니다",
        "오인될 표시가 있습니다",
        "mistaken for a government's",
    ),
    "REC001": ("2026/03/river/article.json", "{", "[", "", "기록이 없습니다", "record is missing"),
    "SRC007": (
        ARTICLE,
        f'<p class="source__statement">{STATEMENT}</p>',
        "",
        "<footer",
        "전재 안내 문구가 빠졌습니다",
        "statement is missing",
    ),
    "SEC001": (
        ARTICLE,
        '<div class="body" data-scroll="표: 옆으로 밀어서 볼 수 있습니다"',
        '<div class="body"><p style="color:red">빨간 글</p></div><div',
        'class="body"',
        "허용되지 않는 HTML",
        "disallowed HTML survived",
    ),
    "SEC002": (
        "index.html",
        '<a class="skip" href="#main">',
        '<a href="javascript:go()">가</a><a class="skip" href="#main">',
        "javascript:go()",
        "허용되지 않는 주소입니다: javascript:go()",
        "not allowed: javascript:go()",
    ),
    "SEC003": (
        "about/index.html",
        "</main>",
        "<style>p {}</style></main>",
        "<style>p",
        "정책(CSP)이 막는 것입니다: <style>",
        "blocked by the page's own content security policy: <style>",
    ),
    "SEC004": (
        "about/index.html",
        "style-src &#39;self&#39;",
        "style-src &#39;self&#39; 'unsafe-inline'",
        "Content-Security-Policy",
        "없거나 느슨합니다: style-src 'unsafe-inline'",
        "permits more than ours: style-src 'unsafe-inline'",
    ),
    "SEO002": (
        ARTICLE,
        '<meta name="robots" content="noindex,follow">',
        '<meta name="robots" content="noindex,follow"><link rel="canonical" href="https://press.example.go.kr/1">',
        'rel="canonical"',
        "canonical을 함께 쓸 수 없습니다",
        "together with a cross-site canonical",
    ),
    "SEO003": (
        "sitemap.xml",
        "</urlset>",
        "<url><loc>https://name.example/mirror/2026/03/river/</loc></url></urlset>",
        "https://name.example/mirror/2026/03/river/",
        "사이트맵에 있습니다",
        "in the sitemap",
    ),
    "SEO004": (
        "sitemap.xml",
        "<loc>https://name.example/mirror/",
        "<loc>/mirror/",
        "<loc>/mirror/",
        "주소가 완전하지 않아",
        "are not full ones",
    ),
    "PII001": (
        "about/index.html",
        "</main>",
        "<p>신청인 900101-1234567</p></main>",
        "900101-1234567",
        "숫자가 있습니다: 900101-*******",
        "number: 900101-*******",
    ),
    "LINK001": (
        "about/index.html",
        '<a class="skip"',
        '<a rel="dofollow" class="skip"',
        "dofollow",
        "없는 rel 값입니다",
        "is not a link type",
    ),
    "LINK002": (
        "about/index.html",
        "</main>",
        '<a href="https://onioninfo.kr/x">더 보기</a></main>',
        "https://onioninfo.kr/x",
        "홍보 링크에",
        "promotional link without",
    ),
    "LINK003": (
        ARTICLE,
        "</article>",
        '<a href="/mirror/2026/03/nowhere/">가</a></article>',
        "/mirror/2026/03/nowhere/",
        "없는 곳을 가리킵니다",
        "a page that is not there",
    ),
    "LINK003 ": (  # beside the path that the site lies below
        ARTICLE,
        "</article>",
        '<a href="/files/a.pdf">가</a></article>',
        "/files/a.pdf",
        "없는 곳을 가리킵니다",
        "a page that is not there",
    ),
    "LINK004": (
        ARTICLE,
        "</article>",
        '<a href="#n-nowhere">가</a></article>',
        "#n-nowhere",
        "없는 자리를",
        "not on its page: #n-nowhere",
    ),
    "IMG001": (
        ARTICLE,
        "</article>",
        '<img src="/mirror/images/lost.png" alt=""></article>',
        "/mirror/images/lost.png",
        "그림 파일이 없습니다",
        "no such picture",
    ),
    "HTML001": ("about/index.html", "<main ", "<h1>둘째</h1><main ", "", "쪽의 짜임이", "h1 × 2"),
    "XML001": ("feed.xml", "</feed>", "<feed>", "", "XML을 읽을 수 없습니다", "XML cannot be read"),
}
BUGS = {
    "ATTR001",
    "ATTR002",
    "ATTR003",
    "ATTR004",
    "ATTR005",
    "REC001",
    "SEC001",
    "SEC002",
    "SEO002",
    "SEO003",
    "XML001",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SiteTest:
    """Give a sound site below a sub-path, built once."""
    site = SiteTest(tmp_path_factory.mktemp("sound"))
    site.article("river", body="## 첫째\n\n강물이 맑다.\n\n## 둘째\n\n[첫째로](#n-첫째)")
    path = site.folder / "content/river.md"
    text = path.read_text("utf-8").replace("source: {name", f"source: {{statement: {STATEMENT}, name")
    path.write_text(text, "utf-8")
    site.article("lake", more="notice: {kind: withdrawn, date: 2026-05-05, reason: 요청}\n")
    site.article("hill", more="aliases: [/old/hill/]\n", date="2025-01-01")
    site.article("wood")
    derived = site.folder / "content/wood.md"  # what we wrote after an original
    derived.write_text(derived.read_text("utf-8").replace("kind: press-release", "kind: derived"), "utf-8")
    return site.build(base_url="https://name.example/mirror/")


def found_in(site: SiteTest) -> list:
    """Return what the checks find in the built pages."""
    config = replace(site.config(base_url="https://name.example/mirror/"), output_dir=site.output)
    return check_output(config, lambda *_: None)[1]


def test_a_sound_site_has_nothing_to_mend(built: SiteTest) -> None:
    """Silence must mean that all is well: home, lists, article, notice, redirect, feeds."""
    assert [(problem.code, str(problem.where), problem.details) for problem in found_in(built)] == []


@pytest.mark.parametrize("code", BROKEN)
def test_what_is_broken_on_a_page_is_found_at_its_place(built: SiteTest, code: str) -> None:
    """One thing is broken by hand; its check alone speaks, and names file, line and column."""
    name, sound, broken, mark, korean, english = BROKEN[code]
    path = built.output / name
    before = path.read_text("utf-8")
    assert before.count(sound) >= 1, f"{sound} is not in {name}"
    after = before.replace(sound, broken, 1)
    path.write_text(after, "utf-8")
    try:
        found = [problem for problem in found_in(built) if problem.code == code.strip()]
    finally:
        path.write_text(before, "utf-8")

    shown = built.output / (ARTICLE if code == "REC001" else name)
    at = after.find(mark) if mark else 0
    line, column = (after.count("\n", 0, at) + 1, at - after.rfind("\n", 0, at)) if mark else (1, 1)
    assert [str(problem.where) for problem in found] == [f"{shown}:{line}:{column}"]
    assert korean in message_of(found[0], "ko")
    assert english in message_of(found[0], "en")
    assert (found[0].severity is Severity.BUG) == (code in BUGS)


@pytest.mark.parametrize("base", ["https://name.example/css/", "https://name.example/한글/", ""])
def test_a_sound_site_is_sound_wherever_it_lies(site: SiteTest, base: str) -> None:
    """A base path of any name; links that climb; a text that speaks of government sites; an owner's own file."""
    body = "‘이 누리집은 대한민국 공식 전자정부 누리집입니다’라는 띠를 넓힌다.\n\n[다른 글](../lake/)"
    site.article("river", body=body).article("lake").write(
        "static/naver123.html", "naver-site-verification: naver123.html"
    )
    site.write("static/icon.svg", "<svg xmlns='http://www.w3.org/2000/svg'><view id='a'/></svg>")
    site.write("static/icons.html", f'<html lang="ko"><img src="{urlsplit(base).path or "/"}icon.svg#a" alt="">')
    site.write("static/board.xml", '<?xml version="1.0" encoding="EUC-KR"?><글/>'.encode("euc-kr"))
    site.write("content/site.toml", '[site]\nlanguage = "en"\n').build(base_url=base)
    config = replace(site.config(base_url=base), output_dir=site.output)

    relative = [] if base else [("SEO004", f"{site.output}/sitemap.xml:4:5")]
    assert [(problem.code, str(problem.where)) for problem in check_output(config, lambda *_: None)[1]] == relative


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        (ARTICLE, b"\xff\xfe<html", "ATTR001"),
        ("2026/03/river/article.json", b'{"source": "x", "license": null, "agency": 3, "statement": 7}', "REC001"),
        ("feed.xml", b"\xff", "XML001"),
        ("changes/feed.xml", b'<?xml version="1.0" encoding="EUC-KR"?><feed/>', "XML001"),
        ("sitemap.xml", b'<?xml version="1.0" encoding="foo"?><urlset/>', "XML001"),
        ("about/index.html", b'<meta name="page-kind" content="page"><a href="http://[x">a</a>', "SEC002"),
        (
            "sitemap.xml",
            b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://[x</loc></url></urlset>',
            "SEC002",
        ),
    ],
)
def test_no_damage_to_the_output_stops_the_check(site: SiteTest, name: str, data: bytes, code: str) -> None:
    """Bytes that are no text, records that are none: each is a finding, never a traceback."""
    site.article("river").build(base_url="https://name.example/")
    (site.output / name).write_bytes(data)

    assert code in {problem.code for problem in found_in(site)}


def test_an_id_that_stands_often_is_told_once_with_its_number(site: SiteTest) -> None:
    """Whoever looks for two of three mends the page and is told again."""
    site.article("river").build(base_url="https://name.example/")
    page = site.output / "about/index.html"
    page.write_text(page.read_text("utf-8").replace("<main ", '<i id="a"></i>' * 3 + "<main "), "utf-8")

    found = [dict(problem.details)["reason"] for problem in found_in(site) if problem.code == "HTML001"]

    assert found == ['id "a" × 3']


@pytest.mark.parametrize(
    ("markup", "blocked"),
    [
        ('<link rel="stylesheet" href="https://cdn.example/a.css">', '<link href="https://cdn.example/a.css">'),
        ('<link rel="preload" as="font" href="https://cdn.example/a">', '<link href="https://cdn.example/a">'),
        ('<link rel="shortcut icon" href="https://cdn.example/a.ico">', '<link href="https://cdn.example/a.ico">'),
        ('<img src="https://cdn.example/a.png" alt="">', '<img src="https://cdn.example/a.png">'),
        ('<img src="http://pic.example/a.png" alt="">', '<img src="http://pic.example/a.png">'),
        ('<img srcset="/mirror/a.png 1x, https://cdn.example/b 2x" alt="">', '<img srcset="https://cdn.example/b">'),
        ('<video src="/mirror/a.mp4"></video>', '<video src="/mirror/a.mp4">'),
        ('<audio><source src="https://cdn.example/a.mp3"></audio>', '<source src="https://cdn.example/a.mp3">'),
        ('<form action="https://forms.example/"></form>', '<form action="https://forms.example/">'),
        ("<script>go()</script>", "<script>go()"),
        ('<script type="module">go()</script>', "<script>go()"),
        ('<p style="color: red">가</p>', '<p style="color: red">'),
        ('<link rel="stylesheet" href="/mirror/css/a.css"><link rel="icon" href="https://pic.example/a.svg">', ""),
        ('<link rel="alternate" href="https://cdn.example/a"><link rel="me" href="https://cdn.example/b">', ""),
        ('<img src="https://pic.example/a.png" alt=""><img src="https://a.pic.example/b" alt="">', ""),
        ('<img src="https://name.example/mirror/a.png" alt=""><a href="https://cdn.example/">가</a>', ""),
        ('<script type="application/json">{}</script><script type="text/template">가</script><script></script>', ""),
    ],
)
def test_what_the_policy_of_a_page_blocks_is_told(site: SiteTest, markup: str, blocked: str) -> None:
    """The browser's console alone would say it: whoever writes a template sees nothing, and no reason."""
    site.write("content/site.toml", '[cleaning]\nimage_hosts = ["pic.example"]\n').article("river")
    site.build(base_url="https://name.example/mirror/")
    page = site.output / "about/index.html"
    page.write_text(page.read_text("utf-8").replace("</main>", f"{markup}</main>"), "utf-8")

    told = [dict(problem.details)["what"] for problem in found_in(site) if problem.code.startswith("SEC")]

    assert told == ([blocked] if blocked else [])


@pytest.mark.parametrize(
    ("sound", "given", "weak"),
    [
        ("default-src 'none'; ", "", ["default-src"]),
        ("default-src 'none'", "default-src 'self'", ["default-src"]),
        ("; base-uri 'none'", "", ["base-uri"]),
        ("script-src 'self'", "script-src 'self' https://cdn.example", ["script-src https://cdn.example"]),
        ("img-src 'self'", "img-src *", ["img-src *"]),
        ("script-src ", "script-src 'sha256-AAAA' ", ["script-src {early}"]),
        ("font-src 'self'", "font-src 'none'; media-src 'self'; upgrade-insecure-requests", []),
        ("Content-Security-Policy", "X-Policy", ["Content-Security-Policy"]),
    ],
)
def test_a_policy_that_permits_more_than_ours_is_told(site: SiteTest, sound: str, given: str, weak: list[str]) -> None:
    """Readers are promised that they are not followed; a closer policy keeps the promise, too."""
    site.article("river").build(base_url="https://name.example/mirror/")
    page = site.output / "about/index.html"
    text = page.read_text("utf-8").replace("&#39;", "'")
    early = re.search(r"'sha256-[^']+'", text)
    page.write_text(text.replace(sound, given, 1), "utf-8")

    told = [dict(problem.details)["what"] for problem in found_in(site) if problem.code == "SEC004"]

    assert early is not None
    assert told == [one.format(early=early[0]) for one in weak]


def test_every_question_about_pages_has_its_broken_page() -> None:
    """A check nobody has seen fail may ask nothing."""
    asked = {
        code
        for code in MESSAGES
        if code.startswith(("ATTR", "SEC", "REC", "IMG", "HTML", "XML", "LINK", "SEO", "SRC007"))
    }

    assert asked - set(BROKEN) == {"LINK005", "LINK006", "SEO001"}  # asked of other sites; of the content


def test_the_sample_site_keeps_its_promises(tmp_path: Path) -> None:
    """What everybody builds first has nothing to mend, below a sub-path; an owner's content in its place no fault of ours."""
    where = ("--output", str(tmp_path / "site"), "--base-url", "https://name.example/repo/", "--now", "2026-11-22")
    built = run(*where)
    told = json.loads(run("check", *where, "--json").out)

    assert built.status in (0, 1)  # an owner's article may be held back
    assert told["pages"] == sum(1 for _ in (tmp_path / "site").rglob("*.html")) > 0
    is_sample = "보도자료 견본 모음" in (ROOT / "content/site.toml").read_text("utf-8")
    found = [problem for problem in told["problems"] if problem["path"].startswith(str(tmp_path))]
    assert [problem for problem in found if is_sample or problem["severity"] == "bug"] == []


FOLDERS = ("--content", "content", "--output", "_site", "--cache", "cache", "--now", "2026-11-22", "--no-search")


def test_the_command_ends_as_its_worst_finding_asks(site: SiteTest) -> None:
    """0 when all is well, 1 for what holds an article back, 3 for a fault of ours."""
    site.article("river")
    built, sound = run(*FOLDERS, cwd=site.folder), run("check", *FOLDERS, cwd=site.folder)
    page = site.output / ARTICLE
    page.write_text(page.read_text("utf-8").replace('class="source"', 'class="sauce"'), "utf-8")
    broken = run("check", *FOLDERS, cwd=site.folder)
    site.article("lake", body="주민번호 900101-1234567")
    site.build()
    held = run("check", *FOLDERS, cwd=site.folder)

    assert (built.status, sound.status, broken.status, held.status) == (0, 0, 3, 1)
    assert broken.lines(r"^_site/2026/03/river/index.html:\d+:1: bug ATTR001 no visible source attribution")
    assert "content/lake.md:11:6: error PII001" in held.err


def test_a_trial_without_the_search_does_not_miss_its_page(site: SiteTest) -> None:
    """A night's import is tried without it; any other page that a link names must be there."""
    site.article("river", body="[찾기](/search/?q=강)와 [안내](/guide/)").build()
    trial = run("check", *FOLDERS, cwd=site.folder)
    whole = run("check", *FOLDERS[:-1], cwd=site.folder)

    assert [line.rpartition(": ")[2] for line in trial.lines("LINK003")] == ["/guide/"]
    assert [line.rpartition(": ")[2] for line in whole.lines("LINK003")] == ["/search/?q=%EA%B0%95", "/guide/"]


def test_without_a_built_site_the_content_alone_is_checked(site: SiteTest) -> None:
    """And the command says so."""
    done = run("check", *FOLDERS, cwd=site.article("river").folder)

    assert done.status == 0
    assert "no built site in _site/" in done.err
    assert "checked 1 content file and 0 pages: nothing to mend" in done.out


def test_check_asks_all_that_a_build_asks(site: SiteTest) -> None:
    """Whoever relies on `check` must not be surprised by the next `build --strict`, nor need to build first."""
    menu = "".join(f'[[nav]]\nlabel = "가"\nurl = "{url}"\n' for url in ("/guide/", "/about", "/feed.xml", "/a.txt"))
    site.article("river").write("content/site.toml", menu).write("static/index.html", "x").write("static/a.txt", "x")
    site.write("templates/words/ko.toml", 'latset = "새 소식"\n').write("templates/foter.html", "x")
    (site.folder / "static/gone.txt").symlink_to("nothing")
    folders = (part for name in ("content", "static", "templates") for part in (f"--{name}", str(site.folder / name)))
    flags = (*folders, "--output", str(site.output), "--no-cache", "--no-search", "--strict", "--json")

    checked, built = run("check", *flags), run("build", *flags)

    found, expected = (json.loads(outcome.out)["problems"] for outcome in (checked, built))
    assert {one["code"] for one in found} == {"FILE005", "FILE008", "TPL002", "TPL004", "CONF007"}
    assert found == expected
    assert (checked.status, built.status) == (1, 1)


def test_words_that_cannot_be_read_are_told_by_check_as_by_build(site: SiteTest) -> None:
    """They are no fault of ours."""
    site.article("river").write("templates/words/ko.toml", "latest = 3\n")
    folders = (part for name in ("content", "templates") for part in (f"--{name}", str(site.folder / name)))
    flags = (*folders, "--output", str(site.output), "--no-cache", "--no-search")

    checked, built = run("check", *flags), run("build", *flags)

    assert (checked.status, built.status) == (2, 2)
    assert checked.err == built.err


def test_the_page_that_every_site_has_is_known_to_check_and_list(site: SiteTest) -> None:
    """What a build holds back is told by all commands, and what leads to that page leads to a page."""
    flags = ("--content", str(site.folder / "content"), "--output", str(site.output), "--no-cache")
    notice = "notice: {kind: replaced, date: 2026-03-02, reason: 안내로 바뀜, replaced_by: /about/}\n"
    site.article("river", more="permalink: /about/\n").article("lake", more=notice)
    run("build", *flags, "--no-search")

    checked, listed = run("check", *flags), run("list", "held", *flags)

    assert (checked.status, listed.out.count("river.md")) == (1, 1)
    assert len(checked.lines("river.md:.* error URL001")) == 1
    assert "URL005" not in checked.err
    assert "build again" not in checked.err


def test_pages_older_than_the_content_are_named(site: SiteTest) -> None:
    """Of two articles one was edited since, and one is new; what a build without a change leaves is no news."""
    site.article("river").article("lake").build()
    current = run("check", *FOLDERS, cwd=site.folder)
    site.article("river", body="물이 줄었다.").article("hill")
    older = run("check", *FOLDERS, cwd=site.folder)

    assert "content has them now" not in current.err
    assert "_site/ shows 2 articles otherwise than the content has them now; build again:" in older.err
    assert older.status == 0


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are always text there")
def test_a_file_whose_name_is_no_text_is_told_by_every_command(site: SiteTest) -> None:
    """What a terminal or a form of a log cannot hold stands there escaped."""
    site.article("river")
    for name, head in ((b"e\xff.md", b"title: x\ndraft: true"), (b"f\xff.md", b"title: [x")):
        (site.folder / "content" / os.fsdecode(name)).write_bytes(b"---\n" + head + b"\n---\n")
    strict = {"PYTHONIOENCODING": "utf-8:strict"}

    told = run("list", "all", *FOLDERS, "--json", cwd=site.folder, environment=strict)
    run("check", *FOLDERS, "--sarif", "log.sarif", cwd=site.folder, environment=strict)
    built = run(*FOLDERS, cwd=site.folder, environment=strict)

    assert "e\udcff.md" in {Path(row["path"]).name for row in json.loads(told.out)["articles"]}
    places = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in json.loads((site.folder / "log.sarif").read_text("utf-8"))["runs"][0]["results"]
    ]
    assert "content/f%FF.md" in places
    assert (built.status, len(built.lines(r"^content/f\\udcff\.md:\d+:\d+: error FM001"))) == (1, 1)


def test_findings_are_told_to_machines(site: SiteTest) -> None:
    """JSON for scripts, SARIF for code scanning; a waived finding is suppressed with its reason."""
    waiver = '[[policy.waiver]]\ncode = "PII002"\npaths = ["river.md"]\nreason = "당직실 전화"\n'
    site.article("river", body="문의 010-0123-4567").article("lake", body="문의 010-0123-4568").write(
        "content/site.toml", waiver
    )
    told = run("check", *FOLDERS, "--json", cwd=site.folder)
    run("check", *FOLDERS, "--sarif", "out/log.sarif", cwd=site.folder)
    log = json.loads((site.folder / "out/log.sarif").read_text("utf-8"))

    value = json.loads(told.out)
    assert value["counts"] == {"warning": 1, "note": 1}
    results = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]: result
        for result in log["runs"][0]["results"]
    }
    assert log["version"] == "2.1.0"
    assert results["content/lake.md"]["ruleId"] == "PII002"
    assert results["content/lake.md"]["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 11,
        "startColumn": 4,
    }
    assert "suppressions" not in results["content/lake.md"]
    assert results["content/river.md"]["suppressions"] == [{"kind": "external", "justification": "당직실 전화"}]
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results.values())


def test_the_trail_of_an_article_tells_every_removal_with_its_words(site: SiteTest) -> None:
    """The editors see what readers see by name only."""
    body = '<p style="color:red">강물이 맑다.</p><p><a href="https://onioninfo.kr/x">여기를 누르세요</a></p>'
    site.article("river", body=body, more="import: {profile: post/1, capture: old.md}\n")

    done = run("check", *FOLDERS, "--explain-article", "content/river.md", cwd=site.folder)

    assert done.status == 0, done.err
    assert "fate: published\n" in done.out
    assert "source found in: front matter\n" in done.out
    assert "licence: KOGL-1 (page-mark · 공공누리 제1유형)" in done.out
    assert "imported by: post/1 (old.md)" in done.out
    assert "cleaned: attr:style (T1) color:red" in done.out
    assert "cleaned: promo-removed (T2) 여기를 누르세요" in done.out


@pytest.mark.parametrize(
    ("code", "status", "said"),
    [
        ("attr002", 0, "institution, year, title, type"),
        ("NO001", 2, "no such code"),
        ("ALL", 0, "# Checks and problems"),
    ],
)
def test_a_code_explains_itself(tmp_path: Path, code: str, status: int, said: str) -> None:
    """Whoever reads a build log can ask."""
    done = run("check", "--explain", code, cwd=tmp_path)

    assert (done.status, said in done.out + done.err) == (status, True)


def test_what_urllib3_lacks_is_not_said_of_urllib3(site: SiteTest) -> None:
    """Whoever has installed it would do so again and again."""
    site.article("river").write("lib/urllib3/__init__.py", "import punycode_of_nobody\n")

    done = run("check", *FOLDERS, "--external", cwd=site.folder, environment={"PYTHONPATH": str(site.folder / "lib")})

    assert done.status == 3
    assert "error TOOL012 this Python lacks a package that is needed: punycode_of_nobody" in done.err


NEWS_ARTICLE = {
    "type": "object",
    "required": [
        "@context",
        "@type",
        "@id",
        "headline",
        "isBasedOn",
        "publisher",
        "sdPublisher",
        "copyrightHolder",
        "creditText",
    ],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "NewsArticle"},
        "headline": {"type": "string", "minLength": 1},
        "datePublished": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?[+-]\d\d:\d\d)?$"},
        "license": {"type": "string", "format": "uri", "pattern": "^https://"},
        "copyrightYear": {"type": "integer"},
        "author": {"$ref": "#/$defs/holder"},
        "copyrightHolder": {"$ref": "#/$defs/holder"},
        "isBasedOn": {
            "type": "object",
            "required": ["@type", "publisher"],
            "properties": {"@id": {"type": "string", "pattern": "^https?://"}},
        },
    },
    "$defs": {
        "holder": {
            "anyOf": [
                {"type": "array", "items": {"$ref": "#/$defs/one"}, "minItems": 2},
                {"$ref": "#/$defs/one"},
            ]
        },
        "one": {
            "type": "object",
            "required": ["@type", "name"],
            "properties": {"@type": {"enum": ["GovernmentOrganization", "Organization"]}},
        },
    },
}


def test_other_readers_of_structured_data_find_a_sound_news_article(built: SiteTest) -> None:
    """Read by extruct, judged by a schema of schema.org's NewsArticle."""
    for url in ("/2026/03/river/", "/2025/01/hill/"):
        read = extruct.extract(built.page(url).html, syntaxes=["json-ld"])

        (value,) = read["json-ld"]
        jsonschema.validate(value, NEWS_ARTICLE)


def test_an_article_at_a_files_address_has_a_record_of_its_own(site: SiteTest) -> None:
    """Old blogs end their addresses in .html: the record stands under that name, and every check finds it."""
    site.article("river", more="permalink: /2026/x.html\n").article("lake", more="permalink: /2026/y.html\n")
    site.article("hill", more="permalink: /2025/hill/index.html\n").build(base_url="https://name.example/")

    records = {path: json.loads(data)["url"] for path, data in site.files().items() if path.endswith(".json")}

    assert found_in(site) == []
    assert records == {
        "2026/x.html.json": "https://name.example/2026/x.html",
        "2026/y.html.json": "https://name.example/2026/y.html",
        "2025/hill/article.json": "https://name.example/2025/hill/index.html",
    }
    assert (
        site.page("/2026/x.html").soup.select_one('link[rel="alternate"][type="application/json"]')["href"]
        == "/2026/x.html.json"
    )  # type: ignore[index]
