"""How the command line speaks of imports: each capture as it is done, so that no folder is too large to be told of."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sitegen import __version__
from sitegen.characters import shown_in_line
from sitegen.importers.found import problem_of
from sitegen.importers.report import Report, counted
from sitegen.phrases import say
from sitegen.problems import Problem, Severity, sort_problems
from sitegen.terminal import Terminal, tell

SHOWN_CHARS: Final = 100  # of a captured line
SHOWN_KEYS: Final = 20


class ImportLog:
    """Prints what became of captures: a line an item, with the item's own lines `in_full`; then a summary."""

    def __init__(self, terminal: Terminal, *, in_full: bool) -> None:
        self.terminal = terminal
        self.in_full = in_full
        self.captures = 0
        self.refused = 0
        self.actions: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self.keys: Counter[str] = Counter()  # of heads of posts, that content files do not keep
        self.first_with_keys = ""
        if terminal.as_json:
            tell(sys.stdout, f'{{"version": {json.dumps(__version__)}, "captures": [')

    def add(self, report: Report) -> None:
        """Print what became of one capture."""
        if self.terminal.as_json:
            comma = ", " if self.captures else ""
            tell(sys.stdout, comma + json.dumps(value_of(report), ensure_ascii=False))
        elif not self.terminal.quiet:
            for line in self.lines_of(report):
                self.terminal.note(line)
        self.captures += 1
        self.refused += bool(report.problems) and not report.items
        self.actions.update(item.outcome.action.value for item in report.items)
        self.problems += report.problems
        keys = [key for item in report.items for key in item.draft.unread_keys]
        self.keys.update(keys)
        self.first_with_keys = self.first_with_keys or (str(report.path) if keys else "")

    def close(self, folder: Path, *, dry_run: bool) -> None:
        """Print the problems and the summary."""
        problems = sort_problems([*self.problems, *self.of_keys()])
        if self.terminal.as_json:
            values = [self.terminal.problem_value(problem) for problem in problems]
            tell(sys.stdout, f'], "problems": {json.dumps(values, ensure_ascii=False)}}}\n')
            return
        self.terminal.problems(problems)
        if not self.terminal.quiet:
            language = self.terminal.language
            counts = [f"{say(language, f'action_{name}')} {count:,}" for name, count in self.actions.most_common()]
            counts += [f"{say(language, 'import_refused')} {self.refused:,}"] if self.refused else []
            summed = say(
                language,
                "import_summary",
                captures=f"{self.captures:,}",
                counts=", ".join(counts) or "0",
                folder=f"{folder}/",
            )
            self.terminal.result({}, "\n".join([summed, say(language, "import_dry")] if dry_run else [summed]))

    def of_keys(self) -> Iterator[Problem]:
        """Yield what is said once of all heads: which keys no content file keeps, and how many heads had them."""
        if self.keys:
            told = ", ".join(f"{shown_in_line(key)} ({count:,})" for key, count in self.keys.most_common(SHOWN_KEYS))
            keys = told + (" …" if len(self.keys) > SHOWN_KEYS else "")
            yield problem_of("IMP019", Severity.WARNING, Path(self.first_with_keys), keys=keys)

    def lines_of(self, report: Report) -> Iterator[str]:
        """Yield the lines about one capture."""
        language = self.terminal.language
        for item in report.items:
            counts = [f"{say(language, f'part_{part}')} {n}" for part, n in counted(item.draft).items() if n]
            yield say(
                language,
                "import_line",
                path=str(report.path),
                file=str(item.outcome.path),
                action=say(language, f"action_{item.outcome.action}"),
                profile=report.profile,
                confidence=f"{report.confidence:.2f}",
                counts=", ".join(counts),
            )
            for line in item.draft.lines if self.in_full else ():
                part = say(language, f"part_{line.part}")
                rule = f" {line.rule}" if line.rule else ""
                yield f"  {line.number:>4} {part}{rule}: {shown_in_line(line.text[:SHOWN_CHARS])}"


def value_of(report: Report) -> dict[str, object]:
    """Return what became of one capture for programs."""
    items = [
        {
            "file": str(item.outcome.path),
            "action": item.outcome.action.value,
            "title": item.draft.title,
            "counts": counted(item.draft),
            "lines": [line._asdict() for line in item.draft.lines],
        }
        for item in report.items
    ]
    return {"path": str(report.path), "profile": report.profile, "confidence": report.confidence, "items": items}
