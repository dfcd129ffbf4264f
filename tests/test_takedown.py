"""After a takedown no trace of the text is left: not in pages, index, records, captures, memo or spare copies."""

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from tests.conftest import SiteTest, run

SENTENCE = "내려야 하는 문장이라서 어디에도 남으면 안 된다."
ENCODINGS = {
    "page.html": "<html><body><p>내려야 하는 <b>문장이라서</b> 어디에도 남으면&nbsp;안 된다.</p></body></html>".encode(),
    "board.html": f'<meta charset="euc-kr"><p>{SENTENCE}</p>'.encode("cp949"),
    "rows.json": json.dumps({"text": f"<p>{SENTENCE}</p>"}).encode(),
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
    assert command(site).status == 0
    return site


def command(site: SiteTest, *arguments: str) -> object:
    """Run a command of the site."""
    folders = ("--content", "content", "--output", "_site", "--cache", "cache", "--now", "2026-11-22")
    return run(*arguments, *folders, cwd=site.folder)


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


def test_the_text_is_where_it_should_be_before(mirror: SiteTest) -> None:
    """Else the tests below would find nothing because there never was anything."""
    found = traces(mirror.folder, "어디에도")

    assert "_site/2026/03/river/article.json" in found
    assert "content/river.md" in found
    assert any(name.endswith(".pf_fragment") for name in found)
    assert any(name.startswith("cache/") for name in found)


@pytest.mark.parametrize("what", ["content/river.md", "/2026/03/river/", "https://any.example/2026/03/river"])
def test_no_trace_is_left_after_the_next_build(mirror: SiteTest, what: str) -> None:
    """Named by its file or by its address, from any folder."""
    done = command(mirror, "takedown", what, "--reason", "기관의 요청", "--notice", "withdrawn")
    assert (done.status, command(mirror).status) == (0, 0), done.err

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
    command(mirror)

    assert traces(mirror.folder, "내릴 글") == []
    assert mirror.page("/2026/03/river/").text("h1") == "내린 글입니다"


def test_what_still_holds_a_sentence_is_named_and_left(mirror: SiteTest) -> None:
    """Another article may quote it: that is for a person to judge."""
    mirror.article("quote", body=f"어느 글은 이렇게 말했다. {SENTENCE}")

    done = command(mirror, "takedown", "content/river.md", "--reason", "요청")

    assert "still holds sentences of it: content/quote.md" in done.out
    assert "git filter-repo --invert-paths --path content/river.md" in done.out
    assert "captures/aa/page.html" in done.out


def test_a_replaced_article_leads_to_the_new_one(mirror: SiteTest) -> None:
    """The reader is not left standing."""
    command(
        mirror,
        "takedown",
        "content/river.md",
        "--reason",
        "새 판",
        "--notice",
        "replaced",
        "--replaced-by",
        "/2026/03/lake/",
    )
    command(mirror)

    assert mirror.page("/2026/03/river/").attributes("a.button--main", "href") == ["/2026/03/lake/"]


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
