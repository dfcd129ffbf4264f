"""Questions asked of the waivers in site.toml: do they still hold, and does any article need them."""

from collections.abc import Iterable, Iterator

from sitegen.config import Config, Waiver
from sitegen.problems import Problem, Severity, Where


def ended_waivers(config: Config) -> Iterator[Problem]:
    """POL001: a waiver holds until its last day; then its articles are judged like any other."""
    for waiver in config.waivers:
        if not config.is_in_force(waiver):
            yield problem("POL001", waiver, config, Severity.ERROR, until=str(waiver.until))


def idle_waivers(config: Config, problems: Iterable[Problem]) -> Iterator[Problem]:
    """POL002: a waiver that no article needs any more can go."""
    if not config.waivers:
        return
    needed = {(problem.code, problem.waived) for problem in problems if problem.waived}
    for waiver in config.waivers:
        if config.is_in_force(waiver) and (waiver.code, waiver.reason) not in needed:
            yield problem("POL002", waiver, config, Severity.NOTE)


def problem(code: str, waiver: Waiver, config: Config, severity: Severity, **details: str) -> Problem:
    """Return a finding about a waiver, at its line."""
    where = Where(path=str(config.settings_path), line=waiver.line, column=1)
    return Problem(code=code, severity=severity, where=where, details=(("code", waiver.code), *details.items()))
