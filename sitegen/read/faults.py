"""What is wrong with a head, as errors of their place."""

from sitegen.errors import ContentError
from sitegen.git_traces import conflict_in
from sitegen.problems import Problem, Severity, Where


def fail(code: str, path: str, line: int, column: int = 1, **details: str) -> ContentError:
    """Return the error of a place in a content file."""
    where = Where(path=path, line=line, column=column)
    return ContentError(Problem(code=code, severity=Severity.ERROR, where=where, details=tuple(details.items())))


def refuse_conflict(data: bytes, path: str) -> None:
    """Refuse a file in which git has left both sides of a merge. Raises ContentError."""
    if line := conflict_in(data):
        raise fail("FILE012", path, line)


def unreadable(path: str, line: int, column: int, message: str, hint_ko: str = "", hint_en: str = "") -> ContentError:
    """Return the error for a head that does not follow its own grammar."""
    return fail(
        "FM001",
        path,
        line,
        column,
        message=message,
        hint_ko=hint_ko or "표시된 줄의 글을 따옴표로 감싸 보세요",
        hint_en=hint_en or "try quoting the text on that line",
    )


def doubled_key(path: str, key: str, line: int, column: int, first: int) -> ContentError:
    """Return the error for a key that is given twice."""
    return fail("FM003", path, line, column, key=key, first=str(first))
