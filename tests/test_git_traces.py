"""What git leaves in files: both sides of a merge, notes in place of large files. Neither must reach a reader."""

from pathlib import Path

import pytest

from sitegen.errors import SitegenError
from sitegen.git_traces import conflict_in
from tests.conftest import SiteTest

MERGE = "앞\n\n<<<<<<< HEAD\n예산은 10억 원이다.\n=======\n예산은 100억 원이다.\n>>>>>>> origin/main\n\n뒤\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (MERGE, 3),
        (MERGE.replace("\n", "\r\n"), 3),
        (MERGE.replace("=======", "||||||| 1a2b3c\n예산은 1억 원이다.\n======="), 3),
        ("<<<<<<< HEAD\n=======\n>>>>>>> x\n", 1),
        ("제목\n=======\n\n글\n", 0),
        ("<<<<<<< 한쪽뿐\n글\n", 0),
        ("    <<<<<<< HEAD\n    =======\n    >>>>>>> x\n", 0),  # quoted, in a text about git
        ("<<<<<<< HEAD\n" * 20_000, 0),
    ],
)
def test_a_merge_that_is_not_finished_is_known_by_all_its_lines(text: str, line: int) -> None:
    """One of them alone may be a heading, or an arrow."""
    assert conflict_in(text.encode()) == line


@pytest.mark.parametrize("name", ["merged.md", "merged.html"])
def test_an_article_with_both_sides_of_a_merge_is_held_back(site: SiteTest, name: str) -> None:
    """Two figures of one budget would stand on the page; in a head it would be a riddle of YAML."""
    site.article("river").article("merged", body=MERGE)
    (site.folder / "content/merged.md").rename(site.folder / "content" / name)
    text = (site.folder / "content/river.md").read_text("utf-8")
    site.write("content/head.md", text.replace("---\ntitle", "---\n<<<<<<< A\n=======\n>>>>>>> B\ntitle", 1))

    site.build()

    places = {str(problem.where).rpartition("content/")[2] for problem in site.problems("FILE012")}
    assert {place.partition(":")[0] for place in places} == {name, "head.md"}
    assert "head.md:2:1" in places
    assert "/2026/03/river/" in site.urls()
    assert "/2026/03/merged/" not in site.urls()


@pytest.mark.parametrize(
    "path", ["templates/partials/footer.html", "static/css/parts/99-own.css", "static/css/own.css", "static/js/own.js"]
)
def test_a_theme_with_both_sides_of_a_merge_stops_the_build(site: SiteTest, path: str) -> None:
    """It would stand on every page, or take the style off all of them; the site that was there stays."""
    site.article("river").build()
    before = site.files()
    ours = Path(__file__).parents[1] / path
    site.write(path, (ours.read_text("utf-8") if ours.is_file() else "") + MERGE)

    with pytest.raises(SitegenError, match=f"{Path(path).name}.*FILE012"):
        site.build()

    assert site.files() == before


def test_a_note_of_git_lfs_is_told(site: SiteTest) -> None:
    """The page would show a broken picture."""
    note = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12345\n"
    site.article("river").write("static/images/a.png", note).write("static/images/b.txt", "version 1\n").build()

    assert [Path(problem.where.path).name for problem in site.problems("FILE011")] == ["a.png"]
