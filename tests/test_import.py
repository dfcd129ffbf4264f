"""`import`: captures in, content files out. What comes again: test_import_again.py."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, run, tree

CAPTURES = ROOT / "tests/captures"
FILE = "articles/2024/05/하천환경청,-아홉-나라-전문가와-강물-살리기-논의.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a folder with our captures in it."""
    shutil.copytree(CAPTURES, tmp_path / "raw", ignore=shutil.ignore_patterns("*.toml"))
    return tmp_path


def test_two_imports_at_once_do_not_double_the_articles(project: Path) -> None:
    """A scheduled job and a person: one of them is told to wait."""
    flags = [sys.executable, str(ROOT / "build.py"), "import", "raw", "--to", "content"]
    running = [subprocess.Popen(flags, cwd=project, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate()[1] for process in running]
    run("import", "raw", "--to", "alone", cwd=project)

    assert sum("error USE008" in text for text in said) <= 1
    assert sorted(tree(project / "content")) == sorted(tree(project / "alone"))


def test_a_folder_that_cannot_be_written_is_told(project: Path) -> None:
    """It is the system's word and no fault of the program."""
    (project / "content").write_text("a file")

    outcome = run("import", "raw/korea_kr_page.html", "--to", "content", cwd=project)
    new = run("new", "가", "--content", "content", cwd=project)

    assert (outcome.status, new.status) == (3, 3)
    assert len(outcome.lines("TOOL010")) == len(new.lines("TOOL010")) == 1


def test_an_imported_capture_builds_without_an_error(project: Path) -> None:
    """From a saved page to a page of the mirror in two commands."""
    outcome = run("import", "raw/korea_kr_page.html", "--to", "content", cwd=project)

    built = run("--content", "content", "--output", "_site", "--no-search", cwd=project)
    page = (project / "_site/2024/05/하천환경청,-아홉-나라-전문가와-강물-살리기-논의/index.html").read_text("utf-8")
    assert (outcome.status, built.status) == (0, 0)
    assert "1 capture(s) → added 1 (content/)" in outcome.out
    assert "korea_kr_page.html → content/articles/2024/05/" in outcome.err
    assert "(added, koreakr-html 0.95: head " in outcome.err
    assert "공공누리 제1유형으로 개방한" in page
    assert "추천 뉴스" not in page


def test_what_a_browser_saved_with_a_page_is_passed_over_in_one_line(project: Path) -> None:
    """A folder of saved pages holds ten times as many scripts and pictures."""
    for name in ("page_files", "other_files"):
        (project / "saved" / name).mkdir(parents=True)
        (project / "saved" / name / "style.css").write_text("a{}", "utf-8")
    shutil.copy(project / "raw/korea_kr_page.html", project / "saved/page.html")
    shutil.copy(project / "raw/korea_kr_page.txt", project / "saved/other_files/page.txt")
    (project / "saved/other_files/style.css").unlink()

    outcome = run("import", "saved", "--to", "content", "--dry-run", cwd=project)

    assert outcome.status == 1  # two captures of one release
    assert (
        "saved: warning IMP018 folders that a browser saved with pages were not imported (1): page_files" in outcome.err
    )
    assert "2 capture(s)" in outcome.out


def test_what_became_of_every_line_is_printed(project: Path) -> None:
    """Before a first import one looks; nothing is written."""
    outcome = run("import", "raw/korea_kr_page.txt", "--to", "content", "--dry-run", cwd=project)

    lines = [line.strip() for line in outcome.err.splitlines()]
    assert "1 dropped skip-link: 본문 바로가기 메인메뉴 바로가기" in lines
    assert "9 head: 하천환경청, 아홉 나라 전문가와 강물 살리기 논의" in lines
    assert "(--dry-run)" in outcome.out
    assert not (project / "content").exists()


def test_a_viewer_shell_makes_no_file(project: Path) -> None:
    """An empty article with a ministry's name is worse than none."""
    outcome = run("import", "raw/korea_kr_shell.html", "--to", "content", cwd=project)

    assert outcome.status == 1
    assert "raw/korea_kr_shell.html: error BODY001" in outcome.err
    assert not (project / "content/articles").exists()


def test_the_day_a_capture_was_saved_is_the_users_to_say(project: Path) -> None:
    """A saved page does not tell when it was saved, and nobody guesses; the command can be told."""
    silent = run("import", "raw/korea_kr_page.txt", "--to", "silent", cwd=project)
    told = run("import", "raw/korea_kr_page.txt", "--to", "told", "--retrieved", "2024-05-29", cwd=project)
    again = run("import", "raw/korea_kr_page.txt", "--to", "told", "--retrieved", "2026-01-01", cwd=project)
    wrong = run("import", "raw/korea_kr_page.txt", "--to", "told", "--retrieved", "어제", cwd=project)

    (unsaid,), (said,) = ((project / folder / "articles").rglob("*.md") for folder in ("silent", "told"))
    assert "retrieved: null" in unsaid.read_text("utf-8")
    assert "retrieved: '2024-05-29'" in said.read_text("utf-8")
    assert "unchanged 1" in again.out
    assert (silent.status, told.status, wrong.status) == (0, 0, 2)
    assert "not a day: 어제" in wrong.err


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("nothing.html",), 2, "nothing.html: error IMP001 there is no file to import"),
        (("content/_empty",), 2, "content/_empty: error IMP001"),
        (("raw/*.pdf",), 2, "raw/*.pdf: error IMP001"),
        (("raw", "--profile", "nonsense"), 2, "--profile: error USE005 there is no such profile"),
        (("plain.txt",), 1, "plain.txt: error IMP002 no profile knows this capture (the surest is 0.00 sure)"),
        (("plain.txt",), 1, "hint: name one with --profile: koreakr-text, post"),
    ],
)
def test_what_cannot_be_imported_is_said(project: Path, arguments: tuple[str, ...], status: int, said: str) -> None:
    """A mistaken path must not look like an empty day."""
    (project / "content/_empty").mkdir(parents=True)
    (project / "plain.txt").write_text("편지입니다.\n", "utf-8")

    outcome = run("import", *arguments, "--to", "content", cwd=project)

    assert outcome.status == status
    assert said in outcome.err


def test_programs_get_every_line(project: Path) -> None:
    """A scheduled job reads JSON."""
    outcome = run("import", "raw/korea_kr_page.txt", "--to", "content", "--json", cwd=project)

    (capture,) = json.loads(outcome.out)["captures"]
    (item,) = capture["items"]
    assert item["counts"] == {"head": 3, "body": 9, "statement": 1, "dropped": 15, "unplaced": 0}
    assert len(item["lines"]) == 28
    assert outcome.err == ""


@pytest.mark.parametrize("where", ["content", "content/articles"])
def test_programs_get_json_when_an_import_stops(project: Path, where: str) -> None:
    """Whatever stops it, and however early: one value, with what was wrong."""
    (project / where).parent.mkdir(exist_ok=True)
    (project / where).write_text("a file where a folder must be", "utf-8")

    outcome = run("import", "raw", "--to", "content", "--json", cwd=project)

    assert outcome.status == 3
    assert [problem["code"] for problem in json.loads(outcome.out)["problems"]] == ["TOOL010"]


@pytest.mark.parametrize("digest", ["null", '"**"', "a/../b"])
def test_a_digest_that_is_none_has_no_capture(project: Path, digest: str) -> None:
    """A head is edited by hand; what stands there is no pattern of file names."""
    run("import", "raw/korea_kr_page.html", "--to", "content", cwd=project)
    path = project / "content" / FILE
    path.write_text(re.sub(r"sha256: \w{64}", f"sha256: {digest}", path.read_text("utf-8"), count=1), "utf-8")

    checked = run("import", "--check", "-v", "--to", "content", cwd=project)

    assert checked.out == "1 imported file(s): 0 edited, 0 read otherwise now, 1 without their capture\n"
    assert f"content/{FILE}: note IMP009 its capture was not kept" in checked.err


def test_a_name_that_no_file_can_have_is_no_capture(tmp_path: Path) -> None:
    """A pasted text is told as any path that is not there."""
    done = run("import", "가" * 300, "--to", str(tmp_path))

    assert (done.status, len(done.lines("IMP001"))) == (2, 1)


def test_check_names_the_files_that_differ_from_their_captures(project: Path) -> None:
    """A mirror must be able to prove what it publishes."""
    run("import", "raw/korea_kr_page.html", "raw/korea_kr_viewer.html", "--to", "content", cwd=project)
    sound = run("import", "--check", "--to", "content", cwd=project)
    path = project / "content" / FILE
    path.write_text(path.read_text("utf-8").replace("나루천을", "가람천을"), "utf-8")

    outcome = run("import", "--check", "--to", "content", cwd=project)

    assert (sound.status, sound.out) == (
        0,
        "2 imported file(s): 0 edited, 0 read otherwise now, 0 without their capture\n",
    )
    assert outcome.status == 1
    assert f"content/{FILE}: warning IMP008 differs from what its capture gives" in outcome.err
    assert outcome.out == "2 imported file(s): 1 edited, 0 read otherwise now, 0 without their capture\n"


def test_a_line_that_found_no_place_is_told(project: Path) -> None:
    """A loss must never be silent."""
    answer = (project / "raw/data_go_kr.xml").read_text("utf-8")
    (project / "night.xml").write_text(answer.replace("</NewsItem>", "<TelNo>044-000-7000</TelNo></NewsItem>"), "utf-8")

    outcome = run("import", "night.xml", "--to", "content", cwd=project)

    assert outcome.status == 0
    assert "night.xml: warning IMP003 1 line(s) could not be placed, the first: TelNo: 044-000-7000" in outcome.err


STATEMENT = "“이 자료는 하천환경청의 보도자료를 전재하여 제공함을 알려드립니다.”"


def write_row(folder: Path, text: str, **more: object) -> None:
    """Write a row of a list as korea.kr gives it, with this text."""
    row = {
        "id": "150000002",
        "title": "나루천에 물고기가 돌아왔다",
        "ministry": "하천환경청",
        "approved_at": "2026-07-02T18:56:07+09:00",
        "original_url": "https://www.korea.kr/briefing/pressReleaseView.do?newsId=150000002",
        "content_html": text,
        **more,
    }
    (folder / "rows.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")


def test_rows_without_a_text_become_pages_with_a_lead(project: Path) -> None:
    """Since 2026 the lists say no more; the page says where the text is."""
    write_row(project, f"<p>{STATEMENT}</p>", summary="다섯 해 만에 은어가…", modify_id=1)

    outcome = run("import", "rows.jsonl", "--to", "content", cwd=project)
    built = run("--content", "content", "--output", "_site", "--no-search", cwd=project)

    assert (outcome.status, built.status) == (0, 0)
    assert "koreakr-rows 0.90: head 2, statement 1" in outcome.err
    page = (project / "_site/2026/07/나루천에-물고기가-돌아왔다/index.html").read_text("utf-8")
    assert "다섯 해 만에 은어가…" in page
    assert 'href="https://www.korea.kr/briefing/pressReleaseView.do?newsId=150000002"' in page


def test_what_stands_behind_the_text_of_a_row_on_its_page_is_left_out(project: Path) -> None:
    """Some collectors store the page's foot with the text: other people's headlines, and rules for comments."""
    write_row(
        project,
        "<div><p>은어가 <b>다섯 해</b> 만에 보인다. https://a.example/?a=1&amp;section=3</p>"
        f"<p>{STATEMENT}</p><div><strong>공공누리 제1유형에 따라 이용할 수 있습니다.</strong>"
        "<p>이전다음기사</p><a href='/x'>다른 소식</a></div></div><p>공유</p>",
    )

    outcome = run("import", "rows.jsonl", "--to", "content", cwd=project)

    assert outcome.status == 0
    assert "dropped page-furniture: 다른 소식" in outcome.err
    text = next(iter((project / "content/articles").rglob("*.md"))).read_text("utf-8")
    assert "<p>은어가 <strong>다섯 해</strong> 만에 보인다. https://a.example/?a=1&amp;section=3</p>" in text
    assert "id: KOGL-1" in text
    assert all(words not in text for words in ("이전다음기사", "다른 소식", "공유"))


def test_importing_follows_the_settings_of_the_site_it_fills(project: Path) -> None:
    """What importing takes out is gone from the file: no setting of the build brings it back."""
    post = (
        "---\ntitle: 글\ndate: 2026-03-02\n---\n<p>강물이 맑다.</p><p><img src='https://pic.example/a.jpg' alt='강'></p>"
        "<p>더 보기: <a href='https://ads.example/'>나루</a></p><p>출처: 정책브리핑</p>"
    )
    (project / "2026-03-02-글.html").write_text(post, "utf-8")
    settings = '[cleaning]\ndisable = ["credit"]\nimage_hosts = ["pic.example"]\npromo_hosts = ["ads.example"]\n'

    written = []
    for number, given in enumerate(("", settings)):
        content = project / f"content-{number}"
        content.mkdir()
        (content / "site.toml").write_text(given, "utf-8")
        assert run("import", "2026-03-02-글.html", "--to", str(content), cwd=project).status == 0
        assert run("import", "--check", "--to", str(content), cwd=project).status == 0
        written.append(next(iter((content / "articles").rglob("*.md"))).read_text("utf-8"))

    seen = [[words in text for words in ("<img", "더 보기", "<p>출처")] for text in written]
    assert seen == [[False, True, False], [True, False, True]]


CLOSED = """<NewsItem><NewsItemId>7</NewsItemId><ContentsStatus>I</ContentsStatus><ModifyId>1</ModifyId>
<ApproveDate>05/14/2024 10:30:00</ApproveDate><GroupingCode>press</GroupingCode><Title>둑을 고치다</Title>
<ContentsType>H</ContentsType><DataContents><![CDATA[{}]]></DataContents><MinisterCode>하천청</MinisterCode>
<OriginalUrl>https://www.korea.kr/briefing/pressReleaseView.do?newsId=7</OriginalUrl><KoglType>4</KoglType></NewsItem>"""


@pytest.mark.parametrize(
    ("content", "is_shown"),
    [
        ("<p>□ 둑을 고친다.</p><p>ㅇ 6월까지 마친다.</p>", True),
        ("<p>둑을 <b>고친다</b>.</p><table><tr><td>때</td><td>6월</td></tr></table>", True),
        ("<p>둑을 <b>고친다</b>.</p><script>promote()</script>", True),
        ("<p>둑을 <b>고친다</b>.</p><iframe src='/x'></iframe>", False),
    ],
)
def test_a_text_that_may_not_be_changed_is_shown_when_nothing_was_taken_out(
    project: Path, content: str, *, is_shown: bool
) -> None:
    """The capture proves the text; where cleaning took words away the page leads to the original instead."""
    answer = f"<response><header><resultCode>0</resultCode></header><body>{CLOSED.format(content)}</body></response>"
    (project / "closed.xml").write_text(answer, "utf-8")

    run("import", "closed.xml", "--to", "content", cwd=project)
    run("--content", "content", "--output", "_site", "--no-search", cwd=project)

    page = (project / "_site/2024/05/둑을-고치다/index.html").read_text("utf-8")
    assert ("둑을" in page.partition('<div class="body"')[2]) is is_shown
