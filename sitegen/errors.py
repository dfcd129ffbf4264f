"""What stops a command. Everything the user's content needs is a Problem instead (problems.py).

SitegenError
├── UsageError      a flag or folder that cannot be used          exit 2
├── ConfigError     site.toml                                     exit 2
├── TemplateError   a template                                    exit 2
├── ContentError    one content file; becomes a Problem           exit 1
└── ToolError       a file system, Pagefind, a worker             exit 3
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sitegen.messages import render
from sitegen.problems import Problem, Severity, Where, is_spent, os_reasons


class SitegenError(Exception):
    """A reason to stop, or several of one kind, carried as Problems so that they print like them."""

    exit_status = 3

    def __init__(self, problem: Problem, *more: Problem) -> None:
        super().__init__(problem, *more)
        self.problem = problem
        self.problems = (problem, *more)

    def __str__(self) -> str:
        return "\n".join(render(self.problem, "en"))


class UsageError(SitegenError):
    """The command line asks for something that cannot be done."""

    exit_status = 2


class ConfigError(SitegenError):
    """The site's settings are wrong."""

    exit_status = 2


class TemplateError(SitegenError):
    """A template cannot be compiled or rendered."""

    exit_status = 2


class ContentError(SitegenError):
    """A content file or capture cannot be read. A build makes problems of it in prepare: one for each faulty field."""

    exit_status = 1


class ToolError(SitegenError):
    """Something outside the content failed: the disk, Pagefind, a worker."""

    exit_status = 3


def tool_error(code: str, place: str, ko: str, en: str = "") -> ToolError:
    """Return the error that something failed at a place, in both languages; what a library says has but one."""
    details = (("message_ko", ko), ("message_en", en or ko))
    return ToolError(Problem(code=code, severity=Severity.ERROR, where=Where(path=place), details=details))


def system_error(code: str, place: str, error: OSError) -> ToolError:
    """Return the error for what the system refused at a place; where it has no more to give, no place is at fault."""
    return tool_error("TOOL006" if is_spent(error) else code, place, *os_reasons(error))


def fault_of(error: Exception) -> ToolError:
    """Return the error for what nobody has foreseen, unless it is the system's, which has no more to give."""
    if isinstance(error, RuntimeError) and "start new thread" in str(error):  # Python has no other word for it
        error = OSError(errno.EAGAIN, str(error))
    if isinstance(error, MemoryError):
        error = OSError(errno.ENOMEM, "memory")
    if isinstance(error, OSError) and is_spent(error):
        return system_error("TOOL006", "sitegen", error)
    if isinstance(error, ModuleNotFoundError) and error.name and not error.name.startswith("sitegen"):
        return tool_error("TOOL012", "sitegen", error.name.partition(".")[0])
    details = (("message", f"{type(error).__name__}: {error}"),)
    return ToolError(Problem(code="BUG001", severity=Severity.BUG, where=Where(path="sitegen"), details=details))


@contextmanager
def told_writing(place: str) -> Iterator[None]:
    """Tell what the system refuses to write at a place that is no site's output. Raises ToolError."""
    try:
        yield
    except BrokenPipeError:  # whoever reads what is said has enough: told in start.py
        raise
    except OSError as error:
        raise system_error("TOOL010", str(error.filename or place), error) from error
