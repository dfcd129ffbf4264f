"""Questions asked of the rules in site.toml: do waivers still hold, and does any article need them, or a rule."""

import os
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final
from unicodedata import normalize

from sitegen.config import Config, glob_pattern
from sitegen.messages import MESSAGES
from sitegen.problems import Problem, Severity, Where

WILD: Final = re.compile(r"[*?]")
OF_OTHER_SITES: Final = frozenset({"LINK005", "LINK006"})  # asked by `check --external` alone


def as_the_site_takes(problem: Problem, config: Config) -> Problem:
    """Return a problem as heavy as `[policy]` makes it."""
    return problem._replace(severity=config.severity_of(problem.code))


def is_answered_for(problem: Problem) -> bool:
    """Return whether an article is published in spite of a finding: its owner has waived it, or made it lighter."""
    is_lighter = MESSAGES[problem.code].severity is Severity.ERROR is not problem.severity
    return bool(problem.waived) or is_lighter


def ended_waivers(config: Config) -> Iterator[Problem]:
    """POL001: a waiver holds until its last day; then its articles are judged like any other."""
    for waiver in config.waivers:
        if not config.is_in_force(waiver):
            yield problem("POL001", waiver.line, config, code=waiver.code, until=str(waiver.until))


def idle_waivers(
    config: Config, problems: Sequence[Problem], unasked: frozenset[str] = OF_OTHER_SITES
) -> Iterator[Problem]:
    """POL002: a waiver that no article needs any more can go."""
    # of what was not asked nobody knows whether it is needed, nor of one that is misspelt
    if not config.waivers:
        return
    misspelt = {found.where.line for found in problems if found.code == "POL003"}
    home = f"{config.content_dir}{os.sep}"
    waived = ((found.code, found.where.path.removeprefix(home)) for found in problems if found.waived)
    needed = {config.waiver_for(code, normalize("NFC", path.replace(os.sep, "/"))) for code, path in waived}
    for waiver in config.waivers:
        is_idle = waiver not in needed and waiver.code not in unasked and waiver.line not in misspelt
        if is_idle and config.is_in_force(waiver):
            yield problem("POL002", waiver.line, config, code=waiver.code)


def idle_rules(config: Config, paths: Sequence[str]) -> Iterator[Problem]:
    """POL003: each rule and waiver is for some file; one that fits none is misspelt."""
    known = sorted(normalize("NFC", path) for path in paths) if config.sources or config.waivers else []
    lines = dict(enumerate(config.source_lines))
    rules = [(rule.paths, lines.get(number, 1)) for number, rule in enumerate(config.sources)]
    for globs, line in [*rules, *((waiver.paths, waiver.line) for waiver in config.waivers)]:
        if known and not any(fits(glob, known) for glob in globs):
            yield problem("POL003", line, config, paths=", ".join(globs))


def fits(glob: str, known: Sequence[str]) -> bool:
    """Return whether a glob of a rule matches any of these paths, which are in order."""
    start = normalize("NFC", WILD.split(glob.removeprefix("./"), maxsplit=1)[0])
    pattern = glob_pattern(glob)
    for path in islice(known, bisect_left(known, start), None):
        if not path.startswith(start):
            return False
        if pattern.fullmatch(path):
            return True
    return False


def problem(kind: str, line: int, config: Config, /, **details: str) -> Problem:
    """Return a finding about a rule, at its line."""
    where = Where(path=str(config.settings_path), line=line, column=1)
    return Problem(code=kind, severity=config.severity_of(kind), where=where, details=tuple(details.items()))
