"""Who hears Ctrl+C, and when. A terminal tells every process of a command at once. SIGTERM and SIGHUP are like it.

Workers only take note: it is their parent's to end them. One that ended in the middle of an answer would leave the
others waiting, and the parent for them.
"""

import _thread
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from types import FrameType, TracebackType
from typing import Final, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Made = TypeVar("Made")
AGAIN_S: Final = 0.01  # when that callback is over
CAN_WAIT: Final = hasattr(signal, "pthread_sigmask")
ENDS: Final = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
HEARD: Final[list[int]] = []  # those of them that this process has heard
TO_UNMAKE: Final[list[Callable[[], None]]] = []  # what must not outlive this process


class deaf:  # noqa: N801  reads as a statement
    """Hears no signal until it is left, and then those that came meanwhile. A process begun in it never does.

    Threads beside this one must have begun in it, or the system tells one of them. Nothing on Windows, where a signal
    cannot wait.
    """

    def __enter__(self) -> None:
        if CAN_WAIT:
            self.before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, *ENDS})

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if CAN_WAIT:
            signal.pthread_sigmask(signal.SIG_SETMASK, self.before)


def listen() -> None:
    """Let what asks this process to end be heard as Ctrl+C is, so that nothing is left behind."""
    sys.unraisablehook = hear_again
    for number in ENDS:
        if signal.getsignal(number) is signal.SIG_DFL:  # `nohup` has it ignored
            signal.signal(number, hear_end)


def hear_end(number: int, _frame: FrameType | None) -> None:
    """End as by Ctrl+C, once: whoever asks again does not want to wait."""
    signal.signal(number, signal.SIG_DFL)
    HEARD.append(number)
    raise KeyboardInterrupt


@contextmanager
def made(make: Callable[[], Made], unmake: Callable[[Made], None]) -> Iterator[Made]:
    """Make what must not outlive this process, and unmake it.

    A signal may come between any two steps of a `with`. What it keeps from being unmade here is when the process ends.
    """
    with deaf():
        thing = make()
        undo = partial(unmake, thing)
        TO_UNMAKE.append(undo)
    try:
        yield thing
    finally:
        with deaf():
            try:
                undo()
            finally:
                TO_UNMAKE.remove(undo)


def end_as_told() -> None:
    """Unmake what is left, and end this process by the signal that it has heard, if it has: whoever sent it sees that.

    A second one ends it at once, unless nobody is heard any more.
    """
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    while TO_UNMAKE:
        with suppress(OSError):
            TO_UNMAKE.pop()()
    for number in HEARD:
        os.kill(os.getpid(), number)


class unmasked:  # noqa: N801  reads as a statement
    """Lets a Ctrl+C be one that a library's clean-up answered with an error of its own."""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        before = error
        while isinstance(before, Exception):
            before = before.__context__
        if before is not error and isinstance(before, KeyboardInterrupt):
            raise before


def hear_again(missed: "sys.UnraisableHookArgs") -> None:
    """Let a Ctrl+C come again that Python passed over, for it came in a callback of its own (sys.unraisablehook)."""
    if issubclass(missed.exc_type, KeyboardInterrupt):
        threading.Timer(AGAIN_S, _thread.interrupt_main).start()
    else:
        sys.__unraisablehook__(missed)


class Ended(Exception):  # noqa: N818  no fault
    """A worker was asked to end, and it alone: its parent would have heard, too."""


class Worker:
    """Which signal a worker process has heard, and whether it is at work that may be broken off."""

    def __init__(self) -> None:
        self.heard = 0
        self.may_stop = False

    def hear(self, number: int, _frame: FrameType | None) -> None:
        """Take note, and break off what may be."""
        self.heard = number
        sys.unraisablehook = lambda _: None  # of libraries that pass over what breaks them off
        if self.may_stop:
            raise KeyboardInterrupt

    def stop_if_asked(self) -> None:
        """Raise KeyboardInterrupt if a signal has come."""
        if self.heard:
            raise KeyboardInterrupt


WORKER: Final = Worker()  # of this process


def begin_worker() -> None:
    """Be a worker: take note of what asks to end, and end with the parent."""
    for number in (signal.SIGINT, *ENDS):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as a shell has Ctrl+C for what runs in the background
            signal.signal(number, WORKER.hear)
    if CAN_WAIT:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, *ENDS})
    live_with_parent()


def live_with_parent() -> None:
    """End this process when its parent is gone: it would wait for work for ever, and keep the lock on the output."""
    with suppress(RuntimeError):  # no more threads here: it works all the same
        threading.Thread(target=end_with_parent, daemon=True).start()


def at_work(
    do: Callable[[Sequence[Item]], Sequence[Result]], items: Sequence[Item], *, may_stop: bool
) -> Sequence[Result]:
    """Do a worker's work, unless it has been asked to end. Raises KeyboardInterrupt or Ended.

    `may_stop`: it takes so long that it should be broken off.
    """
    try:
        WORKER.stop_if_asked()
        WORKER.may_stop = may_stop
        return do(items)
    except KeyboardInterrupt:
        if WORKER.heard in ENDS:
            raise Ended(signal.Signals(WORKER.heard).name) from None
        raise
    finally:
        WORKER.may_stop = False


def end_with_parent() -> None:
    """Wait for the parent's end."""
    from multiprocessing import parent_process  # noqa: PLC0415  a worker has it

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
