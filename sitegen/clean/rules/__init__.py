"""One rule a file: it changes the tree in place, reports what it took away, finds nothing to do the second time."""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sitegen.clean.reading import Reading
from sitegen.clean.tree import Element, Report
from sitegen.config import Cleaning
from sitegen.model import NO_SOURCE, Heading, Image, Removal, Source


class Pictures(NamedTuple):
    """Which pictures of an article may be shown; the licence of its words does not cover them."""

    lead: str = ""  # the picture the front matter names; its copy in the body goes
    licensed: frozenset[str] | None = None  # addresses that may be shown; None: the licence covers pictures, too
    closed: frozenset[str] = frozenset()  # those of them that may not: closed to trade, on a site that earns money

    def may_show(self, name: str) -> bool:
        """Return whether a picture (see picture_name) may be shown."""
        return (self.licensed is None or name in self.licensed) and name not in self.closed


class Known(NamedTuple):
    """What is known of an article before its body is read."""

    head: Source = NO_SOURCE  # its source, as the front matter names it, or the page it was taken from
    is_sure: bool = False  # something names one: the front matter, or a rule of the site
    language: str = ""  # its tag (BCP 47)


NOTHING_KNOWN: Final = Known()
PLACE: Final = "place"  # the attribute under which what a link leads to keeps its name until the flow is settled
ALL_PICTURES: Final = Pictures()


@dataclass(slots=True)
class Work:
    """What the rules of one cleaning share: the settings, and the findings beside the tree."""

    settings: Cleaning
    pictures: Pictures = ALL_PICTURES
    known: Known = NOTHING_KNOWN
    is_markdown: bool = False  # the body comes from our own parser
    reading: Reading = field(default_factory=lambda: Reading(Element("div")))
    led_to: list[tuple[str, Element]] = field(default_factory=list)  # old id, the heading it was on or in
    places: dict[str, str] = field(default_factory=dict)  # ids that links lead to, and the name of their block
    kept_ids: set[str] = field(default_factory=set)
    report: Report = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    credited: Source = NO_SOURCE
    bare_tables: int = 0

    def found(self, rule: str, text: str = "") -> None:
        """Record one removal or change."""
        self.report.append(Removal(rule, text))

    def let_go(self) -> None:
        """Let go of the tree, which nobody needs once it is written: a hundred bodies wait for the gate together."""
        self.reading = Reading(Element("div"))
        self.led_to.clear()
