"""Where every command begins. A build with nothing to do ends here: it loads no settings, parser or template.

Whatever is not certain is the business of a real build.
"""

import atexit
import os
import sys
import time

from sitegen.runtime.note import command_of, said_before
from sitegen.runtime.stamps import Look


def run() -> None:
    """Run one command and end the process.

    Its memory is left to the system as it is: to take a site's values apart would take a tenth of an edit's time.
    """
    # none where whoever calls has closed it
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    look = Look()
    try:
        status = main(look=look)
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:  # whoever read has enough
        os._exit(141)
    except OSError as error:  # what was said has found no room
        os.write(2, f"sitegen: {error}\n".encode())
        os._exit(3)
    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        sys.exit(status)
    atexit._run_exitfuncs()  # noqa: SLF001  as multiprocessing leaves its children
    os._exit(status)


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

    return run(arguments, look=look)


def cache_of(arguments: list[str]) -> str:
    """Return the cache folder that a build with these arguments uses; empty where it is no build or uses none."""
    is_build = not arguments or arguments[0] == "build" or arguments[0].startswith("-")
    if not is_build or "--no-cache" in arguments or any(one.startswith("--profile") for one in arguments):
        return ""
    script = os.path.abspath(sys.argv[0])
    cache = os.path.join(os.path.dirname(script) if script.endswith("build.py") else os.getcwd(), ".cache")
    for place, argument in enumerate(arguments):
        if argument.startswith("--cache="):
            cache = argument.partition("=")[2]
        elif argument == "--cache" and place + 1 < len(arguments):
            cache = arguments[place + 1]
    return cache
