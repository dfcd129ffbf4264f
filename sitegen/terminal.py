"""How the command line speaks: problems and progress to standard error, results to standard output."""

import json
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from sitegen import __version__
from sitegen.characters import shown_in_line
from sitegen.config import Config
from sitegen.errors import SitegenError, ToolError, fault_of
from sitegen.messages import hint_of, message_of, render
from sitegen.model import BuildResult
from sitegen.phrases import SECONDS, say
from sitegen.problems import Problem, Severity
from sitegen.runtime.spans import KINDS, STAGE, Span, sums_of
from sitegen.values import value

MANY = 3  # the same warning on more files than this is one line with a count
MANY_ERRORS = 20  # of an error in the same words as many are told, and how many more there are
QUOTE = "match"  # the detail that holds words of a text
REFRESH_SECONDS = 0.1
PLAIN_STEP = 0.25  # without a terminal, say each quarter of a long stage
LONG_STAGE = 1000  # items above which a stage is worth a word without a terminal

Progress = Callable[[str, int, int], None]
Kind = tuple[str, str]  # of problems that are told as one


@value
class Terminal:
    """Says what a command found and did."""

    language: str
    quiet: bool = False
    verbose: bool = False
    as_json: bool = False

    def note(self, line: str) -> None:
        """Print a line to standard error."""
        tell(sys.stderr, f"{line}\n")

    def result(self, value: dict[str, object], line: str) -> None:
        """Print a result to standard output: the line, or with --json the value."""
        tell(sys.stdout, (json.dumps(value, ensure_ascii=False) if self.as_json else line) + "\n")

    def stop(self, error: SitegenError) -> None:
        """Print why a command stopped."""
        if self.as_json:
            self.result({"version": __version__, "problems": [*map(self.problem_value, error.problems)]}, "")
            return
        for problem in error.problems:
            for line in render(problem, self.language):
                self.note(line)

    def fault(self, error: Exception) -> ToolError:
        """Print what nobody has foreseen, whole where that is asked for, and return it as the error it is told as."""
        if self.verbose:
            traceback.print_exception(error)
        told = fault_of(error)
        self.stop(told)
        return told

    def problem_value(self, problem: Problem) -> dict[str, object]:
        """Return a problem as --json gives it."""
        return {
            "code": problem.code,
            "severity": problem.severity.value,
            "path": problem.where.path,
            "line": problem.where.line,
            "column": problem.where.column,
            "message": message_of(problem, self.language),
            "hint": hint_of(problem, self.language),
        }

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Give the function that shows progress: a bar on a terminal, a line now and then elsewhere."""
        if self.quiet or self.as_json:
            yield lambda *_: None
        elif sys.stderr.isatty():
            with self.bar() as progress:
                yield progress
        else:
            yield PlainProgress(self).show

    @contextmanager
    def bar(self) -> Iterator[Progress]:
        """Give a progress bar on the terminal."""
        from rich.console import Console  # noqa: PLC0415  only where there is a terminal
        from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn  # noqa: PLC0415
        from rich.progress import Progress as Bars  # noqa: PLC0415

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        # drawn here and not by a thread, beside which no worker could be forked
        with Bars(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bars:
            tasks: dict[str, TaskID] = {}
            drawn = 0.0

            def show(stage: str, done: int, total: int) -> None:
                nonlocal drawn
                if stage not in tasks:
                    tasks[stage] = bars.add_task(say(self.language, f"stage_{stage}"), total=total)
                is_due = done == total or time.monotonic() - drawn > REFRESH_SECONDS
                bars.update(tasks[stage], completed=done, refresh=is_due)
                drawn = time.monotonic() if is_due else drawn

            yield show

    def report(self, result: BuildResult, config: Config, *, seconds: float) -> str:
        """Print the problems and the summary of a build; return what was said of the problems."""
        told = self.problems_of(result)
        tell(sys.stderr, told)
        tell(sys.stdout, self.summary_of(result, config).replace(SECONDS, f"{seconds:.1f}"))
        return told

    def problems_of(self, result: BuildResult) -> str:
        """Return what is said of a build to standard error."""
        return "" if self.as_json else "".join(f"{line}\n" for line in self.lines_about(result.problems))

    def summary_of(self, result: BuildResult, config: Config, *, is_same: bool = False) -> str:
        """Return what is said of a build to standard output; `SECONDS` stands for its time.

        `is_same`: as the next build says it that finds nothing changed.
        """
        if not self.as_json:
            lines = () if self.quiet else self.summary(result, config, is_same=is_same)
            return "".join(f"{line}\n" for line in lines)
        value: dict[str, object] = {
            "version": __version__,
            "output": str(config.output_dir),
            "counts": {
                "articles": result.articles,
                "held_back": result.held_back,
                "left_out": result.left_out,
                "pages": result.pages,
                "indexed": result.indexed,
                "files": result.write.written,
                "deleted": 0 if is_same else result.write.deleted,
            },
            "problems": [self.problem_value(problem) for problem in result.problems],
        }
        text = json.dumps(value, ensure_ascii=False)
        return f'{text[:-1]}, "seconds": {SECONDS}}}\n'

    def summary(self, result: BuildResult, config: Config, *, is_same: bool) -> Iterator[str]:
        """Yield the lines that sum a build up."""
        shown = {"articles": f"{result.articles:,}", "pages": f"{result.pages:,}", "indexed": f"{result.indexed:,}"}
        name = "summary_same" if is_same else "summary"
        yield say(self.language, name, **shown, output=f"{config.output_dir}/", seconds=SECONDS)
        if result.held_back:
            yield say(self.language, "held_back", n=f"{result.held_back:,}")
        if result.left_out:
            yield say(self.language, "left_out", n=f"{result.left_out:,}")
        for severity in Severity:
            codes = Counter(problem.code for problem in result.problems if problem.severity is severity)
            if codes:
                listed = ", ".join(f"{code} {count:,}" for code, count in codes.most_common())
                name = say(self.language, severity.value)
                yield say(self.language, "problems", severity=name, n=f"{sum(codes.values()):,}", codes=listed)

    def problems(self, problems: Sequence[Problem]) -> None:
        """Print problems in the order of their place."""
        for line in self.lines_about(problems):
            self.note(line)

    def lines_about(self, problems: Sequence[Problem]) -> Iterator[str]:
        """Yield problems in the order of their place, unless verbose many of a kind as the first of them.

        Of warnings those of one code are one kind, of errors those in the same words.
        """
        if self.verbose:
            yield from (line for problem in problems for line in render(problem, self.language))
            return
        shown = [problem for problem in problems if problem.severity is not Severity.NOTE]
        kinds = list(map(self.kind_of, shown))
        counts, told = Counter(kinds), Counter[Kind]()
        for problem, kind in zip(shown, kinds, strict=True):
            told[kind] += 1
            is_error = problem.severity is Severity.ERROR
            if counts[kind] <= (MANY_ERRORS if is_error else MANY):
                yield from render(problem, self.language)
            elif is_error and told[kind] <= MANY_ERRORS:
                line, *hint = render(problem, self.language)
                yield line
                if told[kind] == MANY_ERRORS:
                    others = say(self.language, "other_errors", count=f"{counts[kind] - MANY_ERRORS:,}")
                    yield from (f"{problem.severity} {problem.code}: {others}", *hint)
            elif told[kind] == 1:
                others = say(self.language, "others", count=f"{counts[kind] - 1:,}")
                yield from render(problem, self.language, f" ({others})")

    def kind_of(self, problem: Problem) -> Kind:
        """Return what problems have in common that are told as one: their code, and of errors the message.

        What a message quotes of a text is of the article alone.
        """
        if problem.severity is not Severity.ERROR:
            return problem.code, ""
        unquoted = tuple((name, "" if name == QUOTE else value) for name, value in problem.details)
        return problem.code, message_of(problem._replace(details=unquoted), self.language)

    def profile(self, spans: list[Span]) -> None:
        """Print where the time of a build has gone: by stage, step, cleaning rule and template."""
        whole = sum(one.total for one in sums_of(spans, STAGE)) or 1
        self.note(say(self.language, "profile_head"))
        for kind in KINDS:
            sums = sums_of(spans, kind)
            if not sums:
                continue
            self.note(f"{say(self.language, f'profile_{kind}'):<24}{'n':>9}{'s':>10}{'µs':>10}{'%':>7}")
            for name, times, total in sums:
                mean, share = total / times / 1e3, 100 * total / whole
                self.note(f"  {name:<22}{times:>9,}{total / 1e9:>10.3f}{mean:>10,.0f}{share:>7.1f}")

    def waivers(self, rows: Sequence[tuple[Problem, str]], problems: Sequence[Problem]) -> None:
        """Print what is published in spite of a finding, with the article's title, and waivers that have ended."""
        if self.as_json:
            found = [
                {
                    "path": problem.where.path,
                    "line": problem.where.line,
                    "column": problem.where.column,
                    "title": title,
                    "code": problem.code,
                    "reason": problem.waived,
                }
                for problem, title in rows
            ]
            self.result({"waived": found, "problems": [self.problem_value(problem) for problem in problems]}, "")
            return
        self.problems(problems)
        label = say(self.language, "fate_waived")
        lines = [
            "\t".join((label, *map(shown_in_line, (str(problem.where), f"{problem.code} ({problem.waived})", title))))
            for problem, title in rows
        ]
        self.result({}, "\n".join(lines) if lines else say(self.language, "list_none"))

    def listing(self, rows: Sequence[tuple[str, str, str]], problems: Sequence[Problem], nothing: str) -> None:
        """Print what a build would leave out. `nothing`: the key of what is said where that is nothing."""
        if self.as_json:
            articles = [{"fate": fate, "path": path, "title": title} for fate, path, title in rows]
            self.result({"articles": articles, "problems": [self.problem_value(problem) for problem in problems]}, "")
            return
        self.problems(problems)
        names = [say(self.language, f"fate_{fate}") for fate, _, _ in rows]
        lines = [
            f"{name}\t{shown_in_line(path)}\t{shown_in_line(title)}"
            for name, (_, path, title) in zip(names, rows, strict=True)
        ]
        self.result({}, "\n".join(lines) if lines else say(self.language, nothing))


class UnheardError(OSError):
    """What was said has found no room; told in start.py."""


def tell(stream: TextIO, text: str) -> None:
    """Write to standard output or error. Raises BrokenPipeError or UnheardError."""
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UnheardError(*error.args) from error


class PlainProgress:
    """Progress as plain lines: the quarters of a long stage."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.next_share: dict[str, float] = {}

    def show(self, stage: str, done: int, total: int) -> None:
        """Say a stage's next quarter when it is reached."""
        due = self.next_share.setdefault(stage, PLAIN_STEP)
        if total < LONG_STAGE or done < due * total:
            return
        self.next_share[stage] = due + PLAIN_STEP
        self.terminal.note(f"{say(self.terminal.language, f'stage_{stage}')} {done:,}/{total:,}")
