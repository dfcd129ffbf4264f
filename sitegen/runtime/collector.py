"""How often Python looks for reference cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# Objects made since the last look, and after how many looks older ones are looked at, too.
THRESHOLDS: Final = (500_000, 50, 1000)


def rest_collector() -> None:
    """Let Python look for reference cycles seldom: a build makes millions of values and hardly a cycle."""
    gc.set_threshold(*THRESHOLDS)


@contextmanager
def without_collector() -> Iterator[None]:
    """Let Python look for none meanwhile: for work that makes millions of values and no cycle."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
