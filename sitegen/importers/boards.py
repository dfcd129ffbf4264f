"""A page of an agency's notice board → its article, as the family that it is of declares (board_families.py)."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from bs4 import Tag

from sitegen.clean.rules import Known
from sitegen.importers.blocks import (
    AROUND,
    FILE_NAME,
    HOLE,
    blocks_with_places,
    body_of,
    hollowed,
    outermost,
    parsed,
    placed_lines,
    resolved,
    smallest_around,
)
from sitegen.importers.board_facts import (
    agency_in,
    badges_taken_out,
    by_heading,
    contacts_of,
    day_in,
    embargo_in,
    facts_of,
    is_read,
    spaced,
    values_in,
)
from sitegen.importers.board_families import Family
from sitegen.importers.capture import Capture, refused
from sitegen.importers.draft import UNREAD_EMBARGO, Draft, Line, Part
from sitegen.importers.file_links import BESIDE, file_of, is_file, without_size
from sitegen.importers.notices import notices_taken_out
from sitegen.importers.words import files_or_enclosed, kind_in, licence_in, moment_of, one_line, original_of
from sitegen.model import Attachment
from sitegen.terms import UNKNOWN
from sitegen.values import changed

NAME: Final = "board"
# Names of places: of the article with its facts (no rule of a family), and of the notice about the licence.
FRAME: Final = "(frame)"
LICENCE: Final = "licence"
NOTHING: Final = ":not(*)"  # the selector of no element
BUTTONS: Final = re.compile(rf"(?>(?:{BESIDE})+)")


class Said(NamedTuple):
    """What a board page says beside its text: title, facts by their meanings, files, badges such as 새글."""

    title: str
    facts: dict[str, str]
    files: tuple[Attachment, ...]
    badges: tuple[str, ...]


def family_of(soup: Tag, known: tuple[Family, ...]) -> Family | None:
    """Return the first family whose signs are all there and whose body is there."""
    for family in known:
        if all(soup.select_one(sign) for sign in family.detect) and soup.select_one(family.body):
            return family
    return None


def confidence(capture: Capture, known: tuple[Family, ...]) -> float:
    """Return how surely a capture is a board page of a known family."""
    start = capture.text[:2000].lower()
    if "<html" not in start and "<!doctype" not in start:
        return 0.0
    return 0.8 if family_of(parsed(capture.text), known) else 0.0


def read(capture: Capture, known: tuple[Family, ...]) -> list[Draft]:
    """Return the article of a board page. Raises ContentError (BODY001)."""
    soup = parsed(capture.text)
    family = family_of(soup, known)
    if family is None:
        raise refused("BODY001", capture.shown)
    bodies = bodies_of(soup, family)
    frame = frame_of(soup, family, bodies)
    content = joined(bodies)
    marks = str(soup.select_one(family.licence) or "") if family.licence else ""
    dropped = taken_out(content, family)
    notice, words = notices_taken_out(content)
    dropped += [(LICENCE, said) for said in words]
    url, identity = original_of(address_in(soup.select_one(family.url or NOTHING)) or capture.address)
    known_source = Known(family.source, is_sure=bool(family.source.name))
    body = body_of(content, known_source, url or family.source.site, capture.cleaning)
    if not body.lines:
        raise refused("BODY001", capture.shown)
    hollowed(content)
    said = facts_beside(soup, family, frame, url)
    facts, agency = said.facts, agency_in(said.facts)
    head = heading_words(said, family)
    placed = [(words, Part.DROPPED, "badge") for words in said.badges]
    for text, place in blocks_with_places(soup, places_of(family, frame)):
        if text == HOLE:
            placed += [(line.text, line.part, line.rule) for line in placed_lines((), body)]
            placed += [(words, Part.DROPPED, rule) for rule, words in dropped]
        else:
            placed.append((text, *part_of(text, place, head)))
    embargo, is_unread = embargo_in(facts.get("embargo", ""))
    return [
        Draft(
            profile=f"{NAME}-{family.name}/1",
            title=said.title,
            subtitle=facts.get("subtitle", ""),
            published=day_in(facts.get("date", "")) or moment_of(said_in(soup.select_one(family.date or NOTHING))),
            updated=day_in(facts.get("updated", "")),
            embargo_until=embargo,
            kind=kind_in(one_line(soup.title.get_text()) if soup.title else "", body.statement),
            agencies=(agency,) if agency else (),
            source=changed(
                family.source,
                name=family.source.name or agency or body.credited.name,
                site=family.source.site or body.credited.site,
                url=url,
                id=identity,
                sha256=capture.sha256,
                statement=body.statement,
            ),
            licence=licence_in(f"{marks if family.licence else markup_around(soup)}\n{notice}", around(placed)),
            attachments=files_or_enclosed(dict.fromkeys(map(without_size, said.files)), body.lines),
            contacts=contacts_of(facts, agency or family.source.name),
            body=body.text,
            body_format=body.format,
            changes=body.changes,
            lines=tuple(Line(number, *line) for number, line in enumerate(placed, 1)),
            doubts=(*([UNREAD_EMBARGO.format(facts["embargo"])] if is_unread else []), *body.doubts),
            draft=is_unread,
        )
    ]


def facts_beside(soup: Tag, family: Family, frame: Tag | None, url: str) -> Said:
    """Return what a page says beside its text; its badges are taken out of it."""
    named = by_heading(family.facts)
    rows = soup.select(family.rows or NOTHING)
    titles = title_elements(soup, family, frame)
    cells = [cell for row in rows for meaning, cell in values_in(row, named) if meaning == "title"]
    badges = badges_taken_out([*titles, *cells])
    facts, files = facts_of(rows, named)
    files += [file for file in map(file_of, soup.select(family.files or NOTHING)) if is_file(file)]
    return Said(
        title=facts.get("title") or next((one_line(element.get_text()) for element in titles), ""),
        facts=facts,
        files=tuple(changed(file, url=resolved(file.url, url or family.source.site)) for file in files),
        badges=tuple(badges),
    )


def bodies_of(soup: Tag, family: Family) -> list[Tag]:
    """Return the elements that hold the text of a page, none of them in another."""
    return outermost(soup.select(family.body))


def frame_of(soup: Tag, family: Family, bodies: list[Tag]) -> Tag | None:
    """Return the smallest element with the text, the facts and a title; None where the family's own frame is there."""
    if family.frame and soup.select_one(family.frame):
        return None
    rows = soup.select(family.rows or NOTHING)
    named = by_heading(family.facts)
    frame = smallest_around([*bodies, *rows])
    if any(meaning == "title" for row in rows for meaning, _ in values_in(row, named)):
        return frame
    in_texts = {id(title) for body in bodies for title in body.select(family.title)}
    holders = all_around(title for title in soup.select(family.title) if id(title) not in in_texts)
    return next((element for element in (frame, *frame.parents) if id(element) in holders), frame)


def all_around(elements: Iterable[Tag]) -> set[int]:
    """Return the identities of all elements that hold one of these."""
    known: set[int] = set()
    for element in elements:
        for parent in element.parents:
            if id(parent) in known:  # and so are those around it
                break
            known.add(id(parent))
    return known


def title_elements(soup: Tag, family: Family, frame: Tag | None) -> list[Tag]:
    """Return what may hold the title, in the frame where there is something: a site's name is no title."""
    within = frame or soup.select_one(family.frame) or soup
    return within.select(family.title) or soup.select(family.title)


def joined(bodies: list[Tag]) -> Tag:
    """Return the first element of a text with what the others hold behind its own."""
    content, *others = bodies
    for other in others:
        content.append(other.extract())
    return content


def places_of(family: Family, frame: Tag | None) -> list[tuple[str, str | Tag]]:
    """Return the places of a page by name: declared ones, the frame, and, where that is the page, the site's parts."""
    places: list[tuple[str, str | Tag]] = [*family.drop, (LICENCE, family.licence or NOTHING)]
    if frame is None:
        return [*places, (FRAME, family.frame)]
    if frame.name in ("body", "html"):
        places += AROUND
    return [*places, (FRAME, frame)]


def part_of(text: str, place: str, head: re.Pattern[str]) -> tuple[Part, str]:
    """Return what a block beside the text is: what the facts say, furniture by its place, or nothing that is known."""
    if BUTTONS.fullmatch(text):
        return Part.DROPPED, "file-buttons" if place == FRAME else place or "around-the-board"
    if head.fullmatch(text):
        return Part.HEAD, ""
    if place == FRAME and licence_in(text).id != UNKNOWN:
        return Part.DROPPED, LICENCE
    if place == FRAME or (not place and FILE_NAME.search(text)):
        return Part.UNPLACED, ""
    return Part.DROPPED, place or "around-the-board"  # what stands around the frame is the site's


def heading_words(said: Said, family: Family) -> re.Pattern[str]:
    """Return what a block looks like that says nothing but headings, facts that were read, and names of files."""
    facts = {**said.facts, "title": said.title}
    read_words = {words for meaning, words in facts.items() if words and is_read(meaning, words)}
    labels = {label for file in said.files for label in (file.label, without_size(file).label)}
    known = sorted({*read_words, *labels, *(words for words, _ in family.facts)} - {""}, key=len, reverse=True)
    return re.compile(rf"(?>(?:{'|'.join([*map(spaced, known), BESIDE])})+)")


def around(placed: list[tuple[str, Part, str]]) -> str:
    """Return what was dropped around an article, where a licence would be stated."""
    return "\n".join(text for text, part, _ in placed if part is Part.DROPPED)


def markup_around(soup: Tag) -> str:
    """Return the page without its text: a licence may be stated by a picture or a link alone."""
    for script in soup.select("script, style, template"):
        script.extract()
    return str(soup)


def taken_out(content: Tag, family: Family) -> list[tuple[str, str]]:
    """Take the furniture out of a body; return (rule, words) of each."""
    found = []
    for rule, selector in (*family.drop, (LICENCE, family.licence or NOTHING)):
        for element in content.select(selector):
            found.append((rule, one_line(element.get_text(" "))))
            element.extract()
    return found


def address_in(element: Tag | None) -> str:
    """Return the address a `link`, `a` or `meta` gives."""
    return str(element.get("href") or element.get("content") or "") if element else ""


def said_in(element: Tag | None) -> str:
    """Return what a `meta` or `time` element says."""
    return str(element.get("content") or element.get("datetime") or element.get_text()) if element else ""
