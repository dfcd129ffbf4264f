"""Content folder → content files, and one file → its fate."""

import os
import unicodedata
from pathlib import Path

import pytest

from sitegen.model import Kind
from sitegen.prepare import Fate, prepare
from sitegen.problems import Severity
from sitegen.read.discover import content_files, discover, is_static_page, read_source

HEAD = "---\ntitle: 글\ndate: 2024-05-03\nsource: {name: 가, url: 'https://a.example/1'}\nlicense: KOGL-0\n"


@pytest.fixture
def content(tmp_path):
    """Give the function that writes content files."""

    def write(**files):
        for path, text in files.items():
            target = tmp_path / "content" / path.replace("__", "/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        return tmp_path / "content"

    return write


def test_content_files_are_found_in_a_fixed_order_and_nothing_else(content):
    """Captures, hidden files and pictures are not articles."""
    root = content(
        **{
            "b.md": "",
            "a__z.html": "",
            "a__b.markdown": "",
            "a__pic.png": "",
            ".hidden.md": "",
            ".git__x.md": "",
            "captures__raw.html": "",
            "a__captures__kept.md": "",
            "_layouts__default.html": "",
            "old___includes__head.html": "",
            "C.MD": "",
        }
    )

    paths, problems = discover(root)

    names = [path.relative_to(root).as_posix() for path in paths]
    assert names == ["C.MD", "a/b.markdown", "a/captures/kept.md", "a/z.html", "b.md"]
    assert problems == []


def test_the_current_folder_may_be_the_content_folder(content, monkeypatch):
    """Paths are as anybody would write them."""
    monkeypatch.chdir(content(**{"a__b.md": HEAD, "captures__c.md": ""}))

    paths, _ = content_files(Path())

    assert paths == [os.path.join("a", "b.md")]
    assert read_source(Path(paths[0]), Path()).path == "a/b.md"


def test_links_that_leave_the_folder_or_turn_in_circles_are_told(content, tmp_path):
    """A link may not publish /etc, and may not make a build endless."""
    root = content(**{"a__b.md": ""})
    (tmp_path / "secret.md").write_text("비밀")
    (root / "out.md").symlink_to(tmp_path / "secret.md")
    (root / "a" / "loop").symlink_to(root)
    (root / "inside.md").symlink_to(root / "a" / "b.md")
    (root / "ring.md").symlink_to(root / "round.md")
    (root / "round.md").symlink_to(root / "ring.md")

    paths, problems = discover(root)

    assert sorted(path.name for path in paths) == ["b.md", "inside.md"]
    assert {(problem.code, problem.where.path) for problem in problems} == {
        ("FILE002", str(root / "out.md")),
        ("FILE002", str(root / "a" / "loop")),
        ("FILE002", str(root / "ring.md")),
        ("FILE002", str(root / "round.md")),
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_is_told_and_not_waited_for(content):
    """Nobody writes into it: a build would wait for ever."""
    root = content(**{"a.md": ""})
    os.mkfifo(root / "p.md")

    paths, problems = discover(root)

    assert [path.name for path in paths] == ["a.md"]
    assert [(problem.code, problem.where.path) for problem in problems] == [("FILE001", str(root / "p.md"))]


def test_what_was_put_there_to_be_read_and_is_not_is_told(content):
    """A text in another form would be missed by nobody until a reader asks for it."""
    root = content(
        **{
            "a.md": "",
            "B.HTM": "",
            "c.mkd": "",
            "d__보도자료.HWPX": "",
            "e.txt": "",
            "f.png": "",
            "captures__g.pdf": "",
        }
    )

    paths, problems = discover(root)

    assert [path.name for path in paths] == ["B.HTM", "a.md", "c.mkd"]
    assert [(problem.code, problem.severity, problem.where.path, problem.details) for problem in problems] == [
        ("FILE007", Severity.WARNING, str(root / "d" / "보도자료.HWPX"), (("suffix", ".HWPX"),)),
        ("FILE007", Severity.WARNING, str(root / "e.txt"), (("suffix", ".txt"),)),
    ]


def test_a_page_saved_on_windows_is_html(content, config_of):
    """`.htm` is what old programs write."""
    root = content(**{"a.htm": f"{HEAD}---\n<p>본문 <b>*굵게*</b></p>\n"})

    prepared = prepare(root / "a.htm", config_of(content_dir=root))

    assert (prepared.fate, prepared.entry.url) == (Fate.PUBLISHED, "/2024/05/a/")
    assert "*굵게*" in prepared.entry.body.html


def test_a_path_is_composed_whatever_the_disk_gives(content):
    """Macs write names in pieces; rules and addresses compare whole letters."""
    name = unicodedata.normalize("NFD", "한글.md")
    root = content(**{name: "글"})

    source = read_source(root / name, root)

    assert source.path == "한글.md"
    assert is_static_page("pages/a.md")
    assert not is_static_page("articles/pages/a.md")


@pytest.mark.parametrize(
    ("head", "fate"),
    [
        ("", Fate.PUBLISHED),
        ("draft: true\n", Fate.DRAFT),
        ("published: false\n", Fate.DRAFT),
        ("embargo_until: 2027-01-01\n", Fate.FUTURE),
        ("draft: 아마\n", Fate.HELD_BACK),
        ("title: 둘째\n", Fate.HELD_BACK),
        ("kind: press-release\n", Fate.HELD_BACK),
    ],
)
def test_a_file_has_one_fate(content, config_of, head, fate):
    """Every file is published, waiting or explained; none is lost."""
    root = content(**{"a.md": f"{HEAD}{head}---\n본문\n"})

    prepared = prepare(root / "a.md", config_of(content_dir=root))

    assert prepared.fate is fate
    assert (prepared.entry is None) is (fate is not Fate.PUBLISHED)
    assert bool(prepared.problems) >= (fate is Fate.HELD_BACK)


def test_drafts_and_future_articles_are_built_when_they_are_asked_for(content, config_of):
    """A preview shows what is to come."""
    root = content(**{"a.md": f"{HEAD}draft: true\n---\n글\n", "b.md": f"{HEAD}embargo_until: 2027-01-01\n---\n글\n"})

    fates = [
        prepare(root / name, config_of(drafts=True, future=True, content_dir=root)).fate for name in ("a.md", "b.md")
    ]

    assert fates == [Fate.PUBLISHED, Fate.PUBLISHED]


@pytest.mark.parametrize(
    ("path", "head", "url"),
    [
        ("pages__about.md", "", "/about/"),
        ("pages__sub__guide.md", "", "/sub/guide/"),
        ("pages__a.md", "permalink: /b/\n", "/b/"),
    ],
)
def test_a_static_page_stands_where_its_file_does(content, config_of, path, head, url):
    """A page of the site is not news: no date, no source."""
    root = content(**{path: f"---\ntitle: 안내\n{head}---\n글\n"})

    prepared = prepare(root / path.replace("__", "/"), config_of(content_dir=root))

    assert (prepared.fate, prepared.entry.url, prepared.problems) == (Fate.PAGE, url, ())


def test_a_file_that_cannot_be_read_is_told(config_of, tmp_path):
    """A file that vanished between two looks must not stop the build."""
    path = tmp_path / "content" / "gone.md"

    prepared = prepare(path, config_of())

    assert prepared.fate is Fate.HELD_BACK
    assert prepared.problems[0].code == "FILE001"


def test_unread_keys_are_told_at_the_first_of_them(content, config_of):
    """A misspelt key is a warning with its line."""
    root = content(**{"a.md": f"{HEAD}sorce: x\nkind: policy-news\nautor: y\n---\n글\n"})

    prepared = prepare(root / "a.md", config_of(content_dir=root))

    (problem,) = [problem for problem in prepared.problems if problem.code == "FM007"]
    assert dict(problem.details) == {"keys": "sorce (source?), autor"}
    assert (problem.where.line, problem.where.column) == (6, 1)
    assert prepared.entry.article.kind is Kind.POLICY_NEWS


def test_a_key_is_told_how_it_is_written(content, config_of):
    """Hints name keys with dots, as TOML has them; YAML writes one below the other."""
    keys = "media.src: /a.png\nsource.url: https://a.kr/1\nlicense.evidence.text: 표시\ntype: press-release\nurl: https://a.kr/1\n"
    root = content(**{"a.md": f"{HEAD}{keys}---\n글\n"})

    (problem,) = [one for one in prepare(root / "a.md", config_of(content_dir=root)).problems if one.code == "FM007"]

    assert dict(problem.details)["keys"].split(", ") == [
        "media.src (media: [{src: …}]?)",
        "source.url (source: {url: …}?)",
        "license.evidence.text (license: {evidence: {text: …}}?)",
        "type (kind?)",
        "url (source: {url: …}?)",
    ]


def test_a_withdrawn_article_publishes_nothing_of_its_body(content, config_of):
    """Taken down means gone from every file."""
    root = content(**{"a.md": f"{HEAD}notice: {{kind: withdrawn}}\n---\n내린 글\n"})

    prepared = prepare(root / "a.md", config_of(content_dir=root))

    assert prepared.entry.body.html == ""
    assert prepared.entry.article.body == ""
