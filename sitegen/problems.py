"""Problems: what the user's content or settings need, as values. Never raised, only collected.

In: a code, a place and the words to fill in. Out: a line a person can act on, in Korean or English (`messages.py`).
"""

import errno
from enum import StrEnum
from operator import attrgetter
from typing import Final, NamedTuple

WAIVED: Final = "waived"  # the detail that says why an owner publishes in spite of a finding


class Severity(StrEnum):
    """How much a problem matters. The order is the order of the summary."""

    BUG = "bug"  # our fault, found on finished pages
    ERROR = "error"  # the article is held back
    WARNING = "warning"  # published; the page says what is unknown
    NOTE = "note"  # nothing to mend


class Where(NamedTuple):
    """A place in a file: path as the user would type it, line and column counted from 1 (0 = the whole file)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return `path:line:col`, as far as it is known."""
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column or 1}"


class Problem(NamedTuple):
    """One finding: `details` are the (name, value) pairs that its message's placeholders take."""

    code: str
    severity: Severity
    where: Where
    details: tuple[tuple[str, str], ...] = ()

    @property
    def waived(self) -> str:
        """Return why the owner publishes in spite of this, or an empty string."""
        return dict(self.details).get(WAIVED, "")


def place_of(error: UnicodeDecodeError) -> tuple[int, int]:
    """Return line and column of the first byte that is not UTF-8."""
    before = error.object[: error.start]
    return before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1


def sort_problems(problems: "list[Problem] | tuple[Problem, ...]") -> list[Problem]:
    """Return `problems` in the order of their place, then code."""
    return sorted(problems, key=attrgetter("where", "code", "details"))


# What a system says most often → in Korean.
REASONS: Final = {
    errno.EACCES: "권한이 없습니다",
    errno.EPERM: "허락되지 않았습니다",
    errno.ENOENT: "그런 파일이나 폴더가 없습니다",
    errno.EISDIR: "폴더입니다",
    errno.ENOTDIR: "폴더가 아닙니다",
    errno.EEXIST: "이미 있습니다",
    errno.ENOSPC: "디스크에 남은 공간이 없습니다",
    errno.EDQUOT: "쓸 수 있는 공간을 다 썼습니다",
    errno.EROFS: "읽기만 할 수 있는 디스크입니다",
    errno.EIO: "디스크를 읽거나 쓰다가 고장이 났습니다",
    errno.ENAMETOOLONG: "이름이 너무 깁니다",
    errno.ELOOP: "링크가 돌고 돕니다",
    errno.EMFILE: "열어 둔 파일이 너무 많습니다",
    errno.ENFILE: "열린 파일이 너무 많습니다",
    errno.EAGAIN: "프로세스가 너무 많습니다",
    errno.ENOMEM: "메모리가 모자랍니다",
    errno.EBUSY: "쓰이고 있는 폴더입니다",
    errno.EXDEV: "다른 디스크에 있습니다",
}
SPENT: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM})


def os_reasons(error: OSError) -> tuple[str, str]:
    """Return what a system says was wrong, in Korean and in English."""
    said = error.strerror or str(error)
    return REASONS.get(error.errno or 0, said), said


def is_spent(error: OSError) -> bool:
    """Return whether a system refused because it has no more of something: open files, processes, memory."""
    return error.errno in SPENT
