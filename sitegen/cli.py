"""argv → one call → exit status. The only module that prints, exits, reads argv, the environment or the clock.

Problems and progress go to standard error, the summary (or with --json one object) to standard output.
Exit: 0 fine, 1 some article was held back, 2 usage or settings, 3 tool failure or a bug.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from sitegen import __version__
from sitegen.config import Config, Invocation, json_schema, load_config
from sitegen.errors import SitegenError, UsageError
from sitegen.phrases import language_of_environment, say
from sitegen.problems import Problem, Severity, Where
from sitegen.read.fields import parse_moment
from sitegen.terminal import Terminal
from sitegen.theme_files import builtin_folders

COMMANDS = ("build", "serve", "new", "import", "list", "clean")
JOBS_WORTH = 150  # fewer articles than this cost less here than in processes that must start first


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    language = language_of_environment(os.environ)
    options = parse_arguments(arguments, language)
    terminal = Terminal(language=language, quiet=options.quiet, verbose=options.verbose, as_json=options.json)
    try:
        return RUNNERS[options.command](options, terminal)
    except SitegenError as error:
        terminal.stop(error)
        return error.exit_status
    except KeyboardInterrupt:
        terminal.note(say(language, "interrupted"))
        return 130


def parse_arguments(arguments: list[str], language: str) -> argparse.Namespace:
    """Return the parsed command line; argparse prints its own errors and exits with 2."""
    if not any(argument in COMMANDS for argument in arguments) and not {"-h", "--help", "--version"} & set(arguments):
        arguments = ["build", *arguments]
    parser = argparse.ArgumentParser(
        prog="python build.py" if sys.argv[0].endswith("build.py") else "sitegen",
        description=say(language, "help_description"),
        epilog=say(language, "help_epilog"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"sitegen {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    folders, building, speaking = folder_flags(language), build_flags(language), speech_flags(language)

    def command(name: str, *flags: argparse.ArgumentParser) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=say(language, f"help_{name}"),
            description=say(language, f"help_{name}"),
            parents=[*flags, speaking],
            allow_abbrev=False,
        )

    command("build", folders, building)
    serve = command("serve", folders, building)
    serve.add_argument("--port", type=int, default=8000, help=say(language, "flag_port"))
    serve.add_argument("--open", action="store_true", help=say(language, "flag_open"))
    new = command("new", folders)
    new.add_argument("title", metavar="TITLE", nargs="?", help=say(language, "flag_title"))
    new.add_argument("--workflow", action="store_true", help=say(language, "flag_workflow"))
    new.add_argument("--now", metavar="WHEN", help=say(language, "flag_now"))
    importing = command("import")
    importing.add_argument("paths", metavar="PATH", nargs="*", help=say(language, "flag_captures"))
    importing.add_argument("--to", metavar="DIR", type=Path, help=say(language, "flag_to"))
    importing.add_argument("--profile", metavar="NAME", help=say(language, "flag_profile"))
    importing.add_argument("--from", dest="origin", choices=("data.go.kr",), help=say(language, "flag_from"))
    importing.add_argument("--since", metavar="DATE", help=say(language, "flag_since"))
    importing.add_argument("--until", metavar="DATE", help=say(language, "flag_until"))
    importing.add_argument("--service", choices=("press", "news"), default="press", help=say(language, "flag_service"))
    importing.add_argument("--quota", metavar="N", type=int, default=0, help=say(language, "flag_quota"))
    importing.add_argument("--dry-run", action="store_true", help=say(language, "flag_dry_run"))
    importing.add_argument("--check", action="store_true", help=say(language, "flag_check"))
    importing.add_argument("--update", action="store_true", help=say(language, "flag_update"))
    importing.add_argument("--force", action="store_true", help=say(language, "flag_force"))
    importing.add_argument("--no-captures", action="store_true", help=say(language, "flag_no_captures"))
    listing = command("list", folders, building)
    listing.add_argument(
        "what", nargs="?", choices=("all", "drafts", "future", "held"), default="all", help=say(language, "flag_what")
    )
    listing.add_argument("--schema", action="store_true", help=say(language, "flag_schema"))
    command("clean", folders)
    return parser.parse_args(arguments)


def folder_flags(language: str) -> argparse.ArgumentParser:
    """Return the flags that name folders."""
    flags = argparse.ArgumentParser(add_help=False)
    group = flags.add_argument_group(say(language, "group_folders"))
    for name, default in (
        ("content", "content/"),
        ("output", "_site/"),
        ("templates", "templates/"),
        ("static", "static/"),
        ("cache", ".cache/"),
    ):
        group.add_argument(f"--{name}", metavar="DIR", type=Path, help=f"{say(language, f'flag_{name}')} ({default})")
    group.add_argument("--no-cache", action="store_true", help=say(language, "flag_no_cache"))
    return flags


def build_flags(language: str) -> argparse.ArgumentParser:
    """Return the flags that decide what is built."""
    flags = argparse.ArgumentParser(add_help=False)
    group = flags.add_argument_group(say(language, "group_build"))
    group.add_argument("--base-url", metavar="URL", help=say(language, "flag_base_url"))
    group.add_argument("--now", metavar="WHEN", help=say(language, "flag_now"))
    group.add_argument("--drafts", action="store_true", help=say(language, "flag_drafts"))
    group.add_argument("--future", action="store_true", help=say(language, "flag_future"))
    group.add_argument("--no-search", action="store_true", help=say(language, "flag_no_search"))
    group.add_argument("--jobs", metavar="N", type=int, default=0, help=say(language, "flag_jobs"))
    group.add_argument("--strict", action="store_true", help=say(language, "flag_strict"))
    return flags


def speech_flags(language: str) -> argparse.ArgumentParser:
    """Return the flags that decide how much is said."""
    flags = argparse.ArgumentParser(add_help=False)
    group = flags.add_argument_group(say(language, "group_speech"))
    group.add_argument("--json", action="store_true", help=say(language, "flag_json"))
    group.add_argument("-q", "--quiet", action="store_true", help=say(language, "flag_quiet"))
    group.add_argument("-v", "--verbose", action="store_true", help=say(language, "flag_verbose"))
    return flags


def project_root() -> Path:
    """Return the folder relative paths start from: that of build.py, or the current one for the `sitegen` script."""
    script = Path(sys.argv[0])
    return script.resolve().parent if script.name == "build.py" else Path.cwd()


def folder(given: Path | None, default: str) -> Path:
    """Return a folder as messages should print it: relative to the current folder where it lies below."""
    path = given if given is not None else project_root() / default
    try:
        return path.resolve().relative_to(Path.cwd()) if given is None else path
    except ValueError:
        return path


def clock(given: str | None, environment: Mapping[str, str]) -> datetime:
    """Return the time a build takes for now: --now, else SOURCE_DATE_EPOCH, else the clock."""
    epoch = environment.get("SOURCE_DATE_EPOCH")
    try:
        if given:
            return parse_moment(given, ZoneInfo("Asia/Seoul"))
        if epoch:
            return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise misused(
            "--now" if given else "SOURCE_DATE_EPOCH",
            f"때를 읽을 수 없습니다: {given or epoch}",
            f"not a time: {given or epoch}",
            "2024-08-08 또는 2024-08-08T14:30:00+09:00처럼 적어 주세요",
            "write it like 2024-08-08 or 2024-08-08T14:30:00+09:00",
        ) from error
    return datetime.now(UTC)


def misused(what: str, ko: str, en: str, hint_ko: str, hint_en: str) -> UsageError:
    """Return the error for a flag or variable that cannot be used."""
    details = (("message_ko", ko), ("message_en", en), ("hint_ko", hint_ko), ("hint_en", hint_en))
    return UsageError(Problem(code="USE005", severity=Severity.ERROR, where=Where(path=what), details=details))


def config_of(options: argparse.Namespace) -> Config:
    """Return the settings of the site the command line means."""
    own_templates, own_static = folder(options.templates, "templates"), folder(options.static, "static")
    for flag, given in (("--templates", options.templates), ("--static", options.static)):
        if given is not None and not given.is_dir():
            raise misused(
                flag,
                f"폴더가 없습니다: {given}",
                f"there is no such folder: {given}",
                "있는 폴더를 적어 주세요",
                "name a folder that exists",
            )
    builtin_templates, builtin_static = builtin_folders()
    base_url = getattr(options, "base_url", None)
    return load_config(
        Invocation(
            content_dir=folder(options.content, "content"),
            output_dir=folder(options.output, "_site"),
            template_dirs=distinct_folders(own_templates, builtin_templates),
            static_dirs=distinct_folders(own_static, builtin_static),
            now=clock(getattr(options, "now", None), os.environ),
            base_url=base_url if base_url is not None else os.environ.get("SITEGEN_BASE_URL"),
            drafts=getattr(options, "drafts", False),
            future=getattr(options, "future", False),
            search=not getattr(options, "no_search", False),
            cache_dir=None if options.no_cache else folder(options.cache, ".cache"),
        )
    )


def distinct_folders(*folders: Path) -> tuple[Path, ...]:
    """Return the folders that exist, each once, in order."""
    found: dict[Path, Path] = {}
    for path in folders:
        if path.is_dir():
            found.setdefault(path.resolve(), path)
    return tuple(found.values())


def run_build(options: argparse.Namespace, terminal: Terminal) -> int:
    """Build the site."""
    from sitegen.build_command import build_once  # noqa: PLC0415  imports the pipeline only when it is needed

    config = config_of(options)
    started = time.monotonic()
    with terminal.progress() as progress:
        result = build_once(config, jobs=jobs_of(options, config), progress=progress)
    terminal.report(result, config, seconds=time.monotonic() - started)
    warned = any(problem.severity is not Severity.NOTE for problem in result.problems)
    return 1 if result.held_back or (options.strict and warned) else 0


def jobs_of(options: argparse.Namespace, config: Config) -> int:
    """Return the number of workers: --jobs, else the cores where there is enough to do."""
    from sitegen.read.discover import walk  # noqa: PLC0415
    from sitegen.runtime.executor import usable_cores  # noqa: PLC0415

    if options.jobs < 0:
        raise misused(
            "--jobs", "0보다 작을 수 없습니다", "cannot be less than 0", "--jobs 2처럼 적어 주세요", "write --jobs 2"
        )
    if options.jobs:
        return int(options.jobs)
    if not config.content_dir.is_dir():
        return 1
    files = walk(config.content_dir, config.content_dir.resolve(), [])
    return usable_cores() if sum(1 for _ in islice(files, JOBS_WORTH)) == JOBS_WORTH else 1


def run_serve(options: argparse.Namespace, terminal: Terminal) -> int:
    """Serve a preview that builds and reloads by itself."""
    from sitegen.serve.preview import preview  # noqa: PLC0415

    if options.output is None:
        options.output = folder(options.cache, ".cache") / "preview"
    if options.base_url is None:
        options.base_url = ""
    return preview(
        lambda: config_of(options),
        lambda config: jobs_of(options, config),
        port=options.port,
        open_browser=options.open,
        terminal=terminal,
    )


def run_new(options: argparse.Namespace, terminal: Terminal) -> int:
    """Write a new draft, or the nightly workflow, and say where it is."""
    from sitegen.new import new_article, new_workflow  # noqa: PLC0415

    if options.workflow:
        path = new_workflow(project_root())
        terminal.result({"path": str(path)}, say(terminal.language, "new_workflow_done", path=str(path)))
        return 0
    if not options.title:
        raise misused("TITLE", "제목을 적어 주세요", "name the title", 'new "새 글"', 'new "A title"')
    config = config_of(options)
    path = new_article(options.title, config)
    terminal.result({"path": str(path)}, say(terminal.language, "new_done", path=str(path)))
    return 0


def run_import(options: argparse.Namespace, terminal: Terminal) -> int:
    """Make content files of captures."""
    from sitegen.import_command import (  # noqa: PLC0415
        Wishes,
        asked_of,
        captures_at,
        check_all,
        import_all,
        import_fetched,
    )
    from sitegen.import_log import ImportLog  # noqa: PLC0415
    from sitegen.importers.profiles import NAMES  # noqa: PLC0415
    from sitegen.importers.store import Store  # noqa: PLC0415

    if options.profile and options.profile not in NAMES:
        known = ", ".join(NAMES)
        raise misused("--profile", "그런 방식은 없습니다", "there is no such profile", known, known)
    content = folder(options.to, "content")
    if options.check:
        count, problems = check_all(Store(content, dry_run=True))
        different = sum(problem.severity is Severity.WARNING for problem in problems)
        terminal.problems(problems)
        numbers = {"n": count, "different": different, "unknown": len(problems) - different}
        terminal.result(
            dict(numbers), say(terminal.language, "import_checked", **{k: str(v) for k, v in numbers.items()})
        )
        return 1 if different else 0
    if not options.paths and not options.origin:
        raise misused(
            "PATH", "가져올 자료를 적어 주세요", "name what to import", "import 자료.html", "import page.html"
        )
    if options.quota < 0:
        raise misused("--quota", "0 이상으로 적어 주세요", "name 0 or more", "--quota 1000", "--quota 1000")
    asked = asked_of(options.service, *days_of(options), options.quota, os.environ) if options.origin else None
    paths = captures_at(options.paths)
    store = Store(content, keep_captures=not options.no_captures, dry_run=options.dry_run)
    wishes = Wishes(profile=options.profile or "", force=options.force, update=options.update)
    log = ImportLog(terminal, in_full=options.verbose or (len(paths) == 1 and asked is None))
    status = 0
    with terminal.progress() as progress:
        try:
            for report in import_all(paths, store, wishes, progress):
                log.add(report)
            for report in import_fetched(asked, store, wishes, progress) if asked else ():
                log.add(report)
        except SitegenError as error:  # what has come by then is told, and stays
            log.problems.append(error.problem)
            status = error.exit_status
    log.close(content, dry_run=options.dry_run)
    return status or (1 if any(problem.severity is Severity.ERROR for problem in log.problems) else 0)


def days_of(options: argparse.Namespace) -> tuple[date, date, date]:
    """Return the first and the last day to fetch, and today. Raises UsageError."""
    since, until = (day_of(flag, getattr(options, flag)) for flag in ("since", "until"))
    today = clock(None, os.environ).astimezone(ZoneInfo("Asia/Seoul")).date()
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


def run_list(options: argparse.Namespace, terminal: Terminal) -> int:
    """List what a build would leave out, or print the schema of site.toml."""
    from sitegen.build_command import listed  # noqa: PLC0415

    if options.schema:
        sys.stdout.write(json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n")
        return 0
    config = config_of(options)
    rows, problems = listed(config, options.what, jobs=jobs_of(options, config))
    terminal.listing(rows, problems)
    return 0


def run_clean(options: argparse.Namespace, terminal: Terminal) -> int:
    """Remove what builds have made: the output folder, its spare and the cache."""
    from sitegen.output.writer import check_output, remove_output  # noqa: PLC0415

    config = config_of(options)
    check_output(config.output_dir, (("content", config.content_dir),))
    removed = [str(config.output_dir)] if remove_output(config.output_dir) else []
    cache = folder(options.cache, ".cache")
    if cache.is_dir():
        import shutil  # noqa: PLC0415

        shutil.rmtree(cache)
        removed.append(str(cache))
    key = "clean_done" if removed else "clean_nothing"
    terminal.result({"removed": removed}, say(terminal.language, key, folders=", ".join(removed)))
    return 0


RUNNERS = {
    "build": run_build,
    "serve": run_serve,
    "new": run_new,
    "import": run_import,
    "list": run_list,
    "clean": run_clean,
}
