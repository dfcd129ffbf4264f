"""`new TITLE`: a draft with the fields an article needs, in a file named after the day and the title."""

from pathlib import Path

import frontmatter

from sitegen.config import Config
from sitegen.errors import UsageError
from sitegen.problems import Problem, Severity, Where
from sitegen.site.urls import slugify

BODY = "여기에 본문을 씁니다."


def new_article(title: str, config: Config) -> Path:
    """Write the draft and return its path. Raises UsageError when the file is already there."""
    slug = slugify(title)
    folder = config.content_dir / "articles" / f"{config.now:%Y}" / f"{config.now:%m}"
    path = folder / f"{slug}.md"
    if not slug or path.exists():
        why_ko, why_en = (
            ("이미 있는 파일입니다", "the file is already there")
            if slug
            else ("제목이 비었습니다", "the title is empty")
        )
        details = (
            ("message_ko", why_ko),
            ("message_en", why_en),
            ("hint_ko", "다른 제목을 주세요"),
            ("hint_en", "give another title"),
        )
        raise UsageError(Problem(code="USE005", severity=Severity.ERROR, where=Where(path=str(path)), details=details))
    draft = frontmatter.Post(
        BODY,
        title=title,
        date=config.now.date(),
        draft=True,
        kind="press-release",
        agency="",
        categories=[],
        tags=[],
        source={"name": "", "site": "", "url": ""},
        license={"id": "UNKNOWN"},
    )
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(frontmatter.dumps(draft, sort_keys=False) + "\n", "utf-8")
    return path
