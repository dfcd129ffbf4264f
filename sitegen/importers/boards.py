"""Notice boards of agencies: families declared as data (boards.toml), so that a new one needs no code."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import soupsieve
from bs4 import Tag
from soupsieve import SelectorSyntaxError

from sitegen.clean.rules import Known
from sitegen.errors import UsageError
from sitegen.importers.blocks import (
    AROUND,
    FILE_NAME,
    HOLE,
    blocks_with_places,
    body_of,
    hollowed,
    nearest,
    parsed,
    placed_lines,
    smallest_around,
)
from sitegen.importers.board_facts import (
    BESIDE,
    MEANINGS,
    agency_in,
    badges_taken_out,
    by_heading,
    contacts_of,
    day_in,
    embargo_in,
    facts_of,
    is_file,
    is_read,
    linked_file,
    spaced,
    values_in,
    without_size,
)
from sitegen.importers.capture import Capture, refused
from sitegen.importers.draft import UNREAD_EMBARGO, Draft, Line, Part
from sitegen.importers.words import enclosed_in, kind_in, licence_in, moment_of, one_line, original_of
from sitegen.model import Attachment, Source
from sitegen.problems import Problem, Severity, Where
from sitegen.terms import UNKNOWN
from sitegen.values import changed

NAME: Final = "board"
BUILT_IN: Final = Path(__file__).with_name("boards.toml")
FILE: Final = "boards.toml"  # of a content folder: families of its own, tried before ours
# Names of places: of the article with its facts (no rule of a family), and of the notice about the licence.
FRAME: Final = "(frame)"
LICENCE: Final = "licence"
NOTHING: Final = ":not(*)"  # the selector of no element
BUTTONS: Final = re.compile(rf"(?>(?:{BESIDE})+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """How the pages of one kind of board are read. All but the names are CSS selectors; see boards.toml."""

    name: str
    detect: tuple[str, ...]
    body: str
    frame: str = ""
    title: str = ".board_view_title, .view_tit, h1, h2.title, h3.title"
    url: str = ""
    rows: str = ""
    licence: str = ""
    files: str = ""
    date: str = ""
    facts: tuple[tuple[str, str], ...] = ()  # words of a heading → one of MEANINGS
    drop: tuple[tuple[str, str], ...] = ()  # name of a rule → selector
    source: Source = field(default_factory=Source)  # the publisher, where all pages are of one


SELECTORS: Final = ("body", "frame", "title", "url", "rows", "licence", "files", "date")
SHAPES: Final = {
    **dict.fromkeys(("name", *SELECTORS), str),
    **dict.fromkeys(("facts", "drop", "source"), dict),
    "detect": list,
}


HEADER: Final = re.compile(r"^[ \t]*(?P<open>\[\[)[ \t]*board[ \t]*\]\]", re.MULTILINE)
PLACE: Final = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")
NAMED_FAULT: Final = re.compile(r"(?:unknown|facts|wrong kind of value): (?P<name>[^,]+).*")
HINTS: Final = {
    "unknown": (f"쓸 수 있는 키: {', '.join(SHAPES)}", f"known keys: {', '.join(SHAPES)}"),
    "missing": (
        "[[board]]마다 name, detect, body가 있어야 합니다(docs/importing.md)",
        "each [[board]] needs name, detect and body (docs/importing.md)",
    ),
    "wrong kind of value": (
        "board는 [[board]] 표, detect는 목록, facts·drop·source는 { … }, 나머지는 글입니다",
        "board is [[board]], detect a list; facts, drop and source are { … }, all others texts",
    ),
    "facts": (f"다음 중 하나: {', '.join(sorted(MEANINGS))}", f"one of {', '.join(sorted(MEANINGS))}"),
}


@cache
def families(path: Path) -> tuple[Family, ...]:
    """Return the families a TOML file declares. Raises UsageError (IMP011) for one that cannot be used, at its line."""
    where = Where(path=str(path))
    try:
        text = path.read_text("utf-8-sig")
        found = []
        for header, table in tables_in(text):
            where = Where(path=str(path), line=header, column=1)
            found.append(family_from(table))
            if path != BUILT_IN:  # ours are tried by the tests; to compile them takes 0.2 s
                check_selectors(found[-1])
    except (OSError, ValueError, SelectorSyntaxError) as error:
        message = " ".join(str(error).split())[:200]
        if place := PLACE.search(message):
            line = int(place["line"] or text.count("\n") + 1)
            where = Where(path=str(path), line=line, column=int(place["column"] or 1))
            message = message[: place.start()]
        elif named := NAMED_FAULT.fullmatch(message):
            where = place_of_name(named["name"], text, where)
        details = (("message", message), *hints_of(error, message))
        raise UsageError(Problem(code="IMP011", severity=Severity.ERROR, where=where, details=details)) from error
    return tuple(found)


def place_of_name(name: str, text: str, table: Where) -> Where:
    """Return where a declaration has a name, in or below the header of its table."""
    for number, line in enumerate(text.split("\n"), 1):
        if number >= table.line and name in line:
            return table._replace(line=number, column=line.index(name) + 1)
    return table


def tables_in(text: str) -> list[tuple[int, dict[str, Any]]]:
    """Return the tables of a declaration with the lines of their headers. Raises ValueError with the reason."""
    try:
        tables = tomllib.loads(text).get("board", [])
    except RecursionError as error:
        raise ValueError("brackets are nested too deep") from error
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ValueError("wrong kind of value: board")
    lines = [text.count("\n", 0, found.start("open")) + 1 for found in HEADER.finditer(text)]
    lines += [1] * len(tables)  # of those that have no header
    return [*zip(lines, tables, strict=False)]


def hints_of(error: Exception, message: str) -> tuple[tuple[str, str], ...]:
    """Return what to do about a declaration that cannot be used."""
    if isinstance(error, SelectorSyntaxError):
        ko, en = "CSS 선택자로 적어 주세요", "write a CSS selector"
    elif isinstance(error, tomllib.TOMLDecodeError):
        ko, en = "표시된 곳의 따옴표와 괄호를 살펴봐 주세요", "check the quotes and brackets there"
    else:
        fault = message.partition(":")[0]
        ko, en = HINTS.get(fault, ("파일을 살펴봐 주세요", "look at the file"))
    return (("hint_ko", ko), ("hint_en", en))


def family_from(table: dict[str, Any]) -> Family:
    """Return the family of a table. Raises ValueError with the reason, which HINTS knows."""
    unknown = sorted(set(table) - set(SHAPES))
    missing = sorted({"name", "detect", "body"} - set(table))
    misshaped = sorted(key for key, shape in SHAPES.items() if not isinstance(table.get(key, shape()), shape))
    facts = table.get("facts", {})
    wrong = sorted(set(map(str, facts.values())) - MEANINGS) if isinstance(facts, dict) else []
    told = (("unknown", unknown), ("missing", missing), ("wrong kind of value", misshaped), ("facts", wrong))
    for fault, names in told:
        if names:
            raise ValueError(f"{fault}: {', '.join(names)}")
    selectors = {name: str(table[name]) for name in SELECTORS if name in table}
    drop = tuple((str(rule), str(selector)) for rule, selector in table.get("drop", {}).items())
    source = table.get("source", {})
    return Family(
        name=str(table["name"]),
        detect=tuple(map(str, table["detect"])),
        facts=tuple((str(words), str(meaning)) for words, meaning in table.get("facts", {}).items()),
        drop=drop,
        source=Source(name=str(source.get("name", "")), site=str(source.get("site", "")).rstrip("/")),
        **selectors,
    )


def check_selectors(family: Family) -> None:
    """Compile every selector of a family. Raises SelectorSyntaxError."""
    selectors = (getattr(family, name) for name in SELECTORS)
    for selector in (*family.detect, *filter(None, selectors), *(selector for _, selector in family.drop)):
        soupsieve.compile(selector)


def known_families(folder: Path | None) -> tuple[Family, ...]:
    """Return the families of a content folder, then ours."""
    own = folder / FILE if folder else None
    return (*(families(own) if own and own.is_file() else ()), *families(BUILT_IN))


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
    url, identity = original_of(address_in(soup.select_one(family.url or NOTHING)) or capture.address)
    known_source = Known(family.source, is_sure=bool(family.source.name))
    body = body_of(content, known_source, url or family.source.site, capture.cleaning)
    if not body.lines:
        raise refused("BODY001", capture.shown)
    hollowed(content)
    named = by_heading(family.facts)
    rows = soup.select(family.rows or NOTHING)
    titles = title_elements(soup, family, frame)
    cells = [cell for row in rows for meaning, cell in values_in(row, named) if meaning == "title"]
    badges = badges_taken_out([*titles, *cells])
    facts, files = facts_of(rows, named)
    files += [file for file in map(linked_file, soup.select(family.files or NOTHING)) if is_file(file)]
    title = facts.get("title") or next((one_line(element.get_text()) for element in titles), "")
    agency = agency_in(facts)
    head = heading_words({**facts, "title": title}, files, family)
    placed = [(words, Part.DROPPED, "badge") for words in badges]
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
            title=title,
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
            licence=licence_in(marks if family.licence else markup_around(soup), around(placed)),
            attachments=(*dict.fromkeys(map(without_size, files)), *enclosed_in(body.lines)),
            contacts=contacts_of(facts, agency or family.source.name),
            body=body.text,
            body_format=body.format,
            changes=body.changes,
            lines=tuple(Line(number, *line) for number, line in enumerate(placed, 1)),
            doubts=(*([UNREAD_EMBARGO.format(facts["embargo"])] if is_unread else []), *body.doubts),
            draft=is_unread,
        )
    ]


def bodies_of(soup: Tag, family: Family) -> list[Tag]:
    """Return the elements that hold the text of a page, none of them in another."""
    found = soup.select(family.body)
    known = set(map(id, found))
    return [element for element in found if nearest(element, known) is None]


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


def heading_words(facts: dict[str, str], files: Iterable[Attachment], family: Family) -> re.Pattern[str]:
    """Return what a block looks like that says nothing but headings, facts that were read, and names of files."""
    said = {words for meaning, words in facts.items() if words and is_read(meaning, words)}
    labels = {label for file in files for label in (file.label, without_size(file).label)}
    known = sorted({*said, *labels, *(words for words, _ in family.facts)} - {""}, key=len, reverse=True)
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
    for rule, selector in family.drop:
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
