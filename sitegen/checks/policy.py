"""Questions asked of the rules in site.toml: do waivers still hold, and does any article need them, or a rule."""

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from unicodedata import normalize

from sitegen.config import Config
from sitegen.problems import Problem, Severity, Where

OF_OTHER_SITES: Final = frozenset({"LINK005", "LINK006"})  # asked by `check --external` alone


def ended_waivers(config: Config) -> Iterator[Problem]:
    """POL001: a waiver holds until its last day; then its articles are judged like any other."""
    for waiver in config.waivers:
        if not config.is_in_force(waiver):
            yield problem("POL001", waiver.line, config, Severity.ERROR, code=waiver.code, until=str(waiver.until))


def idle_waivers(
    config: Config, problems: Iterable[Problem], unasked: frozenset[str] = OF_OTHER_SITES
) -> Iterator[Problem]:
    """POL002: a waiver that no article needs any more can go."""
    # of what was not asked nobody knows whether it is needed
    if not config.waivers:
        return
    home = f"{config.content_dir}{os.sep}"
    waived = (
        (found.code, found.where.path.removeprefix(home).replace(os.sep, "/")) for found in problems if found.waived
    )
    needed = {config.waiver_for(code, path) for code, path in waived}
    for waiver in config.waivers:
        if config.is_in_force(waiver) and waiver not in needed and waiver.code not in unasked:
            yield problem("POL002", waiver.line, config, Severity.NOTE, code=waiver.code)


def idle_sources(config: Config, paths: Sequence[str]) -> Iterator[Problem]:
    """POL003: each rule says where some article comes from; one that fits no file is misspelt."""
    for rule, line in zip(config.sources, config.source_lines, strict=True):
        if paths and not any(rule.matches(normalize("NFC", path)) for path in paths):
            yield problem("POL003", line, config, Severity.WARNING, paths=", ".join(rule.paths))


def problem(code: str, line: int, config: Config, severity: Severity, /, **details: str) -> Problem:
    """Return a finding about a rule, at its line."""
    where = Where(path=str(config.settings_path), line=line, column=1)
    return Problem(code=code, severity=severity, where=where, details=tuple(details.items()))
