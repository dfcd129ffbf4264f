"""Who hears Ctrl+C, and when. A terminal tells every process of a command at once.

Workers hear nothing: it is their parent's to end them. One that ended in the middle of an answer would leave the others
waiting, and the parent for them.
"""

import os
import signal
import threading
from collections.abc import Callable, Sequence
from types import FrameType, TracebackType
from typing import Final, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
CAN_WAIT: Final = hasattr(signal, "pthread_sigmask")


class deaf:  # noqa: N801  reads as a statement
    """Hears nothing of Ctrl+C until it is left, and then of what came meanwhile. A process begun in it never does.

    Nothing on Windows, where a signal cannot wait.
    """

    def __enter__(self) -> None:
        if CAN_WAIT:
            self.before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if CAN_WAIT:
            signal.pthread_sigmask(signal.SIG_SETMASK, self.before)


def hear(handler: Callable[[int, FrameType | None], object] | signal.Handlers) -> None:
    """Let this process hear Ctrl+C, and do this."""
    signal.signal(signal.SIGINT, handler)
    if CAN_WAIT:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def interruptible(do: Callable[[Sequence[Item]], Sequence[Result]], items: Sequence[Item]) -> Sequence[Result]:
    """Do work that takes a worker so long that Ctrl+C may break it off: the work, not the worker."""
    hear(signal.default_int_handler)
    try:
        return do(items)
    finally:
        hear(signal.SIG_IGN)


def live_with_parent() -> None:
    """Let this worker hear nothing of Ctrl+C, and end when its parent is gone.

    It would wait for work for ever, and keep the lock on the output.
    """
    hear(signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Wait for the parent's end."""
    from multiprocessing import parent_process  # noqa: PLC0415  a worker has it

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
