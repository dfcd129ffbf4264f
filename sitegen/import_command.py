"""`import PATH…`: captures become content files, each read by the surest profile; nothing is passed over."""

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path

from sitegen.clean.address import host_of
from sitegen.config import SEOUL, Cleaning, Invocation, load_config
from sitegen.errors import ContentError, SitegenError, UsageError, told_writing
from sitegen.import_log import ImportLog
from sitegen.importers import data_go_kr, wordpress
from sitegen.importers.capture import Capture, refused
from sitegen.importers.fetch import HOME, Asked, State, fetched
from sitegen.importers.found import captures_at, old_site_at, problem_of
from sitegen.importers.profiles import NAMES, Profile, candidates, choose, drafts_of, named
from sitegen.importers.report import Action, Item, Report, Standing
from sitegen.importers.store import Store
from sitegen.model import Kind
from sitegen.options import ENVIRONMENT, clock, folder, misused
from sitegen.output.content_lock import changing
from sitegen.phrases import say
from sitegen.problems import Problem, Severity, Where
from sitegen.read.discover import CAPTURES, unreadable
from sitegen.terminal import Terminal

STATE = ".data-go-kr.json"  # how far a fetch has come; a name no build reads
STOPPED = 130  # the exit status after Ctrl+C
WRITTEN = frozenset({Action.ADDED, Action.UPDATED})
LEFT_ALONE = {
    Action.OLDER: ("IMP005", Severity.ERROR),
    Action.EDITED: ("IMP006", Severity.ERROR),
    Action.TWIN: ("IMP007", Severity.ERROR),
    Action.WITHDRAWN: ("IMP012", Severity.WARNING),
    Action.OUTDATED: ("IMP010", Severity.NOTE),
}
DIFFERENT = {
    Standing.EDITED: ("IMP008", Severity.WARNING),
    Standing.REREAD: ("IMP020", Severity.WARNING),
    Standing.UNKNOWN: ("IMP009", Severity.NOTE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How to import. `profile` empty: the surest one."""

    profile: str = ""
    force: bool = False
    update: bool = False
    retrieved: str = ""  # the day the captures came, YYYY-MM-DD; empty: nobody says


def import_all(
    paths: list[Path], store: Store, wishes: Wishes, progress: Callable[[str, int, int], None]
) -> Iterator[Report]:
    """Yield what became of each capture."""
    for done, path in enumerate(paths, 1):
        yield import_one(path, store, wishes)
        progress("import", done, len(paths))


def asked_of(service: str, since: date, until: date, today: date, quota: int, environment: Mapping[str, str]) -> Asked:
    """Return what is asked of data.go.kr; the key comes from the environment only. Raises UsageError (API002)."""
    key = environment.get("SITEGEN_DATA_GO_KR_KEY", "").strip()
    if not key:
        raise UsageError(Problem(code="API002", severity=Severity.ERROR, where=Where(path="data.go.kr")))
    home = environment.get("SITEGEN_DATA_GO_KR_URL", "").rstrip("/") or HOME
    if not host_of(home):
        raise UsageError(Problem(code="API005", severity=Severity.ERROR, where=Where(path="SITEGEN_DATA_GO_KR_URL")))
    return Asked(key=key, service=service, since=since, until=until, today=today, home=home, quota=quota)


def import_fetched(
    asked: Asked, store: Store, wishes: Wishes, progress: Callable[[str, int, int], None]
) -> Iterator[Report]:
    """Yield what became of each item that data.go.kr gives. Raises UsageError or ToolError."""
    state = State(store.folder / CAPTURES / STATE, is_kept=not store.dry_run)
    for capture in fetched(asked, state, progress):
        wishes = replace(wishes, profile=data_go_kr.NAME, retrieved=asked.today.isoformat())
        yield import_capture(capture, store, wishes)


def import_one(path: Path, store: Store, wishes: Wishes) -> Report:
    """Import one file."""
    try:
        capture = Capture(path.read_bytes(), str(path), old_site_at(path), path=str(path.absolute()))
    except OSError as error:
        return Report(path=path, profile="", confidence=0.0, items=(), problems=(unreadable(path, error),))
    return import_capture(capture, store, wishes)


def import_capture(capture: Capture, store: Store, wishes: Wishes) -> Report:
    """Import one capture."""
    path = Path(capture.shown)
    capture = store.as_before(replace(capture, cleaning=store.cleaning))
    profile: Profile | None = None
    confidence = 1.0
    items: list[Item] = []
    problems: list[Problem] = []
    try:
        profile, confidence = (
            (named(wishes.profile, store.profiles), 1.0) if wishes.profile else choose(capture, store.profiles)
        )
        if profile is None:
            names = ", ".join(candidates(capture))
            raise refused("IMP002", str(path), confidence=f"{confidence:.2f}", profiles=names)
        drafts = drafts_of(profile, capture)
        put = partial(store.put, force=wishes.force, update=wishes.update, retrieved=wishes.retrieved)
        puts = (put(draft) for draft in drafts)
        items += [Item(draft=draft, outcome=outcome) for draft, outcome in zip(drafts, puts, strict=True)]
        if not any(item.outcome.action is Action.WITHDRAWN for item in items):  # its text must not come back
            store.keep(capture, path.suffix.lower())
    except ContentError as error:
        problems += error.problems
    for item in items:
        problems += judged(item, path)
    problems += judged_together(items, path)
    name = profile.name if profile else ""
    return Report(path=path, profile=name, confidence=confidence, items=tuple(items), problems=tuple(problems))


def check_all(store: Store) -> tuple[Counter[Standing], list[Problem]]:
    """Return how many imported files stand how, and those that are not what their captures give."""
    counts: Counter[Standing] = Counter()
    problems = []
    for item, standing in store.check():
        counts[standing] += 1
        if standing in DIFFERENT:
            code, severity = DIFFERENT[standing]
            problems.append(Problem(code=code, severity=severity, where=Where(path=str(item.path))))
    return counts, problems


def judged(item: Item, path: Path) -> list[Problem]:
    """Return what a person should look at: doubts, lines without a place, files that were left alone."""
    found: list[tuple[str, Severity, dict[str, str]]] = []
    if item.draft.lost:
        first = item.draft.lost[0][:60]
        found.append(("IMP003", Severity.WARNING, {"count": str(len(item.draft.lost)), "first": first}))
    found += [("IMP004", Severity.WARNING, {"doubt": doubt}) for doubt in item.draft.doubts]
    if item.draft.kind is Kind.PRESS_RELEASE and not item.draft.agencies:
        doubt = "a press release that names no agency is held back by the build: write it in"
        found.append(("IMP004", Severity.WARNING, {"doubt": doubt}))
    if item.outcome.action in LEFT_ALONE:
        code, severity = LEFT_ALONE[item.outcome.action]
        found.append((code, severity, {"file": str(item.outcome.path)}))
    return [problem_of(code, severity, path, **details) for code, severity, details in found]


def judged_together(items: Sequence[Item], path: Path) -> Iterator[Problem]:
    """Yield what is said once of all items of an export: types that were left out, files that lie on the old site."""
    lines = [line for item in items for line in item.draft.lines if line.rule == wordpress.OTHER_TYPE]
    if lines:
        types = wordpress.counted(line.text.partition(":")[0] for line in lines)
        yield problem_of("IMP014", Severity.WARNING, path, types=types)
    written = (item.draft for item in items if item.outcome.action in WRITTEN)
    files = list(dict.fromkeys(file for draft in written for file in wordpress.files_in(draft)))
    if files:
        yield problem_of("IMP016", Severity.WARNING, path, count=str(len(files)), first=files[0])


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Make content files of captures, or say what those that were made have become."""
    if options.profile and options.profile not in NAMES:
        known = ", ".join(NAMES)
        raise misused("--profile", "그런 방식은 없습니다", "there is no such profile", known, known)
    content = folder(options.to, "content")
    check_company(options)
    if options.check:
        return run_check(content, terminal)
    if not options.paths and not options.origin:
        raise misused(
            "PATH", "가져올 자료를 적어 주세요", "name what to import", "import 자료.html", "import page.html"
        )
    if options.quota < 0:
        raise misused("--quota", "0 이상으로 적어 주세요", "name 0 or more", "--quota 1000", "--quota 1000")
    return run_import(content, options, terminal)


def run_check(content: Path, terminal: Terminal) -> int:
    """Say which imported files are not what their captures give; exit 1 if there is one."""
    counts, problems = check_all(Store(content, cleaning=cleaning_at(content), dry_run=True))
    different = counts[Standing.EDITED] + counts[Standing.REREAD]
    terminal.problems(problems)
    numbers = {
        "n": counts.total(),
        "different": different,
        **{standing.value: counts[standing] for standing in DIFFERENT},
    }
    told = say(terminal.language, "import_checked", **{name: f"{number:,}" for name, number in numbers.items()})
    terminal.result(dict(numbers), told)
    return 1 if different else 0


def run_import(content: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Import what is named, and what data.go.kr has if that is asked."""
    asked = asked_of(options.service, *days_of(options), options.quota, ENVIRONMENT) if options.origin else None
    paths, problems = captures_at(options.paths)
    wishes = wishes_of(options)
    with ExitStack() as stack:
        stack.enter_context(told_writing(str(content)))
        if not options.dry_run:
            stack.enter_context(changing(content))
        keeps = not options.no_captures
        store = Store(content, cleaning=cleaning_at(content), keep_captures=keeps, dry_run=options.dry_run)
        log = ImportLog(terminal, in_full=options.verbose or (len(paths) == 1 and asked is None))
        log.problems += problems
        progress = stack.enter_context(terminal.progress())
        fetched_too = import_fetched(asked, store, wishes, progress) if asked else ()
        status = log_all(chain(import_all(paths, store, wishes, progress), fetched_too), log, content)
    log.close(content, dry_run=options.dry_run)
    if status == STOPPED:
        terminal.note(say(terminal.language, "import_stopped", captures=f"{log.captures:,}"))
    return status or (1 if any(problem.severity is Severity.ERROR for problem in log.problems) else 0)


def log_all(reports: Iterable[Report], log: ImportLog, content: Path) -> int:
    """Log what became of each capture; return the exit status of what ended it before the last. What came stays."""
    try:
        with told_writing(str(content)):
            for report in reports:
                log.add(report)
    except SitegenError as error:
        log.problems += error.problems
        return error.exit_status
    except KeyboardInterrupt:
        return STOPPED
    return 0


def wishes_of(options: argparse.Namespace) -> Wishes:
    """Return how the options want captures imported. Raises UsageError."""
    retrieved = day_of("retrieved", options.retrieved)
    return Wishes(
        profile=options.profile or "",
        force=options.force,
        update=options.update,
        retrieved=retrieved.isoformat() if retrieved else "",
    )


def cleaning_at(content: Path) -> Cleaning:
    """Return what the site of a content folder tells its cleaner. Raises ConfigError."""
    return load_config(
        Invocation(
            content_dir=content,
            output_dir=content,
            template_dirs=(),
            static_dirs=(),
            now=partial(clock, None),
            search=False,
        )
    ).cleaning


def check_company(options: argparse.Namespace) -> None:
    """Refuse flags that mean nothing beside each other, or alone. Raises UsageError."""
    others = {"PATH": options.paths, "--from": options.origin}
    names = ("force", "update", "retrieved", "profile", "dry_run", "no_captures")
    others |= {f"--{name.replace('_', '-')}": getattr(options, name) for name in names}
    if options.check and (beside := next((name for name, given in others.items() if given), "")):
        ko, en = "--check와 함께 쓸 수 없습니다", "does not go with --check"
        raise misused(beside, ko, en, "import --check", "import --check")
    alone = next((name for name in ("since", "until", "quota") if getattr(options, name)), "")
    if alone and not options.origin:
        hint = f"--from data.go.kr --{alone} …"
        raise misused(f"--{alone}", "--from과 함께 씁니다", "goes with --from", hint, hint)


def days_of(options: argparse.Namespace) -> tuple[date, date, date]:
    """Return the first and the last day to fetch, and today. Raises UsageError."""
    since, until = (day_of(flag, getattr(options, flag)) for flag in ("since", "until"))
    today = clock(None, SEOUL).date()
    until = until or today
    if since is None or until < since:
        raise misused(
            "--since",
            "언제부터 받을지 적어 주세요(--until보다 뒤일 수 없습니다)",
            "name the day to begin with (not after --until)",
            "--since 2026-11-01 --until 2026-11-07",
            "--since 2026-11-01 --until 2026-11-07",
        )
    return since, until, today


def day_of(flag: str, written: str | None) -> date | None:
    """Return the day a flag names, None for none. Raises UsageError."""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise misused(
            f"--{flag}",
            f"날짜를 읽을 수 없습니다: {written}",
            f"not a day: {written}",
            "2026-11-01처럼 적어 주세요",
            "write it like 2026-11-01",
        ) from error
