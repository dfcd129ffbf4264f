"""HWPX (KS X 6101): the text of a document of Hancom's word processor: paragraphs, tables and notes; no layout.

A zip of XML files from anywhere: what is unpacked is bounded, and no entry is ever written to disk.
"""

import html
import io
import re
import zipfile
import zlib
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from sitegen.importers.blocks import body_of, parsed, placed_lines
from sitegen.importers.capture import Capture, refused
from sitegen.importers.draft import Draft, Line, Part, numbered
from sitegen.importers.safe_xml import local, root_of
from sitegen.importers.words import enclosed_in, kind_in, licence_in, one_line
from sitegen.model import Source

NAME: Final = "hwpx"
PROFILE: Final = f"{NAME}/1"
KIND: Final = b"application/hwp+zip"
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
SPANS: Final = (("colSpan", "colspan"), ("rowSpan", "rowspan"))


def confidence(capture: Capture) -> float:
    """Return how surely a capture is such a document."""
    return 0.98 if KIND in capture.data[:200] else 0.0


def read(capture: Capture) -> list[Draft]:
    """Return the document. Raises ContentError (FILE004 for an archive that is not sound, BODY001 for no text)."""
    files = unpacked(capture)
    sections = sorted((int(found["number"]), name) for name in files if (found := SECTION.fullmatch(name)))
    aside = Aside([], [], [])
    markup = [markup_of(root_of(files[name], capture.shown), aside) for _, name in sections]
    soup = parsed("".join(markup))
    body = body_of(soup.body or soup)
    if not body.lines:
        raise refused("BODY001", capture.shown)
    title = title_in(files.get(PACKAGE, ""), capture.shown)
    placed = placed_lines((title,), body)
    placed += [Line(0, text, Part.DROPPED, "running-head") for text in aside.running]
    placed += [Line(0, text, Part.UNPLACED) for text in aside.unknown]
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
            doubts=("a document names no date, agency or address of its publication: write them in",),
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
                if not SECTION.fullmatch(entry.filename) and entry.filename != PACKAGE:
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


class Aside(NamedTuple):
    """What stands beside the text: running heads, notes of the paragraph being read, and what is no text (formulas)."""

    running: list[str]
    notes: list[str]
    unknown: list[str]


def markup_of(element: ET.Element, aside: Aside) -> str:
    """Return what stands in an element as HTML. A note stands after the paragraph it belongs to."""
    parts = []
    for child in element:
        name = local(child)
        if name in RUNNING:
            aside.running.append(one_line("".join(child.itertext())))
        elif name in NOTES:
            aside.notes.append(markup_of(child, Aside(aside.running, [], aside.unknown)))
        elif name == "p":
            inner = markup_of(child, aside)
            parts += [f"<p>{inner}</p>", *aside.notes]
            aside.notes.clear()
        elif name == "t":
            parts.append(words_of(child))
        elif name == "script":
            aside.unknown.append(one_line(child.text or ""))
        elif name == "tbl":
            rows = [markup_of(row, aside) for row in child if local(row) == "tr"]
            parts.append(f"</p><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table><p>")
        elif name == "tc":
            parts.append(f"<td{spans_of(child)}>{markup_of(child, aside)}</td>")
        else:
            parts.append(markup_of(child, aside))
    return "".join(parts)


def words_of(element: ET.Element) -> str:
    """Return the words of a run: tabs as spaces, line breaks as such."""
    parts = [html.escape(element.text or "", quote=False)]
    for child in element:
        name = local(child)
        parts.append(
            "<br>" if name == "lineBreak" else " " if name in ("tab", "nbSpace", "fwSpace") else words_of(child)
        )
        parts.append(html.escape(child.tail or "", quote=False))
    return "".join(parts)


def spans_of(cell: ET.Element) -> str:
    """Return the attributes of a cell that spans others."""
    span = next((child for child in cell if local(child) == "cellSpan"), None)
    found = ((ours, span.get(theirs, "")) for theirs, ours in SPANS) if span is not None else ()
    return "".join(f' {name}="{count}"' for name, count in found if count.isdigit() and count not in ("0", "1"))
