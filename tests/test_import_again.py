"""`import` again: the same captures, newer ones, others of the same items; nothing is lost, and nothing comes twice."""

import json
import os
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.importers.capture import Capture
from sitegen.importers.profiles import choose, drafts_of
from sitegen.importers.report import Action, Standing
from sitegen.importers.store import Store
from tests.conftest import run, tree
from tests.test_import import CAPTURES, FILE, project  # project: a fixture

__all__ = ["project"]


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


def test_files_of_a_page_take_the_place_of_the_words_that_named_them(project: Path) -> None:
    """A feed knows its files by the text alone; with those of the page each would be listed twice."""
    run("import", "raw/korea_kr_feed.xml", "--to", "content", cwd=project)
    before = (project / "content" / FILE).read_text("utf-8")

    run("import", "raw/korea_kr_page.html", "--to", "content", cwd=project)

    after = (project / "content" / FILE).read_text("utf-8")
    assert "label: 일정표" in before
    assert "label: 강물 포럼.hwp" in after
    assert "label: 일정표" not in after


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


def test_a_capture_that_is_read_differently_now_is_told_and_written_when_asked(project: Path) -> None:
    """What the site asks of its cleaner has changed; the file is ours, and nobody has edited it."""
    post = '---\ntitle: 글\n---\n<p>강물이 맑다.</p>\n<p><a href="https://ads.example/1">여기를 누르세요</a></p>\n'
    (project / "2026-03-02-a.html").write_text(post, "utf-8")
    call = ("import", "2026-03-02-a.html", "--profile", "post", "--to", "content")
    run(*call, cwd=project)
    (path,) = (project / "content/articles").rglob("*.md")
    (project / "content/site.toml").write_text('[cleaning]\npromo_hosts = ["ads.example"]\n', "utf-8")

    told = run(*call, "-v", cwd=project)
    kept = path.read_text("utf-8")
    run(*call, "--update", cwd=project)

    assert (
        f"2026-03-02-a.html: note IMP010 the same capture is read differently now: {path.relative_to(project)}"
        in told.err
    )
    assert ("ads.example" in kept, "ads.example" in path.read_text("utf-8")) == (True, False)


LONE = "---\ntitle: {}\ncategories: 환경 정책\n---\n강물이 맑다.\n"


@pytest.mark.parametrize(
    ("folder", "path"),
    [("_posts", "2026-03-02-a.md"), ("elsewhere", "2026-03-02-a.md"), (".", "elsewhere/2026-03-02-a.md")],
    ids=["from-its-folder", "copied", "copied-below"],
)
def test_a_lone_post_is_read_alike_with_its_folder_and_without(project: Path, folder: str, path: str) -> None:
    """Jekyll cuts categories at spaces; who stands in `_posts/`, or has copied the post, names no folder."""
    for name in ("_posts", "_drafts", "elsewhere"):
        (project / name).mkdir()
        (project / name / "2026-03-02-a.md").write_text(LONE.format(name.replace("elsewhere", "_posts")), "utf-8")
    run("import", "_posts/2026-03-02-a.md", "_drafts/2026-03-02-a.md", "--to", "content", cwd=project)
    first = tree(project / "content")

    content = str(project / "content")
    again = run("import", path, "--update", "--to", content, cwd=project / folder)
    checked = run("import", "--check", "--to", content, cwd=project / "_posts")

    assert sum("\n- 환경\n- 정책\n".encode() in data for data in first.values()) == 1  # drafts are cut nowhere
    assert "unchanged 1" in again.out
    assert tree(project / "content") == first
    assert (checked.status, checked.out.partition(":")[2]) == (
        0,
        " 0 edited, 0 read otherwise now, 0 without their capture\n",
    )


def test_a_copy_of_a_post_keeps_the_address_that_its_site_gave_it(project: Path) -> None:
    """The old site is known from the first import; a copy beside nothing knows of none."""
    (project / "blog/_posts").mkdir(parents=True)
    (project / "blog/_config.yml").write_text(
        "url: https://naru.example.kr\npermalink: /:categories/:title/\n", "utf-8"
    )
    (project / "blog/_posts/2026-03-02-a.md").write_text(LONE.format("글"), "utf-8")
    run("import", "blog", "--to", "content", cwd=project)
    first = tree(project / "content")
    (project / "2026-03-02-a.md").write_text(LONE.format("글"), "utf-8")

    again = run("import", "2026-03-02-a.md", "--update", "--to", "content", cwd=project)

    assert any("/환경/정책/a/".encode() in data for data in first.values())
    assert "unchanged 1" in again.out
    assert tree(project / "content") == first


def test_files_that_are_read_otherwise_now_are_not_told_as_edited(project: Path) -> None:
    """After an upgrade they may be hundreds: one line says that the tool has changed, neither the source nor a person."""
    for day in range(1, 6):
        post = f'---\ntitle: 글 {day}\n---\n<p>강물이 맑다.</p>\n<p><a href="https://ads.example/1">누르세요</a></p>\n'
        (project / f"2026-03-0{day}-a.html").write_text(post, "utf-8")
    run("import", "*.html", "--profile", "post", "--to", "content", cwd=project)
    paths = sorted((project / "content/articles").rglob("*.md"))
    paths[0].write_text(paths[0].read_text("utf-8").replace("맑다", "깊다"), "utf-8")
    (project / "content/site.toml").write_text('[cleaning]\npromo_hosts = ["ads.example"]\n', "utf-8")

    checked = run("import", "--check", "--to", "content", cwd=project)

    assert (checked.status, len(checked.lines("IMP008")), len(checked.lines("IMP020"))) == (1, 1, 1)
    assert str(paths[0].relative_to(project)) in checked.lines("IMP008")[0]
    assert checked.lines("IMP020")[0].endswith("reads the capture otherwise (and 3 more; -v lists them all)")
    assert checked.out == "5 imported file(s): 1 edited, 4 read otherwise now, 0 without their capture\n"


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


def test_a_file_that_was_moved_is_known_where_it_lies(project: Path) -> None:
    """Articles may be in any folders: importing again makes no second one, and `--check` still asks about it."""
    run("import", "raw/korea_kr_page.html", "--to", "content", cwd=project)
    (project / "content/news").mkdir()
    (project / "content" / FILE).rename(project / "content/news/moved.md")

    again = run("import", "raw/korea_kr_page.html", "--to", "content", cwd=project)
    checked = run("import", "--check", "--to", "content", cwd=project)

    assert "unchanged 1" in again.out
    assert not (project / "content" / FILE).exists()
    assert checked.out == "1 imported file(s): 0 edited, 0 read otherwise now, 0 without their capture\n"


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
    assert checked.out == "1 imported file(s): 0 edited, 0 read otherwise now, 0 without their capture\n"


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


def test_an_address_that_a_newer_date_moves_leads_on(tmp_path: Path) -> None:
    """Readers and search engines have it; so it is for all revisions to come, and for `import --check`."""
    content = tmp_path / "content"
    dates = ["05/14/2024 09:00:00", "06/01/2024 00:10:00", "06/02/2024 00:10:00", "07/01/2024 00:10:00"]
    heads = []
    for revision, date in enumerate(dates, 2):
        text = release(revision=revision).decode()
        data = re.sub("<ApproveDate>[^<]*<", f"<ApproveDate>{date}<", text).encode()
        assert stored(content, data) is (Action.ADDED if revision == 2 else Action.UPDATED)
        assert stored(content, data) is Action.UNCHANGED
        (file,) = (content / "articles").rglob("*.md")
        heads.append(re.findall(r"^- (/20\d\d/\d\d/)", file.read_text("utf-8").partition("\nsource:")[0], re.MULTILINE))

    assert heads == [[], ["/2024/05/"], ["/2024/05/"], ["/2024/05/", "/2024/06/"]]
    assert [standing for _, standing in Store(content).check()] == [Standing.SAME]


def test_files_whose_lines_git_ends_otherwise_are_as_they_were_made(tmp_path: Path) -> None:
    """Git for Windows does so by default; a correction would be left out, for "somebody has edited" the file."""
    content = tmp_path / "content"
    stored(content, release())
    (file,) = (content / "articles").rglob("*.md")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    assert [standing for _, standing in Store(content).check()] == [Standing.SAME]
    assert stored(content, release()) is Action.UNCHANGED
    assert stored(content, release(revision=3, words="고쳐 말한다")) is Action.UPDATED
