"""Where every command begins. A build with nothing to do ends here: it loads no settings, parser or template.

Whatever is not certain is the business of a real build.
"""

import atexit
import os
import sys
import time

from sitegen.runtime.note import command_of, said_before, site_root
from sitegen.runtime.stamps import Look

INTERRUPTED = 130  # as shells say of what Ctrl+C ends
NOBODY_READS = 141  # and of what SIGPIPE ends


def run() -> None:
    """Run one command and end the process.

    Its memory is left to the system as it is: to take a site's values apart would take a tenth of an edit's time.
    Whoever wraps us in a process (`python -m cProfile`) has no last word therefore.
    """
    in_utf8()
    write_whole("stdout")
    write_whole("stderr")
    if sys.stdout.errors in ("strict", "surrogateescape"):  # the names of files may be no text
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    look = Look()
    try:
        status = status_of(look)
        sys.stdout.flush()
        sys.stderr.flush()
        if (signal := sys.modules.get("signal")) is not None:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:  # `list all | head`: whoever read has enough
        status = NOBODY_READS
    except OSError as error:  # what was said has found no room
        status = 3
        try:  # noqa: SIM105  contextlib is much to load
            os.write(2, f"sitegen: {error}\n".encode())
        except OSError:  # nor has that
            pass
    if (interrupts := sys.modules.get("sitegen.runtime.interrupts")) is not None:
        interrupts.end_as_told()
    if status < INTERRUPTED:
        atexit._run_exitfuncs()  # noqa: SLF001  libraries', of which one may wait for what was interrupted
    os._exit(status)


def write_whole(name: str) -> None:
    """Have a stream of `sys` write all that it is given, or say that it cannot.

    Where whoever calls has closed it there is none; with PYTHONUNBUFFERED Python passes over what a pipe did not take.
    """
    stream = getattr(sys, name)
    if stream is None:
        setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    elif not hasattr(stream.buffer, "raw"):
        setattr(sys, name, open(stream.fileno(), "w", 1, stream.encoding, stream.errors, closefd=False))  # noqa: SIM115


def in_utf8() -> None:
    """Begin again in UTF-8 where the locale would have the names of files written in another encoding."""
    if sys.getfilesystemencoding().lower() != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        os.environ["PYTHONUTF8"] = "1"
        spoken = sys.stdout.encoding if sys.stdout else "ascii"  # what a terminal of that locale reads
        if spoken.lower() not in ("ascii", "ansi_x3.4-1968", "us-ascii"):
            os.environ.setdefault("PYTHONIOENCODING", f"{spoken}:replace")
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  ourselves


def status_of(look: Look) -> int:
    """Run one command and return its exit status, whatever way it says so."""
    try:
        return main(look=look)
    except SystemExit as ended:  # argparse, having helped
        return int(ended.code or 0)


def main(argv: list[str] | None = None, look: Look | None = None) -> int:
    """Run one command and return its exit status. `look`: an empty one, which outlives the command."""
    started = time.perf_counter()
    arguments = list(sys.argv[1:] if argv is None else argv)
    cache = cache_of(arguments)
    look = look or Look()
    said = said_before(cache, command_of(arguments), look) if cache else None
    if said is not None:
        out, err, status = said
        sys.stderr.write(err)
        sys.stdout.write(out.replace("\0", f"{time.perf_counter() - started:.1f}"))
        return status
    from sitegen.runtime.collector import rest_collector  # noqa: PLC0415  while modules are loaded, too

    rest_collector()
    from sitegen.cli import main as run  # noqa: PLC0415  everything else
    from sitegen.runtime.interrupts import listen  # noqa: PLC0415

    listen()
    return run(arguments, look=look)


def cache_of(arguments: list[str]) -> str:
    """Return the cache folder that a build with these arguments uses; empty where it is no build or uses none."""
    is_build = not arguments or arguments[0] == "build" or arguments[0].startswith("-")
    if not is_build or "--no-cache" in arguments or any(one.startswith("--profile") for one in arguments):
        return ""
    cache = os.path.join(site_root(), ".cache")
    for place, argument in enumerate(arguments):
        if argument.startswith("--cache="):
            cache = argument.partition("=")[2]
        elif argument == "--cache" and place + 1 < len(arguments):
            cache = arguments[place + 1]
    return cache
