"""Notice boards of agencies: families declared as data (boards.toml), so that a new one needs no code."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import soupsieve
from bs4 import Tag
from bs4.element import NavigableString
from soupsieve import SelectorSyntaxError

from sitegen.clean.address import clean_url
from sitegen.clean.rules import Known
from sitegen.errors import UsageError
from sitegen.importers.blocks import (
    HOLE,
    blocks_with_places,
    body_of,
    hollowed,
    lines_of,
    parsed,
    placed_lines,
    text_of,
)
from sitegen.importers.capture import Capture, refused
from sitegen.importers.draft import Draft, Line, Part
from sitegen.importers.words import day_of, enclosed_in, kind_in, licence_in, moment_of, one_line, original_of
from sitegen.model import Attachment, Contact, Source
from sitegen.problems import Problem, Severity, Where
from sitegen.values import changed

NAME: Final = "board"
BUILT_IN: Final = Path(__file__).with_name("boards.toml")
FILE: Final = "boards.toml"  # of a content folder: families of its own, tried before ours
# Names of places: of the article with its facts (no rule of a family), and of the notice about the licence.
FRAME: Final = "(frame)"
LICENCE: Final = "licence"
NOTHING: Final = ":not(*)"  # the selector of no element
SIZE: Final = re.compile(r"\s*[(\[]\s*[\d.,]+\s*(?:[KMG]i?)?B(?:ytes?)?\s*[)\]]$", re.IGNORECASE)
MEANINGS: Final = frozenset({"title", "agency", "date", "updated", "files", "unit", "tel"})


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
        text = path.read_text("utf-8")
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
    tables = tomllib.loads(text).get("board", [])
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
    content = soup.select_one(family.body) if family else None
    if family is None or content is None:
        raise refused("BODY001", capture.shown)
    licensed = soup.select_one(family.licence) if family.licence else None
    marks = str(licensed or "")
    dropped = taken_out(content, family)
    url, identity = original_of(address_in(soup.select_one(family.url))) if family.url else ("", "")
    known_source = Known(family.source, is_sure=bool(family.source.name))
    body = body_of(content, known_source, url or family.source.site, capture.cleaning)
    if not body.lines:
        raise refused("BODY001", capture.shown)
    hollowed(content)
    facts, files = facts_of(soup, family)
    title = facts.get("title") or text_of(soup, family.title)
    agency = facts.get("agency", "")
    named = {title, *facts.values(), *(file.label for file in files)}
    for words, meaning in family.facts:
        named |= {words, *(f"{words}{sign}{facts.get(meaning, '')}" for sign in ("", " ", " : ", ": "))}
    named_ink = {"".join(name.split()) for name in named}
    places = (*family.drop, (LICENCE, family.licence), (FRAME, family.frame))
    placed: list[tuple[str, Part, str]] = []
    for text, place in blocks_with_places(soup, tuple((name, selector) for name, selector in places if selector)):
        if text == HOLE:
            placed += [(line.text, line.part, line.rule) for line in placed_lines((), body)]
            placed += [(words, Part.DROPPED, rule) for rule, words in dropped]
        elif "".join(text.split()) in named_ink:
            placed.append((text, Part.HEAD, ""))
        elif place == FRAME:
            placed.append((text, Part.UNPLACED, ""))
        else:  # what stands around the frame is the site's
            placed.append((text, Part.DROPPED, place or "around-the-board"))
    return [
        Draft(
            profile=f"{NAME}-{family.name}/1",
            title=title,
            published=day_of(facts.get("date", "")) or moment_of(said_in(soup.select_one(family.date or NOTHING))),
            updated=day_of(facts.get("updated", "")),
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
            licence=licence_in(marks if family.licence else around(placed)),
            attachments=(*map(without_size, files), *enclosed_in(body.lines)),
            contacts=contacts_of(facts, agency or family.source.name),
            body=body.text,
            body_format=body.format,
            changes=body.changes,
            lines=tuple(Line(number, *line) for number, line in enumerate(placed, 1)),
        )
    ]


def contacts_of(facts: dict[str, str], agency: str) -> tuple[Contact, ...]:
    """Return the office that answers questions, where the facts name one with its telephone."""
    unit, telephone = facts.get("unit", ""), facts.get("tel", "")
    return (Contact(org=agency, unit=unit, tel=telephone),) if agency and telephone else ()


def around(placed: list[tuple[str, Part, str]]) -> str:
    """Return what was dropped around an article, where a licence would be stated."""
    return "\n".join(text for text, part, _ in placed if part is Part.DROPPED)


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


def without_size(file: Attachment) -> Attachment:
    """Return a file whose name does not end in its size: `계획.hwp(87 kb)`."""
    return changed(file, label=SIZE.sub("", file.label))


def facts_of(soup: Tag, family: Family) -> tuple[dict[str, str], tuple[Attachment, ...]]:
    """Return the facts of the table by their meaning, and the files it lists."""
    known = dict(family.facts)
    facts: dict[str, str] = {}
    files: list[Attachment] = []
    if family.files:
        files += [
            Attachment(label=one_line(found.get_text()), url=full(found) if found.name == "a" else "")
            for found in soup.select(family.files)
        ]
    for row in soup.select(family.rows) if family.rows else ():
        cells = row.find_all(["th", "td", "dt", "dd", "strong", "b", "span"])
        for heading, value in pairwise(cells):
            meaning = known.get(own_heading(heading))
            if meaning == "files":
                files += [
                    Attachment(label=one_line(link.get_text()), url=full(link)) for link in value.select("a[href]")
                ]
            elif meaning and meaning not in facts:
                is_nested = meaning == "unit"  # an office in its office
                words = value.get_text(" ") if is_nested else " ".join(lines_of(value))
                facts[meaning] = one_line(words)
        for words, meaning in family.facts:  # `<li><b>등록일</b> 2026-03-02</li>`, `<li>등록일 : 2026-03-02</li>`
            stated = re.fullmatch(rf"{re.escape(words)}\s*[:：]?\s+(.+)", one_line(row.get_text(" ")))
            if stated and meaning != "files":
                facts.setdefault(meaning, stated[1])
    return facts, tuple(file for file in files if file.label)


def own_heading(cell: Tag) -> str:
    """Return the words of a heading cell; its value may lie inside it."""
    return one_line("".join(part for part in cell.contents if isinstance(part, NavigableString))) or one_line(
        cell.get_text()
    )


def full(link: Tag) -> str:
    """Return a link's address if it is a full one: a captured page does not say where it lay."""
    address = clean_url(str(link.get("href") or ""))
    return address if address.startswith("http") else ""
