"""After a takedown no trace of the text is left: not in pages, index, records, captures, memo or spare copies."""

import base64
import gzip
import json
import os
import quopri
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from unicodedata import normalize

import pytest

from tests.conftest import ROOT, Outcome, SiteTest, run
from tests.test_faults import NAMESPACE, has_namespaces, held_back, obeys_permissions

SENTENCE = "내려야 하는 문장이라서 어디에도 남으면 안 된다."
ENCODINGS = {
    "page.html": "<html><body><p>내려야 하는 <b>문장이라서</b> 어디에도 남으면&nbsp;안 된다.</p></body></html>".encode(),
    "board.html": f'<meta charset="euc-kr"><p>{SENTENCE}</p>'.encode("cp949"),
    "rows.json": json.dumps({"text": f"<p>{SENTENCE}</p>"}).encode(),
    "mail.eml": b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(f"<p>{SENTENCE}</p>".encode()),
    "page.mhtml": quopri.encodestring(f"<p>{SENTENCE}</p>".encode()),
    "page.html.gz": gzip.compress(f"<p>{SENTENCE}</p>".encode()),
    "nested.json": json.dumps({"row": json.dumps({"text": SENTENCE})}).encode(),
    "utf16.txt": SENTENCE.encode("utf-16"),
    "api.xml": f"<item><DataContents>&lt;p&gt;{SENTENCE}&lt;/p&gt;</DataContents></item>".encode(),
}


@pytest.fixture
def mirror(site: SiteTest) -> SiteTest:
    """Give a site with one article to be taken down, built once, and its captures in every form."""
    more = "source_note: x\ncorrections:\n  - {date: 2026-03-09, text: 숫자를 고쳤습니다.}\n"
    site.article("river", body=f"{SENTENCE}\n\n둘째 문단입니다.", more=more, title="내릴 글")
    site.article("lake", body="남아 있을 글입니다.")
    for name, data in ENCODINGS.items():
        site.write(f"content/captures/aa/{name}", data)
    archive = site.folder / "content/captures/aa/release.hwpx"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as hwpx:
        hwpx.writestr("Contents/section0.xml", f"<hp:t>{SENTENCE}</hp:t>")
    site.write("content/captures/bb/lake.txt", "남아 있을 글입니다.")
    assert built(site).status == 0
    return site


def command(site: SiteTest, *arguments: str) -> Outcome:
    """Run a command of the site."""
    folders = ("--content", "content", "--output", "_site", "--cache", "cache", "--now", "2026-11-22")
    return run(*arguments, *folders, cwd=site.folder)


def replaced(site: SiteTest, address: str) -> Outcome:
    """Take the article down in favour of what stands at an address."""
    said = ("--reason", "새 판", "--notice", "replaced", "--replaced-by", address)
    return command(site, "takedown", "content/river.md", *said)


def built(site: SiteTest) -> Outcome:
    """Build the site, without the search that only some tests look into."""
    return command(site, "build", "--no-search")


def traces(folder: Path, sentence: str) -> list[str]:
    """Return the files below a folder that hold a sentence, Pagefind's compressed ones opened."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            data += gzip.decompress(data) if data.startswith(b"\x1f\x8b") else b""
            if sentence.encode() in data:
                found.append(path.relative_to(folder).as_posix())
    return found


def test_no_trace_is_left_where_the_text_was(mirror: SiteTest) -> None:
    """Pages, records, search index, memo: what held the text before the takedown holds nothing of it after the build."""
    command(mirror)
    found = traces(mirror.folder, "어디에도")

    assert "_site/2026/03/river/article.json" in found
    assert "content/river.md" in found
    assert any(name.endswith(".pf_fragment") for name in found)
    assert any(name.startswith("cache/") for name in found)

    command(mirror, "takedown", "content/river.md", "--reason", "요청")
    assert command(mirror).status == 0
    assert traces(mirror.folder, "어디에도") == []


@pytest.mark.parametrize("what", ["content/river.md", "/2026/03/river/", "https://any.example/2026/03/river"])
def test_no_trace_is_left_after_the_next_build(mirror: SiteTest, what: str) -> None:
    """Named by its file or by its address, from any folder."""
    done = command(mirror, "takedown", what, "--reason", "기관의 요청", "--notice", "withdrawn")
    assert (done.status, built(mirror).status) == (0, 0), done.err

    assert traces(mirror.folder, "어디에도") == []
    assert traces(mirror.folder, "둘째 문단") == []
    assert sorted(path.name for path in (mirror.folder / "content/captures").rglob("*.*")) == ["lake.txt"]
    page = mirror.page("/2026/03/river/")
    assert "기관의 요청" in page.text("article")
    assert page.attributes("article a.button", "href")[-1].startswith("https://press.example.go.kr/view")
    assert mirror.page("/changes/").all(".change__kind") == ["내림"]
    assert "내릴 글" in (mirror.output / "changes/feed.xml").read_text("utf-8")
    assert not (mirror.output / "2026/03/river/article.json").exists()


def test_the_title_goes_too_when_another_is_given(mirror: SiteTest) -> None:
    """A name in a title is a text as well."""
    command(mirror, "takedown", "content/river.md", "--reason", "개인정보", "--title", "내린 글입니다")
    built(mirror)

    assert traces(mirror.folder, "내릴 글") == []
    assert mirror.page("/2026/03/river/").text("h1") == "내린 글입니다"


def test_files_that_only_the_article_named_are_told(mirror: SiteTest) -> None:
    """A picture of a person is often the very reason; what others show stays."""
    for name in ("강 가.png", "plan.pdf", "both.png"):
        mirror.write(f"static/img/{name}", "x")
    mirror.write(f"static/img/{normalize('NFD', '호수')}.png", "x")  # as macOS writes it
    mirror.article("shore", body="![둘](/img/both.png)")
    body = "![배](/img/%EA%B0%95%20%EA%B0%80.png) ![둘](/img/both.png) ![호](/img/호수.png)"
    mirror.article("boat", body=body, more="attachments: [{label: 안, url: /img/plan.pdf}]\n")

    done = command(mirror, "takedown", "content/boat.md", "--reason", "초상권", "--static", "static")

    told = [line for line in done.out.splitlines() if "only this article named this file" in line]
    assert [line.rpartition("/")[2] for line in told] == ["plan.pdf", normalize("NFD", "호수.png"), "강 가.png"]


def test_in_a_copy_of_the_repository_the_theme_folder_is_looked_at_too(mirror: SiteTest) -> None:
    """There `static/` is where an owner puts pictures: the theme and the site's own files are one folder."""
    for part in ("sitegen", "templates", "static"):
        shutil.copytree(ROOT / part, mirror.folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", mirror.folder)
    mirror.write("static/files/plan.txt", SENTENCE)
    mirror.article("boat", body=f"[안내](/files/plan.txt)\n\n{SENTENCE}")

    words = ("takedown", "content/boat.md", "--reason", "요청", "--cache", "cache")
    done = subprocess.run(
        [sys.executable, "build.py", *words], cwd=mirror.folder, capture_output=True, text=True, check=True
    ).stdout

    assert re.search(r"still holds sentences of it: .*static/files/plan\.txt", done)
    assert re.search(r"only this article named this file.*static/files/plan\.txt", done)


@pytest.mark.skipif(sys.platform == "win32", reason="locks files otherwise")
@pytest.mark.parametrize("lock", ["._site.lock", "cache/.preview.lock"])
def test_a_build_at_work_would_bring_the_text_back(mirror: SiteTest, lock: str) -> None:
    """The takedown asks to wait; nothing has changed."""
    import fcntl  # noqa: PLC0415

    before = (mirror.folder / "content/river.md").read_text("utf-8")
    with (mirror.folder / lock).open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        done = command(mirror, "takedown", "content/river.md", "--reason", "요청")

    assert done.status == 2
    assert done.lines("USE004 another build is running")
    assert (mirror.folder / "content/river.md").read_text("utf-8") == before
    assert command(mirror, "takedown", "content/river.md", "--reason", "요청").status == 0


def test_what_still_holds_a_sentence_is_named_and_left(mirror: SiteTest) -> None:
    """Another article may quote it: that is for a person to judge."""
    mirror.article("quote", body=f"어느 글은 이렇게 말했다. {SENTENCE}")

    done = command(mirror, "takedown", "content/river.md", "--reason", "요청")

    assert "still holds sentences of it: content/quote.md" in done.out
    assert "git filter-repo" not in done.out  # it is in no repository


def test_what_a_repository_remembers_is_told(mirror: SiteTest) -> None:
    """Past states keep the text until somebody removes it there."""
    (mirror.folder / ".git").mkdir()

    done = command(mirror, "takedown", "content/river.md", "--reason", "요청")

    assert "git filter-repo --invert-paths --path content/river.md" in done.out
    assert "captures/aa/page.html" in done.out
    assert "git tells no earlier names of content/river.md, " in done.out


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder, as somebody whom its own settings leave alone."""
    person = ("-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false")
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(
        ["git", *person, *arguments], cwd=folder, env={**os.environ, **nobody}, capture_output=True, check=True
    )


@pytest.mark.skipif(not shutil.which("git"), reason="no git")
def test_a_file_that_was_moved_is_rewritten_under_all_its_names(mirror: SiteTest) -> None:
    """Who follows the printed command must not leave the text where it stood before; another file's past must stay."""
    folder = mirror.folder
    names = ("_posts/[보도] 강.md", "taken.md", "강.md", "river.md")
    git(folder, "init", "-q")
    (folder / "content/_posts").mkdir()
    (folder / "content/river.md").rename(folder / "content" / names[0])
    for old, new in zip((names[0], *names), names, strict=False):
        (folder / "content" / old).rename(folder / "content" / new)
        git(folder, "add", "content")
        git(folder, "commit", "-qm", "옮김")
    mirror.article("taken", body="나중에 온 다른 글입니다.")

    done = command(mirror, "takedown", "content/river.md", "--reason", "요청")

    assert "--path content/river.md --path content/captures/aa/api.xml" in done.out
    assert "--path content/강.md --path 'content/_posts/[보도] 강.md' (" in done.out
    assert "--path content/taken.md" not in done.out
    assert done.out.count("see to it apart: content/taken.md") == 1
    assert "git tells no earlier names" not in done.out


@pytest.mark.skipif(not shutil.which("git"), reason="no git")
@pytest.mark.parametrize("depth", [(), ("--depth=1",)], ids=["whole", "shallow"])
def test_a_clone_that_knows_a_part_of_the_past_is_told_so(mirror: SiteTest, depth: tuple[str, ...]) -> None:
    """Its command would leave the text under the names that it does not know."""
    origin, clone = mirror.folder, mirror.folder.with_name(f"{mirror.folder.name}-clone")
    git(origin, "init", "-q")
    for message in ("하나", "둘"):
        mirror.write("content/note.txt", message)
        git(origin, "add", "content")
        git(origin, "commit", "-qm", message)
    git(origin.parent, "clone", "-q", *depth, origin.as_uri(), str(clone))

    done = command(SiteTest(clone), "takedown", "content/river.md", "--reason", "요청")

    assert "git filter-repo" in done.out
    assert ("git fetch --unshallow first" in done.out) is bool(depth)


def test_a_repository_above_the_site_is_told_its_own_paths(mirror: SiteTest) -> None:
    """Git knows a file by its place below the repository's root, wherever the command is given."""
    (mirror.folder.parent / ".git").mkdir()

    done = command(mirror, "takedown", "content/river.md", "--reason", "요청")

    assert f"--path {mirror.folder.name}/content/river.md" in done.out


@pytest.mark.skipif(not has_namespaces(), reason="no mount namespaces for this user (unshare --mount --map-root-user)")
def test_a_takedown_that_fails_can_be_done_again(mirror: SiteTest) -> None:
    """Until its traces are gone the article is none: the second run must still know what to look for."""
    folders = ("--content", "content", "--output", "_site", "--cache", "cache")
    asked = (sys.executable, str(ROOT / "build.py"), "takedown", "content/river.md", "--reason", "asked", *folders)
    quoted = " ".join(asked)
    scene = f"mount --bind content/captures content/captures; mount -o remount,bind,ro content/captures; {quoted}"
    failed = subprocess.run(
        [*NAMESPACE, "sh", "-uc", scene],
        cwd=mirror.folder, env={**os.environ, "SITEGEN_LANG": "en"}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    done = command(mirror, "takedown", "content/river.md", "--reason", "요청")

    assert failed.returncode == 3
    assert failed.stderr.startswith("content/captures/aa/api.xml: error TOOL010 cannot be read or written: ")
    assert "removed: content/captures/aa/api.xml" in done.out
    assert traces(mirror.folder / "content", "어디에도") == []


def test_without_a_content_folder_there_is_nothing_to_take_down(tmp_path: Path) -> None:
    """A command given in another folder is no fault of the program."""
    done = run("takedown", "a.md", "--reason", "요청", "--content", "content", cwd=tmp_path)

    assert (done.status, len(done.lines("USE001"))) == (2, 1)


def test_a_replaced_article_leads_to_the_new_one(mirror: SiteTest) -> None:
    """The reader is not left standing."""
    replaced(mirror, "/2026/03/lake/")
    command(mirror)

    assert mirror.page("/2026/03/river/").attributes("a.button--main", "href") == ["/2026/03/lake/"]


@pytest.mark.skipif(not obeys_permissions(), reason="no setpriv to give up root's power")
def test_where_nobody_may_look_a_trace_may_be(mirror: SiteTest) -> None:
    """A takedown that passes over a folder of captures would say that nothing is left."""
    shut = mirror.folder / "content/captures/aa"
    folders = ("--content", "content", "--output", "_site", "--cache", "cache")
    asked = [sys.executable, str(ROOT / "build.py"), "takedown", "content/river.md", "--reason", "요청", *folders]
    shut.chmod(0)
    try:
        status, told = held_back(asked, mirror.folder)
    finally:
        shut.chmod(0o755)

    assert status == 3
    assert told.startswith("content/captures/aa: error TOOL010 cannot be read or written: Permission denied")
    assert SENTENCE in (mirror.folder / "content/river.md").read_text("utf-8")


def test_an_article_whose_head_cannot_be_read_can_be_taken_down(mirror: SiteTest) -> None:
    """It was published before somebody broke it."""
    mirror.write("content/2026-03-05-broken.md", f"---\ntitle: [열린\n---\n\n{SENTENCE}\n")

    done = command(mirror, "takedown", "content/2026-03-05-broken.md", "--reason", "요청")

    assert done.status == 0, done.err
    assert "어디에도" not in (mirror.folder / "content/2026-03-05-broken.md").read_text("utf-8")


@pytest.mark.parametrize("what", ["content/nothing.md", "/2026/03/nothing/", "../elsewhere.md"])
def test_what_is_no_article_is_refused(mirror: SiteTest, what: str) -> None:
    """Nothing is removed by mistake."""
    before = sorted(path for path in mirror.folder.rglob("*") if path.is_file())

    done = command(mirror, "takedown", what, "--reason", "요청")

    assert done.status == 2
    assert f"{what}: error TAKE001 there is no such article" in done.err
    assert sorted(path for path in mirror.folder.rglob("*") if path.is_file()) == before


CAPTURE = Path(__file__).parent / "captures"


def test_what_was_taken_down_does_not_come_back_from_its_blog_put_right(site: SiteTest) -> None:
    """There it may have another text and title by now; it is still what was taken down."""
    (site.folder / "blog/_posts").mkdir(parents=True)
    (site.folder / "blog/_config.yml").write_text("url: https://blog.example.kr\n", "utf-8")
    post = site.folder / "blog/_posts/2024-05-01-3.md"
    post.write_text("---\ntitle: 강물\n---\n\n둑을 6월까지 고친다.\n", "utf-8")
    run("import", "blog", "--to", "content", cwd=site.folder)
    (path,) = (site.folder / "content/articles").rglob("*.md")
    run("takedown", str(path), "--content", "content", "--reason", "요청", cwd=site.folder)
    post.write_text("---\ntitle: 강물 소식\n---\n\n둑을 7월까지 고친다.\n", "utf-8")

    again = run("import", "blog", "--to", "content", cwd=site.folder)

    assert "IMP012" in again.err
    assert list((site.folder / "content/articles").rglob("*.md")) == [path]


@pytest.mark.parametrize("capture", ["korea_kr_page.html", "agency_board_cp949.html", "korea_kr_page.txt"])
def test_what_was_taken_down_is_not_imported_again(site: SiteTest, capture: str) -> None:
    """The nightly import would bring it back, and its text into captures/."""
    first = run("import", str(CAPTURE / capture), "--to", "content", cwd=site.folder)
    (path,) = (site.folder / "content/articles").rglob("*.md")
    assert run("takedown", str(path), "--content", "content", "--reason", "요청", cwd=site.folder).status == 0, (
        first.err
    )

    again = run("import", str(CAPTURE / capture), "--to", "content", cwd=site.folder)

    assert "IMP012" in again.err
    assert list((site.folder / "content/articles").rglob("*.md")) == [path]
    assert [file for file in (site.folder / "content/captures").rglob("*") if file.is_file()] == []


@pytest.mark.parametrize("title", [(), ("--title", "내린 글")])
def test_what_was_taken_down_does_not_come_back_with_another_capture(site: SiteTest, title: tuple[str, ...]) -> None:
    """A page saved again has other bytes, and a notice may say another title than the page."""
    text = (CAPTURE / "korea_kr_page.txt").read_text("utf-8")
    for number in range(2):
        (site.folder / f"{number}.txt").write_text(text + "\n" * number, "utf-8")
    run("import", "0.txt", "--to", "content", cwd=site.folder)
    (path,) = (site.folder / "content/articles").rglob("*.md")
    run("takedown", str(path), "--content", "content", "--reason", "요청", *title, cwd=site.folder)

    again = run("import", "1.txt", "--to", "content", cwd=site.folder)
    forced = run("import", "1.txt", "--to", "content", "--force", cwd=site.folder)

    assert "IMP012" in again.err
    assert "IMP012" in forced.err
    assert list((site.folder / "content/articles").rglob("*.md")) == [path]
    assert [file for file in (site.folder / "content/captures").rglob("*") if file.is_file()] == []


def test_a_source_that_stood_in_the_text_stays_with_the_notice(site: SiteTest) -> None:
    """Else the notice would be held back, and its address be empty."""
    text = f"---\ntitle: 내릴 글\ndate: 2026-03-02\n---\n\n{SENTENCE}\n\n자료 출처: 견본브리핑 https://press.example.go.kr/view?id=7\n"
    site.write("content/river.md", text)
    command(site, "takedown", "content/river.md", "--reason", "요청")

    site.build()

    assert "견본브리핑" in site.page("/2026/03/river/").text("a.button")


def test_what_was_never_published_is_not_published_by_its_takedown(site: SiteTest) -> None:
    """A draft and an embargoed article stay out, notice and all."""
    site.article("river", more="draft: true\n", title="비밀 초안")
    site.article("lake", more="embargo_until: 2099-01-01\n", title="비밀 예정")
    for name in ("river", "lake"):
        assert command(site, "takedown", f"content/{name}.md", "--reason", "요청").status == 0

    site.build()

    assert not any("비밀".encode() in data for data in site.files().values())


def test_the_captures_of_others_stay(site: SiteTest) -> None:
    """A formula that two articles share tells nobody's capture."""
    formula = "이 자료는 하천관리청의 보도자료를 전재하여 제공함을 알려드립니다."
    site.article("river", body=f"{SENTENCE}\n\n{formula}").article(
        "lake", body=f"호수의 물이 맑아졌다고 하천관리청이 밝혔다.\n\n{formula}"
    )
    site.write("content/captures/aa/river.txt", f"{SENTENCE}\n{formula}").write(
        "content/captures/bb/lake.txt", f"호수\n{formula}"
    )

    done = command(site, "takedown", "content/river.md", "--reason", "요청")

    assert [path.name for path in (site.folder / "content/captures").rglob("*.txt")] == ["lake.txt"]
    assert "still holds sentences of it: content/captures/bb/lake.txt" in done.out


@pytest.mark.parametrize(
    "what", ["/old/", "https://mirror.example/repo/2026/03/lake/", "https://mirror.example/repo/old/"]
)
def test_old_addresses_that_were_written_whole_are_known(mirror: SiteTest, what: str) -> None:
    """One of them, or one of another site, must not keep any article from being found."""
    mirror.write(
        "content/site.toml", '[site]\nbase_url = "https://mirror.example/repo/"\n[policy]\nFILE003 = "error"\n'
    )
    aliases = "aliases: [https://mirror.example/repo/old/, https://b.example/x/]\n"
    mirror.article("lake", more=aliases, body="![강](/img/a.png)").write("static/img/a.png", "x")
    (mirror.folder / "content/river.md").unlink()

    done = command(mirror, "takedown", what, "--reason", "요청", "--static", "static")

    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("now a notice: content/lake.md\n")


def test_the_output_may_be_the_previews(mirror: SiteTest) -> None:
    """One folder has one lock."""
    words = (
        "takedown",
        "content/river.md",
        "--reason",
        "요청",
        "--output",
        "cache/preview",
        "--cache",
        "cache",
        "--content",
        "content",
    )

    assert run(*words, cwd=mirror.folder).status == 0


def test_an_address_means_the_article_that_stands_there(site: SiteTest) -> None:
    """Not another whose old address it was, nor a draft."""
    site.article("a-alias", more="aliases: [/2026/03/river/]\n").article("river", body=SENTENCE)
    site.article("b-draft", more="draft: true\nslug: river\n")

    assert command(site, "takedown", "/2026/03/river/", "--reason", "요청").status == 0

    assert SENTENCE not in (site.folder / "content/river.md").read_text("utf-8")
    assert "본문입니다." in (site.folder / "content/a-alias.md").read_text("utf-8")
    assert "본문입니다." in (site.folder / "content/b-draft.md").read_text("utf-8")


@pytest.mark.parametrize(
    "what", ["content/captures/a.md", "content/pages/guide.md", "https://elsewhere.example/2026/03/river/"]
)
def test_only_articles_of_this_site_are_taken_down(site: SiteTest, what: str) -> None:
    """A capture is evidence, a static page is the owner's own, and elsewhere is elsewhere."""
    site.article("river").write("content/captures/a.md", "원본").write(
        "content/pages/guide.md", "---\ntitle: 안내\n---\n안내"
    )
    site.write("content/site.toml", '[site]\nbase_url = "https://name.example/"\n')
    before = {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()}

    done = command(site, "takedown", what, "--reason", "요청")

    assert (done.status, "TAKE001" in done.err) == (2, True)
    assert {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()} == before


def test_an_address_below_a_repository_names_its_article(mirror: SiteTest) -> None:
    """GitHub Pages sets the site's address by itself: on this machine nobody knows it."""
    done = command(mirror, "takedown", "https://name.github.io/mirror/2026/03/river/", "--reason", "요청")

    assert done.status == 0, done.err
    assert "content/river.md" in done.out


@pytest.mark.parametrize(
    ("base_url", "what"),
    [
        ("https://한글.kr/", "https://한글.kr/2026/03/river/"),
        ("https://한글.kr/", "https://xn--bj0bj06e.kr/2026/03/river/"),
        ("https://Mirror.example/", "https://MIRROR.Example/2026/03/river/"),
        ("https://mirror.example/%ED%95%9C/", "https://mirror.example/한/2026/03/river/"),
    ],
)
def test_the_sites_own_host_is_known_however_it_is_written(mirror: SiteTest, base_url: str, what: str) -> None:
    """The address is copied from a browser, which shows Hangul or small letters as it likes."""
    mirror.write("content/site.toml", f'[site]\nbase_url = "{base_url}"\n')

    done = command(mirror, "takedown", what, "--reason", "요청")

    assert (done.status, done.err) == (0, "")
    assert "content/river.md" in done.out


def test_the_originals_address_is_none_of_ours(mirror: SiteTest) -> None:
    """It may look like one of ours; nothing is wiped by mistake."""
    done = command(mirror, "takedown", "https://PRESS.example.go.kr/2026/03/river/", "--reason", "요청")

    assert (done.status, "TAKE001" in done.err) == (2, True)
    assert SENTENCE in (mirror.folder / "content/river.md").read_text("utf-8")


def test_a_notice_leads_to_addresses_only(mirror: SiteTest) -> None:
    """A link that runs script would be ours: neither the command nor the head takes one."""
    asked = replaced(mirror, "javascript:alert(1)")
    outside, doubled = replaced(mirror, "/../new/"), replaced(mirror, "/2026//new/")
    idle = command(mirror, "takedown", "content/river.md", "--reason", "새 판", "--replaced-by", "/2026/04/new/")
    mirror.article("hill", more="notice: {kind: replaced, replaced_by: 'javascript:alert(1)'}\n")
    made = built(mirror)

    nowhere = command(mirror, "takedown", "content/river.md", "--reason", "새 판", "--notice", "replaced")

    assert (asked.status, made.status, nowhere.status) == (2, 1, 2)
    assert "--replaced-by: error USE005 cannot lead to an article: it climbs out of the site" in outside.err
    assert "--replaced-by: error USE005 cannot lead to an article: not an address of this site" in doubled.err
    assert "--replaced-by: error USE005 write an address" in asked.err
    assert "--replaced-by: error USE005 does not go with --notice withdrawn" in idle.err
    assert "--replaced-by: error USE005 is missing" in nowhere.err
    assert "error FM006 notice.replaced_by cannot be" in made.err
    assert SENTENCE in (mirror.folder / "content/river.md").read_text("utf-8")


def test_files_of_others_in_the_cache_folder_stay(mirror: SiteTest) -> None:
    """Only what is ours goes."""
    mirror.write("cache/mine.sqlite", "other").write("cache/preview/mine.txt", "other")

    command(mirror, "takedown", "content/river.md", "--reason", "요청")

    assert sorted(path.name for path in (mirror.folder / "cache").rglob("*") if path.is_file()) == [
        "mine.sqlite",
        "mine.txt",
    ]


FEED = """<rss version="2.0"><channel><title>견본</title>
<item><title>첫째 소식</title><description>&lt;p&gt;첫째 글의 본문이 여기에 있습니다.&lt;/p&gt;</description></item>
<item><title>둘째 소식</title><description>&lt;p&gt;둘째 글의 본문이 여기에 있습니다.&lt;/p&gt;</description></item>
</channel></rss>"""


@pytest.mark.parametrize("place", ["", "content/old.md", "content/old/x.markdown"])
def test_one_item_of_many_stays_down_wherever_its_notice_lies(site: SiteTest, place: str) -> None:
    """Known by its capture and its place in it, under another title, in another folder."""
    feed = site.write("feed.xml", FEED).folder / "feed.xml"
    assert run("import", str(feed), "--to", "content", cwd=site.folder).status == 0
    (path,) = (site.folder / "content/articles").rglob("*둘째*.md")
    run("takedown", str(path), "--content", "content", "--reason", "요청", "--title", "내린 글", cwd=site.folder)
    if place:
        (site.folder / place).parent.mkdir(exist_ok=True)
        path.rename(site.folder / place)

    again = run("import", str(feed), "--to", "content", cwd=site.folder)

    assert "IMP012" in again.err
    assert traces(site.folder / "content", "둘째 글의 본문") == []
    assert traces(site.folder / "content", "첫째 글의 본문") != []


def test_a_reason_that_names_a_person_is_refused(mirror: SiteTest) -> None:
    """It would be published, or hold the notice back."""
    done = command(mirror, "takedown", "content/river.md", "--reason", "홍길동 900101 - 1234567의 요청")

    assert (done.status, SENTENCE in (mirror.folder / "content/river.md").read_text("utf-8")) == (2, True)
