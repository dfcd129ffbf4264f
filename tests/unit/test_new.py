"""`new TITLE`: a draft a writer can fill in and a build can read."""

import re
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from sitegen.errors import UsageError
from sitegen.model import Kind
from sitegen.new import USED, new_article, new_workflow
from sitegen.read.article import parse_article
from sitegen.read.discover import read_source


@pytest.mark.parametrize(
    "title", ["봄 소식", "따옴표 \"둘\" '하나': 콜론 #표", "no", "[단독] 속보", "2024-01-01", "한 줄"]
)
def test_a_draft_reads_back_as_it_was_asked_for(config_of, title):
    """The first thing a new user does must not end in an error."""
    config = config_of()

    path = new_article(title, config)

    article, unread = parse_article(read_source(path, config.content_dir), ZoneInfo("Asia/Seoul"))
    assert article.title == title
    assert article.draft
    assert article.kind is Kind.PRESS_RELEASE
    assert (article.licence.id, unread) == ("UNKNOWN", ())
    assert f"{article.published:%Y-%m-%d}" == "2026-03-01"
    assert article.body.strip() == "여기에 본문을 씁니다."


def test_a_draft_stands_in_the_folder_of_its_month(config_of):
    """Folders of thousands of files help nobody."""
    config = config_of()

    path = new_article("봄 소식: 첫째", config)

    assert path == config.content_dir / "articles" / "2026" / "03" / "봄-소식-첫째.md"
    assert path.read_text("utf-8").startswith("---\ntitle: ")


@pytest.mark.parametrize("title", ["", "???", "   ", "!!!", "★ ★"])
def test_a_title_that_gives_no_file_name_is_refused(config_of, title):
    """A file named `.md` is hidden and never built; one of signs alone is nothing to tell an article by."""
    config = config_of()

    with pytest.raises(UsageError) as caught:
        new_article(title, config)

    assert "the title has no letter or digit" in str(caught.value)


def test_a_draft_never_overwrites_an_article(config_of):
    """The same title twice must not delete a day's work."""
    config = config_of()
    path = new_article("봄 소식", config)
    path.write_text("공들인 글", "utf-8")

    with pytest.raises(UsageError) as caught:
        new_article("봄 소식", config)

    assert path.read_text("utf-8") == "공들인 글"
    assert "the file is already there" in str(caught.value)


def test_the_nightly_workflow_is_written_once_and_where_it_can_run(tmp_path):
    """It would fail each night where what it uses is not there; a person may have changed it since it was written."""
    with pytest.raises(UsageError, match=re.escape(f"not here: {', '.join(USED)}")):
        new_workflow(tmp_path)
    for used in USED:
        (tmp_path / used).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / used).touch()
    path = new_workflow(tmp_path)

    text = path.read_text("utf-8")
    assert path == tmp_path / ".github/workflows/import.yml"
    assert "build.py import --from data.go.kr --since" in text
    assert "gh workflow run pages.yml" in text
    assert all(PurePosixPath(used).name in text for used in USED)
    with pytest.raises(UsageError, match="already there"):
        new_workflow(tmp_path)
