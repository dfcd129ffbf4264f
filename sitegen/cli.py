"""argv → one call → exit status. Commands of some size live in modules of their own.

Problems and progress go to standard error, the summary (or with --json one object) to standard output.
Exit: 0 fine, 1 some article was held back, 2 usage or settings, 3 tool failure or a bug.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from sitegen import __version__
from sitegen.errors import SitegenError, ToolError
from sitegen.options import config_of, folder, jobs_of, misused, project_root, workers_of
from sitegen.phrases import language_of_environment, say
from sitegen.problems import Problem, Severity, Where
from sitegen.runtime.note import Said, command_of, leave, libraries_now, seen_of
from sitegen.runtime.stamps import Look
from sitegen.settings import json_schema
from sitegen.terminal import Terminal
from sitegen.version import library_folders

Runner = Callable[[argparse.Namespace, Terminal], int]
COMMANDS = ("build", "serve", "new", "import", "check", "takedown", "list", "clean")


def main(argv: Sequence[str] | None = None, runners: Mapping[str, Runner] | None = None) -> int:
    """Run one command and return its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    language = language_of_environment(os.environ)
    options = parse_arguments(arguments, language)
    options.arguments = arguments
    terminal = Terminal(language=language, quiet=options.quiet, verbose=options.verbose, as_json=options.json)
    try:
        return (runners or RUNNERS)[options.command](options, terminal)
    except SitegenError as error:
        terminal.stop(error)
        return error.exit_status
    except Exception as error:  # a fault of ours: told like any other, and never taken for one of the content's
        if options.verbose:
            raise
        message = f"{type(error).__name__}: {error}"
        problem = Problem(
            code="BUG001", severity=Severity.BUG, where=Where(path="sitegen"), details=(("message", message),)
        )
        terminal.stop(ToolError(problem))
        return ToolError.exit_status
    except KeyboardInterrupt:
        terminal.note(say(language, "interrupted"))
        return 130


def parse_arguments(arguments: list[str], language: str) -> argparse.Namespace:
    """Return the parsed command line; argparse prints its own errors and exits with 2."""
    if arguments[:1] not in [[name] for name in COMMANDS] and not {"-h", "--help", "--version"} & set(arguments):
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

    build = command("build", folders, building)
    build.add_argument("--workers", metavar="dask://HOST:PORT", help=say(language, "flag_workers"))
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
    importing.add_argument("--retrieved", metavar="DATE", help=say(language, "flag_retrieved"))
    importing.add_argument("--dry-run", action="store_true", help=say(language, "flag_dry_run"))
    importing.add_argument("--check", action="store_true", help=say(language, "flag_check"))
    importing.add_argument("--update", action="store_true", help=say(language, "flag_update"))
    importing.add_argument("--force", action="store_true", help=say(language, "flag_force"))
    importing.add_argument("--no-captures", action="store_true", help=say(language, "flag_no_captures"))
    listing = command("list", folders, building)
    listing.add_argument(
        "what",
        nargs="?",
        choices=("all", "drafts", "future", "held", "waived"),
        default="all",
        help=say(language, "flag_what"),
    )
    listing.add_argument("--schema", action="store_true", help=say(language, "flag_schema"))
    checking = command("check", folders, building)
    checking.add_argument("--sarif", metavar="FILE", type=Path, help=say(language, "flag_sarif"))
    checking.add_argument("--external", action="store_true", help=say(language, "flag_external"))
    checking.add_argument("--explain", metavar="CODE", help=say(language, "flag_explain"))
    checking.add_argument("--explain-article", metavar="PATH", help=say(language, "flag_explain_article"))
    taking = command("takedown", folders)
    taking.add_argument("what", metavar="PATH|URL", help=say(language, "flag_taken"))
    taking.add_argument("--reason", metavar="TEXT", required=True, help=say(language, "flag_reason"))
    kinds = ("withdrawn", "gone", "replaced")
    taking.add_argument("--notice", choices=kinds, default="withdrawn", help=say(language, "flag_notice"))
    taking.add_argument("--replaced-by", metavar="URL", default="", help=say(language, "flag_replaced_by"))
    taking.add_argument("--title", metavar="TEXT", help=say(language, "flag_notice_title"))
    taking.add_argument("--now", metavar="WHEN", help=say(language, "flag_now"))
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
    group.add_argument("--profile", metavar="FILE", nargs="?", const="", help=say(language, "flag_profile_time"))
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


def run_build(options: argparse.Namespace, terminal: Terminal) -> int:
    """Build the site."""
    from sitegen.build_command import build_once  # noqa: PLC0415  imports the pipeline only when it is needed

    look = Look()
    config = config_of(options)
    started = time.monotonic()
    with terminal.progress() as progress, profiled(options, terminal):
        jobs = 1 if options.profile is not None else jobs_of(options, config)
        result = build_once(config, jobs=jobs, progress=progress, look=look, workers=workers_of(options))
    terminal.report(result, config, seconds=time.monotonic() - started)
    found = {problem.severity for problem in result.problems}
    is_bad = result.held_back or Severity.ERROR in found or (options.strict and Severity.WARNING in found)
    status = 1 if is_bad else 0
    if config.cache_path is not None and options.profile is None:
        said = (*terminal.report_of(result, config, is_same=True), status)
        leave_note(options, str(config.cache_path.parent), said, look)
    return status


@contextmanager
def profiled(options: argparse.Namespace, terminal: Terminal) -> Iterator[None]:
    """With --profile, tell where the time of a build has gone, or write it into the file that was named."""
    if options.profile is None:
        yield
        return
    from sitegen.runtime.spans import recorded, trace_of  # noqa: PLC0415

    with recorded() as spans:
        yield
    if not options.profile:
        terminal.profile(spans)
        return
    try:
        Path(options.profile).write_text(trace_of(spans), "utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        hints = ("쓸 수 있는 파일을 적어 주세요", "name a file that can be written")
        raise misused("--profile", f"{options.profile}: {reason}", f"{options.profile}: {reason}", *hints) from error
    terminal.note(say(terminal.language, "profile_written", path=options.profile))


def leave_note(options: argparse.Namespace, cache: str, said: Said, look: Look) -> None:
    """Leave the note by which the next build knows that there is nothing to do."""
    has_clock = options.now or os.environ.get("SOURCE_DATE_EPOCH")
    window = (0.0, float("inf")) if has_clock else (look.since, look.until)
    seen = seen_of(look)
    if seen is not None:
        leave(cache, (command_of(options.arguments), said, window, seen, libraries_now(library_folders())))


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


def later(module: str) -> Runner:
    """Return the `run` of a module that is imported only when its command is given."""
    return lambda options, terminal: int(import_module(module).run(options, terminal))


RUNNERS: Mapping[str, Runner] = {
    "build": run_build,
    "serve": run_serve,
    "new": run_new,
    "import": later("sitegen.import_command"),
    "list": run_list,
    "clean": run_clean,
    "check": later("sitegen.check_command"),
    "takedown": later("sitegen.takedown_command"),
}
