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

from sitegen.arguments import parse_arguments
from sitegen.errors import SitegenError, ToolError, UsageError, told_writing
from sitegen.options import check_language, cluster_of, config_of, folder, jobs_of, misused, named, project_root
from sitegen.phrases import language_of_environment, say
from sitegen.problems import Severity, os_reasons
from sitegen.runtime.interrupts import unmasked
from sitegen.runtime.note import Said, command_of, leave, libraries_now, seen_of
from sitegen.runtime.stamps import Look
from sitegen.settings import json_schema
from sitegen.terminal import Terminal, UnheardError, tell
from sitegen.version import library_folders

Runner = Callable[[argparse.Namespace, Terminal], int]


def main(
    argv: Sequence[str] | None = None, runners: Mapping[str, Runner] | None = None, look: Look | None = None
) -> int:
    """Run one command and return its exit status. `look`: what has been seen of the folders, just now."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    language = language_of_environment(os.environ)
    try:
        check_language(os.environ.get("SITEGEN_LANG", ""))
        options = parse_arguments(arguments, language)
    except UsageError as error:
        Terminal(language=language, as_json="--json" in arguments).stop(error)
        return error.exit_status
    options.asked = command_of(arguments)  # before anything is looked at: what comes later has not been seen
    options.look = look or Look()
    terminal = Terminal(language=language, quiet=options.quiet, verbose=options.verbose, as_json=options.json)
    try:
        with unmasked():
            return (runners or RUNNERS)[options.command](options, terminal)
    except SitegenError as error:
        terminal.stop(error)
        return error.exit_status
    except (BrokenPipeError, UnheardError):  # told in start.py
        raise
    except Exception as error:  # noqa: BLE001  a fault of ours is told like any other, and never as the content's
        terminal.fault(error)
        return ToolError.exit_status
    except KeyboardInterrupt:
        terminal.note(say(language, "interrupted"))
        return 130


def run_build(options: argparse.Namespace, terminal: Terminal) -> int:
    """Build the site."""
    from sitegen.build_command import build_once  # noqa: PLC0415  imports the pipeline only when it is needed

    look: Look = options.look
    config = config_of(options)
    started = time.monotonic()
    with terminal.progress() as progress, profiled(options, terminal):
        jobs = 1 if options.profile is not None else jobs_of(options, config)
        result = build_once(config, jobs=jobs, progress=progress, look=look, cluster=cluster_of(options))
    told = terminal.report(result, config, seconds=time.monotonic() - started)
    found = {problem.severity for problem in result.problems}
    is_bad = result.held_back or Severity.ERROR in found or (options.strict and Severity.WARNING in found)
    status = 1 if is_bad else 0
    if config.cache_path is not None and options.profile is None:
        said = (terminal.summary_of(result, config, is_same=True), told, status)
        leave_note(options, str(config.cache_path.parent), said, look)
    return status


@contextmanager
def profiled(options: argparse.Namespace, terminal: Terminal) -> Iterator[None]:
    """With --profile, tell where the time of a build has gone, or write it into the file that was named."""
    if options.profile is None:
        yield
        return
    from sitegen.runtime.spans import recorded, trace_of  # noqa: PLC0415

    with writing_profile(options.profile):  # before anything is built
        if options.profile:
            Path(options.profile).open("a").close()
    with recorded() as spans:
        yield
    if not options.profile:
        terminal.profile(spans)
        return
    with writing_profile(options.profile):
        Path(options.profile).write_text(trace_of(spans), "utf-8")
    terminal.note(say(terminal.language, "profile_written", path=options.profile))


@contextmanager
def writing_profile(path: str) -> Iterator[None]:
    """Tell why the file that --profile names cannot be written. Raises UsageError."""
    try:
        yield
    except OSError as error:
        ko, en = (f"{path}: {reason}" for reason in os_reasons(error))
        hints = ("쓸 수 있는 파일을 적어 주세요", "name a file that can be written")
        raise misused("--profile", ko, en, *hints) from error


def leave_note(options: argparse.Namespace, cache: str, said: Said, look: Look) -> None:
    """Leave the note by which the next build knows that there is nothing to do."""
    has_clock = options.now or os.environ.get("SOURCE_DATE_EPOCH")
    window = (0.0, float("inf")) if has_clock else (look.since, look.until)
    seen = seen_of(look)
    if seen is not None:
        left = [(path, *written) for path, written in look.left.items()]
        leave(cache, (options.asked, said, window, seen, libraries_now(library_folders()), left))


def run_serve(options: argparse.Namespace, terminal: Terminal) -> int:
    """Serve a preview that builds and reloads by itself."""
    from sitegen.output.cache import PREVIEW  # noqa: PLC0415
    from sitegen.serve.preview import preview  # noqa: PLC0415

    if options.output is None:
        options.output = folder(options.cache, ".cache") / PREVIEW
    if options.base_url is None:
        options.base_url = ""
    return preview(
        lambda: config_of(options),
        lambda config: jobs_of(options, config),
        own=(
            named(options.content, "content"),
            named(options.templates, "templates"),
            named(options.static, "static"),
        ),
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
    with told_writing(str(config.content_dir)):
        path = new_article(options.title, config)
    terminal.result({"path": str(path)}, say(terminal.language, "new_done", path=str(path)))
    return 0


def run_list(options: argparse.Namespace, terminal: Terminal) -> int:
    """List what a build would leave out, or print the schema of site.toml."""
    from sitegen.build_command import listed, waived  # noqa: PLC0415

    if options.schema:
        tell(sys.stdout, json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n")
        return 0
    config = config_of(options)
    if options.what == "waived":
        terminal.waivers(*waived(config, jobs=jobs_of(options, config)))
        return 0
    rows, problems = listed(config, options.what, jobs=jobs_of(options, config))
    terminal.listing(rows, problems, nothing="list_nothing" if options.what == "all" else "list_none")
    return 0


def run_clean(options: argparse.Namespace, terminal: Terminal) -> int:
    """Remove what builds have made: the output folder, its spare and what they keep in the cache."""
    from sitegen.output.cache import removed_cache  # noqa: PLC0415
    from sitegen.output.writer import check_output, remove_output  # noqa: PLC0415

    config = config_of(options)
    check_output(config.output_dir, (("content", config.content_dir),))
    removed = list(map(str, remove_output(config.output_dir)))
    if not options.no_cache:
        removed += map(str, removed_cache(folder(options.cache, ".cache")))
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
