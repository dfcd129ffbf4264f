"""What a profile makes of a capture: the fields of a content file, and what became of every line."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from sitegen.importers.old_site import OldSite
from sitegen.model import Attachment, BodyFormat, Contact, Kind, Licence, Source

UNREAD_EMBARGO: Final = "may not be published before a time that cannot be read: {}"  # such a release stays a draft

# Of files; a path alone would lead to a file of the site that the article comes to.
FILES_ELSEWHERE: Final = "{} file(s) have an address only on their own site, as {}: write it whole under attachments"


# Of files whose links say only what a button does.
FILES_WITHOUT_NAME: Final = "{} file(s) are named nowhere on the page, as {}: write label and url under attachments"


class Part(StrEnum):
    """What a line of a capture is."""

    HEAD = "head"
    BODY = "body"
    STATEMENT = "statement"
    DROPPED = "dropped"
    UNPLACED = "unplaced"


HEAD_KEY: Final = "head-key"  # why a line of a post's head has no place: its key means nothing in a content file


class Line(NamedTuple):
    """A line or block of a capture and what became of it. `number` counts from 1; `rule` says why it was dropped."""

    number: int
    text: str
    part: Part
    rule: str = ""


def numbered(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return lines with their numbers, in order."""
    return tuple(line._replace(number=number) for number, line in enumerate(lines, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One item of a capture. Empty texts and None mean: the capture does not say."""

    profile: str  # name/version
    capture: str = ""  # the capture's own file name: posts carry their date in it
    item: int = 0  # its place among the items of its capture
    title: str = ""
    subtitle: str = ""
    summary: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    embargo_until: datetime | None = None
    kind: Kind | None = None
    agencies: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()  # addresses the item had elsewhere
    image: str = ""
    source: Source = field(default_factory=Source)
    licence: Licence = field(default_factory=Licence)
    attachments: tuple[Attachment, ...] = ()
    contacts: tuple[Contact, ...] = ()
    body: str = ""
    body_format: BodyFormat = BodyFormat.GOV_OUTLINE
    changes: tuple[str, ...] = ()  # rules that did more to the text than presentation; the page says so
    lines: tuple[Line, ...] = ()
    doubts: tuple[str, ...] = ()  # words for a person to look at
    repairs: tuple[str, ...] = ()  # what had to be mended before the capture could be read
    draft: bool = False  # the capture was not published where it stood
    order: int = 0  # among the items of its day
    kept: tuple[tuple[str, Any], ...] = ()  # keys of a post's head that the content file takes over as they are
    site: OldSite | None = None  # the site it was part of, where its address came from there
    place: str = ""  # where it stood in that site: its newer versions are known by it
    completed_by: str = ""  # the profile of an earlier capture that said what this one does not
    moved: tuple[str, ...] = ()  # addresses that its page has had here, before its date became another

    @property
    def dropped(self) -> dict[str, int]:
        """Return how many lines each rule dropped, in the order of the rules' first use."""
        return dict(Counter(line.rule for line in self.lines if line.part is Part.DROPPED))

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Return the lines nothing could be made of."""
        return tuple(line.text for line in self.lines if line.part is Part.UNPLACED)

    @property
    def unread_keys(self) -> tuple[str, ...]:
        """Return the keys of a post's head among them."""
        return tuple(line.text.partition(":")[0] for line in self.lines if line.rule == HEAD_KEY)

    @property
    def lost(self) -> tuple[str, ...]:
        """Return the others: lines of a text."""
        return tuple(line.text for line in self.lines if line.part is Part.UNPLACED and line.rule != HEAD_KEY)
