"""`new TITLE`: a draft with the fields an article needs. `new --workflow`: the job that imports each night."""

from pathlib import Path

import frontmatter

from sitegen.config import Config
from sitegen.errors import UsageError
from sitegen.problems import Problem, Severity, Where
from sitegen.site.urls import slugify

BODY = {"ko": "여기에 본문을 씁니다.", "en": "Write the text here."}
USED = ("build.py", ".ci/requirements.txt", ".github/workflows/pages.yml")  # by that workflow
IMPORT_WORKFLOW = Path(__file__).with_name("deploy") / "import.yml"


def new_article(title: str, config: Config) -> Path:
    """Write the draft and return its path. Raises UsageError when the file is already there."""
    slug = slugify(title)
    folder = config.content_dir / "articles" / f"{config.now:%Y}" / f"{config.now:%m}"
    path = folder / f"{slug}.md"
    is_word = any(map(str.isalnum, slug))
    if not is_word or path.exists():
        why_ko, why_en = (
            ("이미 있는 파일입니다", "the file is already there")
            if is_word
            else ("제목에 글자나 숫자가 없습니다", "the title has no letter or digit")
        )
        raise refused(path, why_ko, why_en, "다른 제목을 주세요", "give another title")
    draft = frontmatter.Post(
        BODY[config.language],
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


def new_workflow(root: Path) -> Path:
    """Write the workflow that imports, checks, commits and publishes each night.

    Raises UsageError when it is there, or when what it uses is not.
    """
    path = root / ".github/workflows/import.yml"
    if missing := ", ".join(name for name in USED if not (root / name).exists()):
        raise refused(
            path,
            f"이 작업이 쓰는 파일이 없습니다: {missing}",
            f"it would use files that are not here: {missing}",
            "sitegen 저장소를 복사한 폴더에서 하세요",
            "begin in a copy of the sitegen repository",
        )
    if path.exists():
        raise refused(
            path, "이미 있는 파일입니다", "the file is already there", "지우거나 옮겨 주세요", "remove it or move it"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(IMPORT_WORKFLOW.read_bytes())
    return path


def refused(path: Path, why_ko: str, why_en: str, hint_ko: str, hint_en: str) -> UsageError:
    """Return the error for a file that is not written."""
    details = (("message_ko", why_ko), ("message_en", why_en), ("hint_ko", hint_ko), ("hint_en", hint_en))
    return UsageError(Problem(code="USE005", severity=Severity.ERROR, where=Where(path=str(path)), details=details))
