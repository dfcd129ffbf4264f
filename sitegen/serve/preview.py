"""`serve`: build, serve, watch, build again. An error is shown in the page and the server lives on."""

import gc
import time
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sitegen.build_command import build_once
from sitegen.config import Config
from sitegen.errors import SitegenError, UsageError
from sitegen.folders import check_output_folder
from sitegen.messages import render
from sitegen.model import BuildResult
from sitegen.output.writer import MARKER, spares_of
from sitegen.phrases import say
from sitegen.problems import Problem, Severity, Where
from sitegen.runtime.interrupts import deaf
from sitegen.serve.indexer import Indexer
from sitegen.serve.reload import Broadcast
from sitegen.serve.server import PreviewServer
from sitegen.serve.watch import Watch
from sitegen.terminal import Terminal
from sitegen.theme_files import builtin_folders

SHOWN = 3  # names of changed files
IDLE_S = 1.0  # without an edit, before what can wait is done
Configure = Callable[[], Config]


def preview(
    configure: Configure,
    jobs_of: Callable[[Config], int],
    *,
    own: tuple[Path, Path, Path],
    port: int,
    open_browser: bool,
    terminal: Terminal,
) -> int:
    """Run the preview until it is interrupted; return the exit status. Raises SitegenError where it cannot begin.

    What is wrong with the command line no edit will mend: that is asked before anything is served.
    `own`: the site's own folders of content, templates and static files as they are named: they may be still to come,
    or links that come to lead elsewhere.
    """
    try:
        config = configure()
        jobs_of(config)
        check_output_folder(config)
        session = Session(configure, jobs_of, Broadcast(), terminal)
        with serving(port, config, session) as url, watching(config, own) as watch:
            session.rebuild(set())
            terminal.note(say(terminal.language, "serving", url=url))
            if open_browser:
                webbrowser.open(quote(url, safe="/:%"))
            while True:
                changed = watch.next_batch(timeout_s=IDLE_S)
                if changed or session.must_build():
                    session.rebuild(changed)
                else:
                    session.rest()
    except KeyboardInterrupt:
        terminal.note(say(terminal.language, "stopped"))
        return 0


@contextmanager
def serving(port: int, config: Config, session: "Session") -> Iterator[str]:
    """Serve what a session builds, and give the address. Raises UsageError when the port is taken."""
    server = start_server(port, config, session.broadcast)
    try:
        yield f"http://127.0.0.1:{server.port}{config.base_path}"
    finally:
        with deaf():  # who presses Ctrl+C once more is heard afterwards
            session.indexer.stop()
            session.broadcast.close()
            server.shutdown()
            server.server_close()


@contextmanager
def watching(config: Config, own: tuple[Path, Path, Path]) -> Iterator[Watch]:
    """Watch all that a build reads. `own` as in `preview`."""
    watch = watch_of(config, own)
    watch.start()
    try:
        yield watch
    finally:
        with deaf():
            watch.stop()


def watch_of(config: Config, own: tuple[Path, Path, Path]) -> Watch:
    """Return the watch of all that a build reads. `own` as in `preview`."""
    content, templates, static = own
    builtin_templates, builtin_static = builtin_folders()
    return Watch(
        [content],
        templates=[templates, builtin_templates],
        static=[static, builtin_static],
        ignored=[
            config.output_dir,
            *spares_of(config.output_dir),
            *([config.cache_path.parent] if config.cache_path else []),
        ],
    )


def start_server(port: int, config: Config, broadcast: Broadcast) -> PreviewServer:
    """Return the server, already answering. Raises UsageError when the port is taken."""
    import threading  # noqa: PLC0415

    try:
        server = PreviewServer(port, config.output_dir, config.base_path, broadcast)
    except (OSError, OverflowError) as error:
        details = (
            ("message_ko", f"포트 {port}번을 쓸 수 없습니다"),
            ("message_en", f"port {port} cannot be used"),
            ("hint_ko", "다른 포트를 주세요: --port 8001"),
            ("hint_en", "give another one: --port 8001"),
        )
        where = Where(path="--port")
        raise UsageError(Problem(code="USE005", severity=Severity.ERROR, where=where, details=details)) from error
    with deaf():
        threading.Thread(target=server.serve_forever, name="preview", daemon=True).start()
    return server


class Session:
    """Builds on demand and tells the open pages."""

    def __init__(
        self,
        configure: Configure,
        jobs_of: Callable[[Config], int],
        broadcast: Broadcast,
        terminal: Terminal,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.configure = configure
        self.jobs_of = jobs_of
        self.broadcast = broadcast
        self.terminal = terminal
        self.clock = clock
        self.indexer = Indexer(terminal.language)
        self.told: frozenset[Problem] = frozenset()  # what was wrong after the last build
        self.waiting: set[Path] | None = None  # what changed while another build was running, which must end first
        self.output: Path | None = None  # where the last build has put its site
        self.due: float | None = None  # when the clock alone makes another site of the same files, in seconds
        self.is_tidy = False  # whether what builds have left in memory was looked through since the last

    def rebuild(self, changed: set[Path]) -> None:
        """Build once; whatever is wrong with the content, a template or the settings is told, not raised.

        What has changed is shown first; the search index follows when nothing more does. What another build keeps from
        being built (`serve` in a second window) waits for it.
        """
        started = time.monotonic()
        self.indexer.stop()
        was_waiting, changed = self.waiting is not None, changed | (self.waiting or set())
        was_due = self.due if self.is_due() else None
        self.waiting = self.output = self.due = None
        self.is_tidy = False
        try:
            config = self.configure()
            result = build_once(config, jobs=self.jobs_of(config), progress=lambda *_: None, index_later=bool(changed))
            if result.is_index_old:
                self.indexer.owe(config)
        except SitegenError as error:
            is_busy = error.problem.code == "USE004"
            if is_busy:
                self.waiting = changed
            if not (is_busy and was_waiting):  # said once
                self.terminal.stop(error)
                self.tell(error)
            return
        except Exception as error:  # noqa: BLE001  a fault of ours ends a build, and no editor's day
            self.tell(self.terminal.fault(error))
            return
        self.output = config.output_dir
        self.due = result.due if result.due != was_due else None  # a clock that stands still (`--now`) brings nothing
        seconds = time.monotonic() - started
        if changed:
            self.say_news(changed, result, seconds)
        else:
            self.terminal.report(result, config, seconds=seconds)
        self.told = frozenset(result.problems)
        lines = tuple(self.terminal.lines_about(errors_of(result)))
        self.broadcast.tell(problems=lines, is_new=True)

    def must_build(self) -> bool:
        """Return whether there is something to build though no file has changed."""
        return self.is_due() or self.waiting is not None or self.is_lost()

    def is_due(self) -> bool:
        """Return whether the clock has come to where it makes another site."""
        return self.due is not None and self.clock() >= self.due

    def rest(self) -> None:
        """Do what can wait: nothing changes just now."""
        if self.indexer.has_ended():
            self.broadcast.tell_index()
        self.indexer.begin()
        if not self.is_tidy:
            gc.collect()  # a build ends before Python would look for cycles; a day of edits must not
            self.is_tidy = True

    def is_lost(self) -> bool:
        """Return whether somebody has removed the site that was built (`clean`): readers get none until it is again."""
        return self.output is not None and not (self.output / MARKER).is_file()

    def tell(self, error: SitegenError) -> None:
        """Show in the open pages why there is no new site."""
        told = [line for problem in error.problems for line in render(problem, self.terminal.language)]
        self.broadcast.tell(problems=tuple(told), is_new=False)

    def say_news(self, changed: set[Path], result: BuildResult, seconds: float) -> None:
        """Say what the last build did not: what has changed, and what is wrong since."""
        language = self.terminal.language
        names = sorted(path.name for path in changed)
        shown = ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")
        self.terminal.problems([problem for problem in result.problems if problem not in self.told])
        now = time.strftime("%H:%M:%S")
        self.terminal.note(say(language, "rebuilt", time=now, changes=shown, seconds=f"{seconds:.1f}"))
        if left := self.told.intersection(errors_of(result)):
            self.terminal.note(say(language, "still", n=str(len(left))))


def errors_of(result: BuildResult) -> list[Problem]:
    """Return why articles were held back."""
    return [problem for problem in result.problems if problem.severity is Severity.ERROR]
