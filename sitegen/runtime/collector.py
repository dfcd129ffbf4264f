"""How often Python looks for reference cycles."""

import gc

# Objects made since the last look, and after how many looks older ones are looked at, too.
THRESHOLDS = (500_000, 50, 1000)


def rest_collector() -> None:
    """Let Python look for reference cycles seldom: a build makes millions of values and hardly a cycle."""
    gc.set_threshold(*THRESHOLDS)
