"""What became of a capture, in values that can be printed."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sitegen.importers.draft import Draft, Part
from sitegen.problems import Problem


class Action(StrEnum):
    """What storing one draft did, or would do."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    OLDER = "older"  # the content folder has a newer revision
    OUTDATED = "outdated"  # the same capture gives another file now
    EDITED = "edited"  # somebody edited the file
    WITHDRAWN = "withdrawn"  # it was taken down here
    TWIN = "twin"  # another capture of what seems to be the same item is there


class Standing(StrEnum):
    """What an imported file is beside the one that its capture gives today."""

    SAME = "same"
    EDITED = "edited"  # somebody edited it
    REREAD = "reread"  # it is as it was written, and would be written otherwise today
    UNKNOWN = "unknown"  # its capture was not kept


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a draft, and where."""

    action: Action
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a capture and what became of it."""

    draft: Draft
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of one capture: the profile that read it and how sure that was, its items, and what was wrong."""

    path: Path
    profile: str
    confidence: float
    items: tuple[Item, ...]
    problems: tuple[Problem, ...]


def counted(draft: Draft) -> dict[str, int]:
    """Return how many lines of a draft are what."""
    parts = [line.part for line in draft.lines]
    return {part.value: parts.count(part) for part in Part}
