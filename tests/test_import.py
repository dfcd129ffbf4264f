"""`import`: captures in, content files out; again and again, and a person's work in between."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.importers.capture import Capture
from sitegen.importers.profiles import choose, drafts_of
from sitegen.importers.report import Action
from sitegen.importers.store import Store
from tests.conftest import ROOT, run, tree

CAPTURES = ROOT / "tests/captures"
FILE = "articles/2024/05/하천환경청,-아홉-나라-전문가와-강물-살리기-논의.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a folder with our captures in it."""
    shutil.copytree(CAPTURES, tmp_path / "raw", ignore=shutil.ignore_patterns("*.toml"))
    return tmp_path


def stored(folder: Path, data: bytes, **wishes: bool) -> Action:
    """Import one capture into a content folder; return what became of its item."""
    capture = Capture(data, "capture.xml")
    profile, _ = choose(capture)
    assert profile is not None
    store = Store(folder)
    (draft,) = drafts_of(profile, capture)
    store.keep(capture, ".xml")
    return store.put(draft, **wishes).action


def release(*, revision: int = 2, words: str = "이야기한다") -> bytes:
    """Return our API answer in some revision."""
    text = (CAPTURES / "data_go_kr.xml").read_text("utf-8").replace("<ModifyId>2<", f"<ModifyId>{revision}<")
    return text.replace("이야기한다", words).encode()


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


def test_importing_again_changes_no_byte(project: Path) -> None:
    """A nightly job must not stir the history."""
    run("import", "raw", "--to", "content", cwd=project)
    before = tree(project / "content")

    again = run("import", "raw", "--to", "content", cwd=project)

    assert tree(project / "content") == before
    assert "unchanged 4" in again.out


def test_a_second_capture_of_a_release_is_told_and_not_written(project: Path) -> None:
    """The same release twice would be held back by the next build."""
    run("import", "raw/korea_kr_page.txt", "--to", "content", cwd=project)

    outcome = run("import", "raw/agency_board_cp949.html", "--to", "content", cwd=project)

    assert outcome.status == 1
    assert "error IMP007 what seems to be the same item is there already: content/articles/2024/05/" in outcome.err
    assert len(list((project / "content/articles").rglob("*.md"))) == 1


LIST_ROW = """<!DOCTYPE html><html><body><div class="list_type"><ul><li>
<a href="/briefing/pressReleaseView.do?newsId=150000001"><span class="text"><strong>하천환경청, 아홉 나라 전문가와 강물 살리기 논의</strong>
<span class="lead">포럼을 연다.</span><span class="source"><span>2024.05.14</span><span>하천환경청</span></span></span></a>
</li></ul></div></body></html>"""


@pytest.mark.parametrize("later", ["raw/korea_kr_feed.xml", "list.html"])
def test_a_poorer_capture_of_another_kind_changes_nothing(project: Path, later: str) -> None:
    """A page saved by hand has text, licence and files; the night's list of titles must not empty it."""
    (project / "list.html").write_text(LIST_ROW, "utf-8")
    run("import", "raw/korea_kr_page.html", "--to", "content", cwd=project)
    before = tree(project / "content/articles")

    outcome = run("import", later, "--to", "content", cwd=project)

    assert (outcome.status, tree(project / "content/articles")) == (0, before)
    assert "unchanged 1" in outcome.out


def test_a_capture_of_another_kind_keeps_what_it_does_not_say(project: Path) -> None:
    """The service sends a new text at night; the licence that stood on the page, and its notice, are still true."""
    page = (
        (project / "raw/korea_kr_page.html")
        .read_text("utf-8")
        .replace("제1유형(출처표시)", "제4유형(출처표시+상업적 이용금지+변경금지)")
    )
    (project / "page.html").write_text(page, "utf-8")
    (project / "night.xml").write_bytes(
        release(revision=3, words="깊이 이야기한다").replace(b"<KoglType>1</KoglType>", b"")
    )
    run("import", "page.html", "--to", "content", cwd=project)

    outcome = run("import", "night.xml", "--to", "content", cwd=project)
    again = run("import", "night.xml", "--to", "content", cwd=project)
    checked = run("import", "--check", "--to", "content", cwd=project)

    text = (project / "content" / FILE).read_text("utf-8")
    assert "updated 1" in outcome.out
    assert "id: KOGL-4\n" in text
    assert "statement: “이 자료는" in text
    assert "깊이 이야기한다" in text
    assert "completed_by: koreakr-html/" in text
    assert "unchanged 1" in again.out
    assert (checked.status, "IMP008" in checked.err) == (0, False)


def night(**changes: str) -> bytes:
    """Return our API answer with other values of its elements."""
    text = release(revision=int(changes.pop("ModifyId", "2"))).decode()
    for name, value in changes.items():
        text = re.sub(rf"(<{name}>).*?(</{name}>)", rf"\g<1>{value}\g<2>", text)
    return text.encode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"KoglType": "4"}, "id: KOGL-4\n"),
        ({"EmbargoDate": "12/25/2030 00:00:00"}, "embargo_until: '2030-12-25'\n"),
        ({"MinisterCode": "강물청"}, "agency: 강물청\n"),
        ({"Title": "하천환경청, 열 나라 전문가와 강물 살리기 논의"}, "title: 하천환경청, 열 나라"),
    ],
)
def test_news_of_another_kind_is_taken(project: Path, change: dict[str, str], said: str) -> None:
    """The text is the same; its licence, its day or its title is not."""
    run("import", "raw/korea_kr_page.html", "--to", "content", cwd=project)
    (project / "night.xml").write_bytes(night(**change))

    outcome = run("import", "night.xml", "--to", "content", cwd=project)

    (file,) = (project / "content/articles").rglob("*.md")
    assert "updated 1" in outcome.out
    assert said in file.read_text("utf-8")


@pytest.mark.parametrize("day", ["12/25/2030 00:00:00", "추후"])
def test_what_must_not_be_published_yet_stays_so(project: Path, day: str) -> None:
    """A feed knows of no embargo."""
    feed = (
        (project / "raw/korea_kr_feed.xml").read_text("utf-8").replace("붙 임 : 일정표", "붙 임 : 강물 포럼 일정.hwp")
    )
    (project / "feed.xml").write_text(feed, "utf-8")
    (project / "night.xml").write_bytes(night(EmbargoDate=day))
    run("import", "night.xml", "--to", "content", cwd=project)
    before = (project / "content" / FILE).read_text("utf-8")

    run("import", "feed.xml", "--to", "content", cwd=project)

    text = (project / "content" / FILE).read_text("utf-8")
    kept = [
        line for line in before.split("\n") if line.startswith(("embargo_until: ", "draft: ", "date: ", "subtitle: "))
    ]
    assert "강물 포럼 일정.hwp" in text  # what the feed has told
    assert len(kept) == 3
    assert all(line in text.split("\n") for line in kept)


def test_a_page_takes_the_place_of_a_post_about_it_and_keeps_its_old_addresses(project: Path) -> None:
    """The blog that is imported again every night must not bring its own words back."""
    posts = project / "blog/_posts"
    posts.mkdir(parents=True)
    (project / "blog/_config.yml").write_text("url: https://old.example\npermalink: /posts/:title/\n", "utf-8")
    title = "하천환경청, 아홉 나라 전문가와 강물 살리기 논의"
    url = "https://www.korea.kr/briefing/pressReleaseView.do?newsId=150000001"
    head = f"---\ntitle: {title}\ndate: 2024-05-14\nsource_url: {url}\nsource: 정책브리핑\n---\n"
    (posts / "2024-05-14-river.md").write_text(f"{head}\n블로그의 글이다.\n", "utf-8")
    said = [
        run("import", what, "--to", "content", cwd=project).out for what in ("blog", "raw/korea_kr_page.html", "blog")
    ]

    (file,) = (project / "content/articles").rglob("*.md")
    text = file.read_text("utf-8")
    assert ["added 1" in said[0], "updated 1" in said[1], "unchanged 1" in said[2]] == [True] * 3
    assert "/posts/river/" in text
    assert "블로그의 글" not in text[text.rindex("---") :]


def test_an_older_revision_undoes_nothing_whatever_came_between(project: Path) -> None:
    """A page without a number stands between two numbers of the service; nobody knows which of both texts is newer."""
    page = (project / "raw/korea_kr_page.html").read_text("utf-8").replace("이야기한다", "말한다")
    folder = project / "content"
    (project / "page.html").write_text(page.replace("강물 포럼.hwp", "강물 포럼 일정.hwp"), "utf-8")
    first = stored(folder, night(ModifyId="3"))
    between = run("import", "page.html", "--to", "content", cwd=project)
    actions = [stored(folder, night(ModifyId="3")), stored(folder, release(revision=1, words="옛말을 한다"))]

    text = (folder / FILE).read_text("utf-8")
    assert (first, actions) == (Action.ADDED, [Action.UNCHANGED, Action.OLDER])
    assert "updated 1" in between.out
    assert "revision: '3'" in text
    assert "이야기한다" in text  # of the revision with a number
    assert all(f"label: {name}.hwp" in text for name in ("강물 포럼", "강물 포럼 일정"))  # each has told of one
    assert run("import", "--check", "--to", "content", cwd=project).status == 0


@pytest.mark.parametrize("flags", [(), ("--dry-run",)])
def test_two_releases_of_one_title_and_day_are_two(project: Path, flags: tuple[str, ...]) -> None:
    """Ministries announce appointments under one title; what the service gives two numbers and other words are two."""
    one = release().decode()
    item = one[one.index("<NewsItem>") : one.index("</NewsItem>") + len("</NewsItem>")]
    other = item.replace("150000001", "150000002").replace("강물 포럼*은", "호수 포럼*은")
    same = item.replace("150000001", "150000003")
    (project / "night.xml").write_text(one.replace(item, item + other + same), "utf-8")

    outcome = run("import", "night.xml", "--to", "content", *flags, cwd=project)

    assert "added 2, twin 1" in outcome.out


def test_items_of_one_capture_are_no_newer_versions_of_each_other(project: Path) -> None:
    """Whoever writes a folder again with a better profile must not lose all but the last of its appointments."""
    items = "".join(
        f"<item><title>인사 발령</title><description>{name} 과장</description><pubDate>Tue, 05 Mar 2026 09:00:00 +0900</pubDate></item>"
        for name in ("강", "둑", "길")
    )
    for name in ("a", "b"):
        text = f"<rss><channel><title>하천청 {name}</title>{items}</channel></rss>"
        (project / f"{name}.xml").write_text(text, "utf-8")
    first = run("import", "a.xml", "--to", "content", "--force", cwd=project)
    before = tree(project / "content/articles")

    again = [run("import", "a.xml", "--to", "content", "--update", cwd=project).out for _ in range(2)]
    other = run("import", "b.xml", "--to", "content", "--update", cwd=project)

    assert "added 3" in first.out
    assert len(before) == 3
    assert all("unchanged 3" in out for out in again)
    assert "twin 2" in other.out
    assert len(tree(project / "content/articles")) == 3


def test_a_newer_version_is_taken_in_its_place_when_asked(project: Path) -> None:
    """A board's page saved again, put right under the same title: it has no number to be known by."""
    board = project / "raw/agency_board_cp949.html"
    run("import", "raw/agency_board_cp949.html", "--to", "content", cwd=project)
    board.write_bytes(board.read_bytes().replace("물길 잇기".encode("cp949"), "물길 가꾸기".encode("cp949")))

    told = run("import", "raw/agency_board_cp949.html", "--to", "content", cwd=project)
    outcome = run("import", "raw/agency_board_cp949.html", "--to", "content", "--update", cwd=project)

    (file,) = (project / "content/articles").rglob("*.md")
    assert "give --update if it is a newer version of that one" in told.err
    assert "updated 1" in outcome.out
    assert "물길 가꾸기" in file.read_text("utf-8")


def test_two_texts_of_one_original_are_two_texts(project: Path) -> None:
    """A blog wrote twice about one release; the second post must not replace the first."""
    for day in (1, 2):
        text = f"---\ntitle: 강물\ndate: 2024-05-0{day}\nsource_url: https://press.example.go.kr/1\n---\n\n글 {day}\n"
        (project / f"post-{day}.md").write_text(text, "utf-8")

    outcome = run("import", "post-1.md", "post-2.md", "--to", "content", cwd=project)

    again = run("import", "post-1.md", "post-2.md", "--to", "content", cwd=project)

    (file,) = (project / "content/articles").rglob("*.md")
    assert "added 1, twin 1" in outcome.out
    assert "unchanged 1, twin 1" in again.out
    assert file.read_text("utf-8").endswith("글 1\n")


def test_a_viewer_shell_makes_no_file(project: Path) -> None:
    """An empty article with a ministry's name is worse than none."""
    outcome = run("import", "raw/korea_kr_shell.html", "--to", "content", cwd=project)

    assert outcome.status == 1
    assert "raw/korea_kr_shell.html: error BODY001" in outcome.err
    assert not (project / "content/articles").exists()


def test_a_newer_revision_updates_the_file_and_is_recorded(tmp_path: Path) -> None:
    """A correction must reach the mirror, and leave a trace."""
    assert stored(tmp_path, release()) is Action.ADDED

    action = stored(tmp_path, release(revision=3, words="의논한다"))

    text = (tmp_path / FILE).read_text("utf-8")
    assert action is Action.UPDATED
    assert "시민 참여를 의논한다." in text
    assert "revision: '3'" in text
    assert "revisions:\n  - revision: '2'\n    sha256: " in text


def test_an_older_revision_is_refused(tmp_path: Path) -> None:
    """Yesterday's answer must not undo today's correction."""
    stored(tmp_path, release(revision=3, words="의논한다"))
    before = (tmp_path / FILE).read_bytes()

    assert stored(tmp_path, release()) is Action.OLDER
    assert (tmp_path / FILE).read_bytes() == before


def test_a_file_somebody_edited_is_left_alone_unless_forced(tmp_path: Path) -> None:
    """A category written by hand is work."""
    stored(tmp_path, release())
    path = tmp_path / FILE
    edited = path.read_text("utf-8").replace("lang: ko", "lang: ko\ncategories: [환경]")
    path.write_text(edited, "utf-8")

    refused = stored(tmp_path, release(revision=3, words="의논한다"))
    kept = path.read_text("utf-8")
    forced = stored(tmp_path, release(revision=3, words="의논한다"), force=True)

    assert (refused, kept) == (Action.EDITED, edited)
    assert forced is Action.UPDATED
    assert "categories" not in path.read_text("utf-8")


def test_a_file_of_an_older_importer_is_written_again_when_asked(tmp_path: Path) -> None:
    """A better profile must reach old files, and never over somebody's work."""
    capture = Capture(release(), "capture.xml")
    profile, _ = choose(capture)
    assert profile is not None
    (draft,) = drafts_of(profile, capture)
    before = Store(tmp_path).put(replace(draft, profile="data-go-kr/0", subtitle="")).path.read_bytes()

    told = Store(tmp_path).put(draft)
    untouched = told.path.read_bytes()
    updated = Store(tmp_path).put(draft, update=True)
    told.path.write_bytes(told.path.read_bytes().replace(b"lang: ko", b"lang: ko\ndraft: true"))
    edited = Store(tmp_path).put(replace(draft, subtitle=""), update=True)

    assert (told.action, untouched) == (Action.OUTDATED, before)
    assert updated.action is Action.UPDATED
    assert edited.action is Action.EDITED


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


def test_two_items_of_one_title_in_one_capture_are_two_files(project: Path) -> None:
    """A feed may report twice under one heading."""
    rows = [
        {
            "title": "나루천 소식",
            "approved_at": f"2026-07-0{day}",
            "original_url": f"https://www.korea.kr/a.do?newsId={day}",
        }
        for day in (1, 2, 3)
    ]
    (project / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")

    first = run("import", "rows.jsonl", "--to", "content", cwd=project)
    again = run("import", "rows.jsonl", "--to", "content", cwd=project)

    assert "added 3" in first.out
    assert "unchanged 3" in again.out
    assert len(list((project / "content/articles").rglob("*.md"))) == 3


def test_a_newer_revision_of_a_newer_revision_keeps_the_whole_history(tmp_path: Path) -> None:
    """Three states, two of them past."""
    for revision, words in ((2, "이야기한다"), (3, "의논한다"), (5, "나눈다")):
        stored(tmp_path, release(revision=revision, words=words))

    text = (tmp_path / FILE).read_text("utf-8")

    assert text.count("  - revision: ") == 2
    assert len(list((tmp_path / "captures").rglob("*.xml"))) == 3


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


def test_a_file_that_was_moved_is_known_where_it_lies(project: Path) -> None:
    """Articles may be in any folders: importing again makes no second one, and `--check` still asks about it."""
    run("import", "raw/korea_kr_page.html", "--to", "content", cwd=project)
    (project / "content/news").mkdir()
    (project / "content" / FILE).rename(project / "content/news/moved.md")

    again = run("import", "raw/korea_kr_page.html", "--to", "content", cwd=project)
    checked = run("import", "--check", "--to", "content", cwd=project)

    assert "unchanged 1" in again.out
    assert not (project / "content" / FILE).exists()
    assert checked.out == "1 imported file(s), 0 different, 0 without their capture\n"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are always text there")
def test_a_capture_whose_name_is_no_text_is_known_again(project: Path) -> None:
    """A Korean archive unpacked elsewhere has names in CP949; what an import writes must be read by the next."""
    post = "---\ntitle: 둘째\ndate: 2024-05-03\nsource: {name: 나루청}\n---\n글\n".encode()
    (project / "old").mkdir()
    (project / "old" / os.fsdecode("보도.md".encode("cp949"))).write_bytes(post)
    first = run("import", "old", "--to", "content", cwd=project)
    again = run("import", "old", "--to", "content", cwd=project)
    checked = run("import", "--check", "--to", "content", cwd=project)

    assert "added 1" in first.out
    assert "unchanged 1" in again.out
    assert checked.out == "1 imported file(s), 0 different, 0 without their capture\n"


@pytest.mark.parametrize("digest", ["null", '"**"', "a/../b"])
def test_a_digest_that_is_none_has_no_capture(project: Path, digest: str) -> None:
    """A head is edited by hand; what stands there is no pattern of file names."""
    run("import", "raw/korea_kr_page.html", "--to", "content", cwd=project)
    path = project / "content" / FILE
    path.write_text(re.sub(r"sha256: \w{64}", f"sha256: {digest}", path.read_text("utf-8"), count=1), "utf-8")

    checked = run("import", "--check", "--to", "content", cwd=project)

    assert checked.out == "1 imported file(s), 0 different, 1 without their capture\n"


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

    assert (sound.status, sound.out) == (0, "2 imported file(s), 0 different, 0 without their capture\n")
    assert outcome.status == 1
    assert f"content/{FILE}: warning IMP008 differs from what its capture gives" in outcome.err


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


def test_a_file_whose_title_was_edited_is_still_known(project: Path) -> None:
    """A capture without id or address is known by itself, not by the title a person may mend."""
    run("import", "raw/korea_kr_page.txt", "--to", "content", cwd=project)
    (file,) = (project / "content/articles").rglob("*.md")
    file.write_text(file.read_text("utf-8").replace("title: 하천환경청, ", "title: "), "utf-8")

    again = run("import", "raw/korea_kr_page.txt", "--to", "content", cwd=project)

    assert "unchanged 1" in again.out
    assert len(list((project / "content/articles").rglob("*.md"))) == 1


def test_a_capture_that_another_has_replaced_changes_nothing(project: Path) -> None:
    """Whoever imports a folder of captures each night must not turn the text back and forth."""
    text = (CAPTURES / "korea_kr_page.html").read_text("utf-8")
    (project / "1.html").write_text(text, "utf-8")
    (project / "2.html").write_text(text.replace("아홉", "열"), "utf-8")
    run("import", "1.html", "2.html", "--to", "content", cwd=project)
    before = tree(project / "content/articles")

    again = run("import", "1.html", "2.html", "--to", "content", cwd=project)
    unmoved = tree(project / "content/articles")
    forced = run("import", "1.html", "--to", "content", "--force", cwd=project)

    assert "열 나라" in next(iter(before.values())).decode()
    assert (again.status, unmoved) == (0, before)
    assert "unchanged 2" in again.out
    assert "updated 1" in forced.out


FEED = """<rss version="2.0"><channel><title>나루청</title><link>https://naru.example.kr</link>{}</channel></rss>"""
ITEM = (
    "<item><title>{0} 소식</title><link>https://naru.example.kr/{1}</link>"
    "<pubDate>Mon, 09 Nov 2026 07:30:00 +0900</pubDate><description>{0}을 고친다. {2}</description></item>"
)


def test_an_item_that_a_new_issue_of_its_feed_repeats_is_no_revision(project: Path) -> None:
    """Its capture has other bytes each night: readers must not be told of a change, nor somebody of edits lost."""
    feed = project / "feed.xml"
    two = ITEM.format("둑", 1, "") + ITEM.format("강", 2, "")
    feed.write_text(FEED.format(two), "utf-8")
    run("import", "feed.xml", "--to", "content", cwd=project)
    edited, same = sorted((project / "content/articles").rglob("*.md"))
    edited.write_text(edited.read_text("utf-8").replace("lang: ko", "lang: ko\ncategories: [환경]"), "utf-8")
    before = tree(project / "content/articles")
    feed.write_text(FEED.format(ITEM.format("길", 3, "") + two), "utf-8")

    outcome = run("import", "feed.xml", "--to", "content", cwd=project)
    unmoved = {name: data for name, data in tree(project / "content/articles").items() if name in before}
    feed.write_text(FEED.format(ITEM.format("둑", 1, "7월") + ITEM.format("강", 2, "7월")), "utf-8")
    changed = run("import", "feed.xml", "--to", "content", cwd=project)

    assert (outcome.status, unmoved) == (0, before)
    assert "unchanged 2, added 1" in outcome.out
    assert "IMP006" in changed.err  # now there is something that the edited one lacks
    assert "updated 1" in changed.out
    assert "new: 7월" in same.read_text("utf-8")


def test_an_item_with_anothers_address_gets_a_file_of_its_own_when_asked(project: Path) -> None:
    """A feed whose links all lead to the list: to force the second must not write over the first."""
    (project / "feed.xml").write_text(FEED.format(ITEM.format("둑", 1, "") + ITEM.format("강", 1, "")), "utf-8")

    told = run("import", "feed.xml", "--to", "content", cwd=project)
    forced = run("import", "feed.xml", "--to", "content", "--force", cwd=project)
    again = run("import", "feed.xml", "--to", "content", cwd=project)

    assert "added 1, twin 1" in told.out
    assert "unchanged 1, added 1" in forced.out
    assert "unchanged 2" in again.out
    texts = [path.read_text("utf-8") for path in sorted((project / "content/articles").rglob("*.md"))]
    assert ["강을" in text for text in texts] == [True, False]
