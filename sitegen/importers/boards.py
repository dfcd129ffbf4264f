"""Notice boards of agencies: families declared as data (boards.toml), so that a new one needs no code."""

import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from bs4 import Tag

from sitegen.clean.address import clean_url
from sitegen.importers.blocks import HOLE, blocks_with_places, body_of, hollowed, lines_of, parsed, placed_lines
from sitegen.importers.capture import Capture, refused
from sitegen.importers.draft import Draft, Line, Part
from sitegen.importers.words import day_of, enclosed_in, kind_in, licence_in, one_line
from sitegen.model import Attachment, Source

NAME: Final = "board"
BUILT_IN: Final = Path(__file__).with_name("boards.toml")
TITLES: Final = ".board_view_title, .view_tit, h1, h2.title, h3.title"


@dataclass(frozen=True, slots=True)
class Family:
    """How the pages of one kind of board are read. The texts are CSS selectors."""

    name: str
    detect: tuple[str, ...]
    body: str
    rows: str
    facts: tuple[tuple[str, str], ...]  # words of a heading cell → title, agency, date or files


@cache
def families(path: Path) -> tuple[Family, ...]:
    """Return the families a TOML file declares."""
    tables = tomllib.loads(path.read_text("utf-8"))["board"]
    return tuple(
        Family(table["name"], tuple(table["detect"]), table["body"], table["rows"], tuple(table["facts"].items()))
        for table in tables
    )


def family_of(soup: Tag, known: tuple[Family, ...]) -> Family | None:
    """Return the first family whose signs are all there and whose body is not empty."""
    for family in known:
        if all(soup.select_one(sign) for sign in family.detect) and soup.select_one(family.body):
            return family
    return None


def confidence(capture: Capture) -> float:
    """Return how surely a capture is a board page of a known family."""
    if "<html" not in capture.text[:2000].lower() or "view_title" in capture.text:
        return 0.0
    return 0.8 if family_of(parsed(capture.text), families(BUILT_IN)) else 0.0


def read(capture: Capture) -> list[Draft]:
    """Return the article of a board page. Raises ContentError (BODY001)."""
    soup = parsed(capture.text)
    family = family_of(soup, families(BUILT_IN))
    content = soup.select_one(family.body) if family else None
    if family is None or content is None:
        raise refused("BODY001", capture.shown)
    body = body_of(content)
    if not body.lines:
        raise refused("BODY001", capture.shown)
    hollowed(content)
    facts, files = facts_of(soup, family)
    titled = soup.select_one(TITLES)
    title = facts.get("title") or (one_line(titled.get_text()) if titled else "")
    agency = facts.get("agency", "")
    named = {title, agency, facts.get("date", ""), *(file.label for file in files), *(word for word, _ in family.facts)}
    placed: list[tuple[str, Part, str]] = []
    for text, _ in blocks_with_places(soup):
        if text == HOLE:
            placed += [(line.text, line.part, "") for line in placed_lines((), body)]
        elif text in named:
            placed.append((text, Part.HEAD, ""))
        else:  # a board page is its fact table and its text; what stands around them is the site's
            placed.append((text, Part.DROPPED, "around-the-board"))
    return [
        Draft(
            profile=f"{NAME}-{family.name}/1",
            title=title,
            published=day_of(facts.get("date", "")),
            kind=kind_in(one_line(soup.title.get_text()) if soup.title else "", body.statement),
            agencies=(agency,) if agency else (),
            source=Source(name=agency, sha256=capture.sha256, statement=body.statement),
            licence=licence_in("\n".join(text for text, part, _ in placed if part is Part.DROPPED)),
            attachments=(*files, *enclosed_in(body.lines)),
            body=body.text,
            body_format=body.format,
            lines=tuple(Line(number, *line) for number, line in enumerate(placed, 1)),
        )
    ]


def facts_of(soup: Tag, family: Family) -> tuple[dict[str, str], tuple[Attachment, ...]]:
    """Return the facts of the table by their meaning, and the files it lists."""
    known = dict(family.facts)
    facts: dict[str, str] = {}
    files: list[Attachment] = []
    for row in soup.select(family.rows):
        cells = row.find_all(["th", "td", "dt", "dd", "strong", "span"])
        for heading, value in pairwise(cells):
            meaning = known.get(one_line(heading.get_text()))
            if meaning == "files":
                files += [
                    Attachment(label=one_line(link.get_text()), url=full(link)) for link in value.select("a[href]")
                ]
            elif meaning and meaning not in facts:
                facts[meaning] = " ".join(lines_of(value))
    return facts, tuple(file for file in files if file.label)


def full(link: Tag) -> str:
    """Return a link's address if it is a full one: a captured page does not say where it lay."""
    address = clean_url(str(link["href"]))
    return address if address.startswith("http") else ""
