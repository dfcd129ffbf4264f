"""Two readings of one original → where they differ, in words: what a reader of the older one has to know."""

from difflib import SequenceMatcher
from typing import Final

from sitegen.model import Edit

AROUND: Final = 4  # words shown on either side
NEAR: Final = 2  # equal words between two changes that are told as one
MAX_EDITS: Final = 60
MAX_CHARS: Final = 600  # of one side of an edit


def edits_between(old: str, new: str) -> tuple[Edit, ...]:
    """Return the places where `new` differs from `old`, in order; of a text written anew only the first of them."""
    before, after = old.split(), new.split()
    return tuple(
        Edit(
            before=" ".join(before[max(0, start - AROUND) : start]),
            old=cut(" ".join(before[start:end])),
            new=cut(" ".join(after[new_start:new_end])),
            after=" ".join(before[end : end + AROUND]),
        )
        for start, end, new_start, new_end in differing(before, after)[:MAX_EDITS]
    )


def differing(before: list[str], after: list[str]) -> list[tuple[int, int, int, int]]:
    """Return the spans that differ: start and end in `before`, start and end in `after`."""
    spans: list[tuple[int, int, int, int]] = []
    # common words count as junk in long texts (autojunk), which keeps the comparison from growing with the square
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after).get_opcodes():
        if kind == "equal":
            continue
        is_near = bool(spans) and start - spans[-1][1] <= NEAR
        first, _, new_first, _ = spans.pop() if is_near else (start, end, new_start, new_end)
        spans.append((first, end, new_first, new_end))
    return spans


def cut(text: str) -> str:
    """Return a text short enough to be read as an edit."""
    return text if len(text) <= MAX_CHARS else text[: MAX_CHARS - 1] + "…"
