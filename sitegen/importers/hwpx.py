"""HWPX (KS X 6101): the text of a document of Hancom's word processor: paragraphs, tables, notes, links; no layout.

A zip of XML files from anywhere: what is unpacked is bounded, and no entry is ever written to disk.
"""

import html
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from sitegen.characters import whole_number_in
from sitegen.clean.writing import RAISED_LETTERS
from sitegen.importers.blocks import body_of, parsed, placed_lines
from sitegen.importers.capture import Capture, refused
from sitegen.importers.draft import Draft, Line, Part, numbered
from sitegen.importers.hwpx_heads import NO_HEAD, Heads, heads_in, letters_for
from sitegen.importers.safe_xml import local, root_of
from sitegen.importers.words import enclosed_in, kind_in, licence_in, one_line
from sitegen.model import Source

NAME: Final = "hwpx"
PROFILE: Final = f"{NAME}/1"
KIND: Final = b"application/hwp+zip"
HEADER: Final = "Contents/header.xml"
SECTION: Final = re.compile(r"Contents/section(?P<number>\d{1,4})\.xml")
PACKAGE: Final = "Contents/content.hpf"
MAX_ENTRIES: Final = 2_000
MAX_ENTRY_BYTES: Final = 30_000_000  # of one XML file, unpacked; real releases stay below 3 MB
MAX_TOTAL_BYTES: Final = 60_000_000
# What zipfile says of an archive that is cut off or damaged, of a place that lies outside it, and of encryption.
UNSOUND: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
# What a reader of the page does not take for its text: running heads, fields of forms, hidden remarks.
RUNNING: Final = frozenset({"header", "footer", "hiddenComment"})
NOTES: Final = frozenset({"footNote", "endNote"})
OBJECTS: Final = frozenset({"pic", "ole", "chart", "video"})  # of which only the caption is text
UNSEEN: Final = frozenset({"parameters", "secPr", "shapeComment", "linesegarray", "metaTag", "indexmark"})
# Parts of a form whose words stand on the page, with marks and choices that a text cannot show.
FORM_PARTS: Final = frozenset({"btn", "checkBtn", "radioBtn", "comboBox", "listBox"})
FORM_WORDS: Final = ("caption", "displayText", "selectedValue")
PAGE_NUMBERS: Final = frozenset({"PAGE", "TOTAL_PAGE"})
# Lines that strike words out; documents without any say `NONE`, or `3D`.
STRIKES: Final = frozenset(
    {
        "SOLID", "DASH", "DOT", "DASH_DOT", "DASH_DOT_DOT", "LONG_DASH", "CIRCLE", "DOUBLE_SLIM", "SLIM_THICK",
        "THICK_SLIM", "SLIM_THICK_SLIM", "WAVE", "DOUBLEWAVE",
    }
)  # fmt: skip
LETTERS: Final = frozenset({"autoNum", "compose", "dutmal", "edit", "textart"})
SPACES: Final = frozenset({"tab", "nbSpace", "fwSpace"})
LOWERED_LETTERS: Final = str.maketrans("0123456789()+-−=", "₀₁₂₃₄₅₆₇₈₉₍₎₊₋₋₌")
# The address of a link as older programs write it: `http\://a.example;1;0;0;`.
COMMAND: Final = re.compile(r"((?:[^;\\]|\\.)*)")
UNDATED: Final = "a document names no date, agency or address of its publication: write them in"
OWN_TITLE: Final = (
    "the title is what the file says of itself, and stands nowhere in its text: it may be of an older document"
)
SPANS: Final = (("colSpan", "colspan"), ("rowSpan", "rowspan"))


def confidence(capture: Capture) -> float:
    """Return how surely a capture is such a document."""
    return 0.98 if KIND in capture.data[:200] else 0.0


def read(capture: Capture) -> list[Draft]:
    """Return the document. Raises ContentError (FILE004 for an archive that is not sound, BODY001 for no text)."""
    files = unpacked(capture)
    sections = sorted((int(found["number"]), name) for name in files if (found := SECTION.fullmatch(name)))
    roots = [root_of(files[name], capture.shown) for _, name in sections]
    header = root_of(files[HEADER], capture.shown) if files.get(HEADER) else None
    reader = Reader(shapes_in(header), ends_in(roots), heads_in(header))
    markup = [reader.section_of(root) for root in roots]
    soup = parsed("".join(markup))
    body = body_of(soup.body or soup, cleaning=capture.cleaning)
    if not body.lines:
        raise refused("BODY001", capture.shown)
    title = title_in(files.get(PACKAGE, ""), capture.shown)
    placed = placed_lines((title,), body)
    placed += [Line(0, text, Part.DROPPED, rule) for rule, text in reader.dropped if text]
    placed += [Line(0, text, Part.UNPLACED) for text in reader.unknown]
    return [
        Draft(
            profile=PROFILE,
            title=title,
            kind=kind_in(body.statement),
            source=Source(sha256=capture.sha256, statement=body.statement),
            licence=licence_in("\n".join(body.lines)),
            attachments=enclosed_in(body.lines),
            body=body.text,
            body_format=body.format,
            changes=body.changes,
            lines=numbered(placed),
            doubts=(UNDATED, *([OWN_TITLE] if title and title not in map(one_line, body.lines) else [])),
        )
    ]


def unpacked(capture: Capture) -> dict[str, str]:
    """Return the XML files of the archive that hold text, by their names."""
    files: dict[str, str] = {}
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(capture.data)) as archive:
            if len(archive.infolist()) > MAX_ENTRIES:
                raise refused("FILE004", capture.shown, reason=f"zip, entries > {MAX_ENTRIES:,}")
            for entry in archive.infolist():
                if not SECTION.fullmatch(entry.filename) and entry.filename not in (PACKAGE, HEADER):
                    continue
                if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # what the standard knows
                    raise refused("FILE004", capture.shown, reason=f"zip, method {entry.compress_type}")
                with archive.open(entry) as stream:
                    data = stream.read(MAX_ENTRY_BYTES + 1)  # what the directory says of the size may be a lie
                total += len(data)
                if len(data) > MAX_ENTRY_BYTES or total > MAX_TOTAL_BYTES:
                    raise refused("FILE004", capture.shown, reason=f"zip, {entry.filename} > {MAX_ENTRY_BYTES:,} bytes")
                files[entry.filename] = Capture(data, f"{capture.shown}/{entry.filename}").text
    except UNSOUND as error:
        raise refused("FILE004", capture.shown, reason=f"zip, {type(error).__name__}") from error
    return files


def title_in(package: str, shown: str) -> str:
    """Return the title the document gives itself, if any."""
    root = root_of(package, shown) if package else None
    found = next((element for element in root.iter() if local(element) == "title"), None) if root is not None else None
    return one_line(found.text or "") if found is not None else ""


def shapes_in(header: ET.Element | None) -> dict[str, tuple[str, ...]]:
    """Return the shapes of letters that say something, by their ids: the elements that say it."""
    shapes: dict[str, tuple[str, ...]] = {}
    for shape in header.iter() if header is not None else ():
        if local(shape) != "charPr":
            continue
        parts = {local(part): part for part in shape}
        said = [tag for name, tag in (("supscript", "sup"), ("subscript", "sub")) if name in parts]
        if "strikeout" in parts and parts["strikeout"].get("shape", "NONE").upper() in STRIKES:
            said.append("del")
        if said:
            shapes[shape.get("id", "")] = tuple(said)
    return shapes


def ends_in(roots: list[ET.Element]) -> Counter[str]:
    """Return how often what may run over several elements ends in these sections."""
    ends: Counter[str] = Counter()
    for root in roots:
        for element in root.iter():
            name = local(element)
            if name == "fieldEnd":
                ends[f"field {element.get('beginIDRef', '')}"] += 1
            elif name == "deleteEnd":
                ends["delete"] += 1
    return ends


class Piece(NamedTuple):
    """A piece of a paragraph: where it leads (or nowhere), and its markup."""

    link: str
    markup: str


@dataclass(slots=True)
class Reader:
    """Reads sections in the order of the document; what begins in one element may end in a later one.

    `dropped`: (rule, words) of what a reader of the page does not see; `unknown`: what is no text (formulas).
    """

    shapes: Mapping[str, tuple[str, ...]]
    ends: Counter[str]  # what is still to end, by its name; what has no end, does not begin
    heads: Heads
    dropped: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # of the paragraph being read
    numbers: Counter[str] = field(default_factory=Counter)  # of notes that do not say theirs
    link: str = ""
    link_id: str = ""
    is_deleting: bool = False

    def section_of(self, element: ET.Element) -> str:
        """Return a section as HTML; notes outside its paragraphs stand at its end."""
        shape = next((part for part in element.iter() if local(part) == "secPr"), None)
        self.heads.outline = shape.get("outlineShapeIDRef", "") if shape is not None else ""
        markup = self.markup_of(element)
        notes, self.notes = self.notes, []
        return "".join([markup, *notes])

    def markup_of(self, element: ET.Element) -> str:
        """Return what stands in an element as HTML."""
        parts = []
        for link, pieces in groupby(self.pieces_of(element, ()), lambda piece: piece.link):
            markup = "".join(piece.markup for piece in pieces)
            parts.append(f'<a href="{html.escape(link)}">{markup}</a>' if link else markup)
        return "".join(parts)

    def pieces_of(self, element: ET.Element, looks: tuple[str, ...]) -> Iterator[Piece]:
        """Yield the pieces of an element whose letters have these looks."""
        for child in element:
            name = local(child)
            if name in UNSEEN:
                continue
            if name == "t":
                yield from self.words_of(child, looks)
            elif name == "run":
                yield from self.pieces_of(child, self.shapes.get(child.get("charPrIDRef", ""), ()))
            elif name == "p":
                yield Piece("", self.paragraph_of(child))
            elif name == "tbl":
                yield Piece("", f"</p>{self.table_of(child)}<p>")
            elif name in NOTES:
                yield Piece("", with_looks(self.noted(child), ("sup",)))
            elif name in LETTERS:
                yield from self.letters_of(child, looks)
            elif name == "switch":  # of several ways to say it, the one for everybody
                ways = [way for way in child if local(way) == "default"] or list(child)[:1]
                yield from (piece for way in ways for piece in self.pieces_of(way, looks))
            elif name in OBJECTS:
                image = next((part.get("binaryItemIDRef", "") for part in child.iter() if local(part) == "img"), "")
                self.dropped.append(("picture", image or name))
                yield from (piece for part in child if local(part) == "caption" for piece in self.pieces_of(part, ()))
            elif not self.noted_aside(child):
                self.unknown += filter(None, [one_line(child.text or "")])  # a formula, or what no edition had yet
                yield from self.pieces_of(child, looks)

    def letters_of(self, element: ET.Element, looks: tuple[str, ...]) -> Iterator[Piece]:
        """Yield what is no run of words and reads like one: numbers, letters in one another, fields, drawn words."""
        name = local(element)
        if name == "dutmal":
            main, above = (words_in(element, part) for part in ("mainText", "subText"))
            yield Piece(self.link, f"<ruby>{html.escape(main)}<rt>{html.escape(above)}</rt></ruby>")
        elif name == "compose":
            yield from self.seen(element.get("composeText") or words_in(element, "composeText"), looks)
        elif name == "textart":  # words that are drawn, as headlines are
            yield Piece("", f"</p><p>{html.escape(element.get('text', ''), quote=False)}</p><p>")
            yield from self.pieces_of(element, ())
        elif name == "edit":
            yield from self.seen(words_in(element, "text"), looks)
        elif element.get("numType") not in PAGE_NUMBERS:
            yield from self.seen(numbered_as(element, element.get("num", ""), ""), looks)

    def noted_aside(self, element: ET.Element) -> bool:
        """Note what begins or ends with an element, or stands beside the text; return whether it was such."""
        name = local(element)
        if name in RUNNING:
            self.dropped.append(("running-head", one_line("".join(element.itertext()))))
        elif name in FORM_PARTS:
            self.unknown += form_words(element)
        elif name == "fieldEnd":
            self.ends[f"field {element.get('beginIDRef', '')}"] -= 1
            if element.get("beginIDRef", "") == self.link_id:
                self.link = self.link_id = ""
        elif name == "fieldBegin" and element.get("type") == "HYPERLINK":
            if self.ends[f"field {element.get('id', '')}"] > 0:
                self.link, self.link_id = address_of(element), element.get("id", "")
        elif name == "fieldBegin":  # a remark that only the editors see
            words = (one_line("".join(part.itertext())) for part in element if local(part) == "subList")
            self.dropped += [("memo", text) for text in words]
        else:
            return False
        return True

    def paragraph_of(self, element: ET.Element) -> str:
        """Return a paragraph behind its number or bullet, and behind it the notes that belong to it."""
        around, self.notes = self.notes, []
        head = NO_HEAD if self.is_deleting else self.heads.head_of(element.get("paraPrIDRef", ""))
        markup = self.markup_of(element)
        if not head.is_known:  # the words stand in the text; what the word processor writes before them does not
            self.unknown.append(one_line(f"{head.text} {parsed(markup).get_text()}"))
        elif head.text:
            markup = f"{html.escape(head.text, quote=False)} {markup}"
        parts = [f"<p>{markup}</p>", *self.notes]
        self.notes = around
        return "".join(parts)

    def table_of(self, element: ET.Element) -> str:
        """Return a table with its caption."""
        caption = "".join(self.markup_of(part) for part in element if local(part) == "caption")
        rows = []
        for row in element:
            if local(row) == "tr":
                cells = (self.cell_of(cell) for cell in row if local(cell) == "tc")
                rows.append(f"<tr>{''.join(cells)}</tr>")
        return f"<table>{f'<caption>{caption}</caption>' if caption else ''}{''.join(rows)}</table>"

    def cell_of(self, element: ET.Element) -> str:
        """Return a cell."""
        tag = "th" if element.get("header") in ("1", "true") else "td"
        return f"<{tag}{spans_of(element)}>{self.markup_of(element)}</{tag}>"

    def noted(self, element: ET.Element) -> str:
        """Keep a note for the end of its paragraph; return the mark that leads to it."""
        name = local(element)
        self.numbers[name] += 1
        own = next((part for part in element.iter() if local(part) == "autoNum"), None)
        number = element.get("number", "0")
        number = own.get("num", "0") if number == "0" and own is not None else number
        mark = numbered_as(own, str(self.numbers[name]) if number == "0" else number, ")")
        markup = self.markup_of(element)
        self.notes.append(markup if own is not None else markup.replace("<p>", f"<p>{html.escape(mark)} ", 1))
        return mark

    def words_of(self, element: ET.Element, looks: tuple[str, ...]) -> Iterator[Piece]:
        """Yield the words of a run: tabs as spaces, line breaks as such; what was struck by an editor is dropped."""
        yield from self.seen(element.text or "", looks)
        for child in element:
            name = local(child)
            if name == "deleteBegin":
                self.is_deleting = self.ends["delete"] > 0
            elif name == "deleteEnd":
                self.is_deleting = False
                self.ends["delete"] -= 1
            elif name == "lineBreak":
                yield Piece(self.link, "<br>")
            elif name == "hyphen":
                yield from self.seen("-", looks)
            elif name in SPACES:
                yield from self.seen(" ", looks)
            else:
                yield from self.words_of(child, looks)
            yield from self.seen(child.tail or "", looks)

    def seen(self, text: str, looks: tuple[str, ...]) -> Iterator[Piece]:
        """Yield a text as readers see it."""
        if self.is_deleting:
            self.dropped.append(("deleted-by-editor", one_line(text)))
        elif text:
            yield Piece(self.link, with_looks(text, looks))


def with_looks(text: str, looks: tuple[str, ...]) -> str:
    """Return a text as markup; raised and lowered figures are letters, so that lines stay lines."""
    if not text.strip():
        return text
    tags = []
    for tag, letters in (("sup", RAISED_LETTERS), ("sub", LOWERED_LETTERS)):
        if tag in looks and all(ord(letter) in letters for letter in text):
            text = text.translate(letters)
        elif tag in looks:
            tags.append(tag)
    markup = html.escape(text, quote=False)
    for tag in (*tags, *(["del"] if "del" in looks else [])):
        markup = f"<{tag}>{markup}</{tag}>"
    return markup


def numbered_as(number: ET.Element | None, said: str, otherwise: str) -> str:
    """Return a number in the letters and between the signs that an automatic number asks for, else before a sign."""
    shape = next((part for part in number if local(part) == "autoNumFormat"), None) if number is not None else None
    if shape is None:
        return f"{said}{otherwise}"
    return f"{shape.get('prefixChar', '')}{number_in(shape, said)}{shape.get('suffixChar', '')}"


def number_in(shape: ET.Element, said: str) -> str:
    """Return a number in the letters of a shape; one for which that has none stays as it is written."""
    kind = shape.get("type", "DIGIT")
    if kind == "USER_CHAR":
        return shape.get("userChar") or said
    return said if kind == "DIGIT" else letters_for(kind, whole_number_in(said)) or said


def words_in(element: ET.Element, name: str) -> str:
    """Return the words of a part of an element."""
    return one_line("".join("".join(part.itertext()) for part in element if local(part) == name))


def form_words(element: ET.Element) -> list[str]:
    """Return the words of a part of a form, each once."""
    found = (one_line(part.get(name, "")) for part in element.iter() for name in FORM_WORDS)
    return list(dict.fromkeys(filter(None, found)))


def address_of(field_begin: ET.Element) -> str:
    """Return where a link leads, if that is an address of the web or of mail."""
    given = {part.get("name", ""): part.text or "" for part in field_begin.iter() if local(part) == "stringParam"}
    found = COMMAND.match(given.get("Command", ""))
    written = given.get("Path") or (re.sub(r"\\(.)", r"\1", found[1]) if found else "")
    return written if written.startswith(("http://", "https://", "mailto:")) else ""


def spans_of(cell: ET.Element) -> str:
    """Return the attributes of a cell that spans others."""
    span = next((child for child in cell if local(child) == "cellSpan"), None)
    found = ((ours, span.get(theirs, "")) for theirs, ours in SPANS) if span is not None else ()
    return "".join(f' {name}="{count}"' for name, count in found if count.isdigit() and count not in ("0", "1"))
