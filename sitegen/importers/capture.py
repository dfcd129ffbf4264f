"""Bytes as they were captured → text: by their mark, their declaration, and only at last by detection.

Korean pages that declare euc-kr are written in its superset cp949; one whose bytes are not is refused at its line. Text
that was decoded wrongly once before it was saved cannot be mended with certainty and is refused (BODY004).
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from functools import cached_property
from pathlib import PurePosixPath
from typing import Final

from charset_normalizer import from_bytes

from sitegen.characters import as_text
from sitegen.config import Cleaning
from sitegen.errors import ContentError
from sitegen.importers.old_site import POSTS, OldSite
from sitegen.languages import HANGUL
from sitegen.problems import Problem, Severity, Where

NO_WISHES: Final = Cleaning()
DRAFTS: Final = "_drafts"  # the folder of what a Jekyll blog has not published
MAX_CAPTURE_BYTES: Final = 50_000_000
DECLARED: Final = re.compile(rb"""(?:charset\s*=\s*["']?|encoding\s*=\s*["'])([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
DECLARATION_BYTES: Final = 4096  # a declaration stands at the start
MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# A page with its pictures in one file (MHTML): a message of many parts, the first page among them is the one saved.
PARTED: Final = re.compile(rb"(?:^|\n)content-type:\s*multipart/related", re.IGNORECASE)
FIELD: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:[!-9;-~]+:|From )")  # what a mail begins with
OF_MAIL: Final = frozenset({b"mime-version", b"from", b"snapshot-content-location"})
BLANK_LINE: Final = re.compile(rb"\r?\n\r?\n")
PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
SAVED_FROM: Final = re.compile(r"<!-- saved from url=\(\d{4}\)(\S{1,2000}) -->")
# Documents that are no text, by their first bytes.
BINARY: Final = ((b"\xd0\xcf\x11\xe0", "HWP/OLE"), (b"%PDF-", "PDF"), (b"PK\x03\x04", "zip"))
# Codecs of Python that hold a text as pages do; its others make any bytes a text, or none.
OF_PAGES: Final = re.compile(
    r"(?:utf[-_]?(?:8|16|32)|iso-?8859|latin|windows|cp\d|euc|gb|big5|shift|sjis|koi8|johab|ascii|us-|iso-?2022|mac)"
)
KOREAN: Final = frozenset(
    {
        "cp949", "cseuckr", "euc-kr", "euc_kr", "euckr", "korean", "ks_c_5601", "ks_c_5601-1987", "ks_c_5601-1989",
        "ksc5601", "ksc_5601", "ms949", "uhc", "windows-949", "x-windows-949",
    }
)  # fmt: skip
UTF_8: Final = frozenset({"utf-8", "utf8"})
# What a server says of a page that it knows nothing of.
UNSURE: Final = frozenset(
    {"ascii", "us-ascii", "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "windows-1252", "cp1252"}
)
# U+FFFD, or what Korean turns into when its UTF-8 is read as Latin-1, many in a row.
BROKEN_SIGNS: Final = "\ufffd\u00ea\u00eb\u00ec\u00ed"
BROKEN: Final = re.compile("\ufffd|(?:[\u00ea-\u00ed][\u0080-\u00bf\u2018-\u2122\u0152-\u0192]{1,2}\\s?){4,}")


@dataclass(frozen=True)
class Capture:
    """Bytes and where they lie.

    `shown` is the path as messages print it; `site`: what they were part of; `cleaning`: what the site they come to
    tells its cleaner; `path`: where they lie in full, where that says more than `shown`.
    """

    data: bytes
    shown: str
    site: OldSite | None = None
    cleaning: Cleaning = NO_WISHES
    path: str = ""

    @property
    def folder(self) -> str:
        """Return the folder of a blog's texts that the capture lies in: `_posts`, `_drafts`, or nothing.

        Any above it, as it was named, else the one right above: what lies farther off has other reasons.
        """
        named, whole = (
            PurePosixPath(as_text(path).replace("\\", "/")).parent.parts for path in (self.shown, self.path)
        )
        folders = (*whole[-1:], *named)
        return next((name for name in reversed(folders) if name in (POSTS, DRAFTS)), "")

    @cached_property
    def sha256(self) -> str:
        """Return the digest that names the capture."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def is_archive(self) -> bool:
        """Return whether the bytes are a zip archive: no text of their own."""
        return self.data.startswith(b"PK\x03\x04")

    @cached_property
    def page_part(self) -> Message | None:
        """Return the page in a file of parts, None where the capture is none. Raises ContentError (FILE004)."""
        head = BLANK_LINE.split(self.data[:DECLARATION_BYTES], maxsplit=1)[0]
        if not is_mail(head) or not PARTED.search(head):
            return None
        try:
            found = (part for part in parts_of(message_from_bytes(self.data)) if part.get_content_type() in PAGES)
            return next(found)
        except (StopIteration, RecursionError, ValueError) as error:  # parts may lie in parts as deep as one likes
            raise refused("FILE004", self.shown, reason="MHTML") from error

    @cached_property
    def address(self) -> str:
        """Return where the page stood, if the browser that saved it wrote that down."""
        saved = SAVED_FROM.search(self.text[:DECLARATION_BYTES])
        written = saved[1] if saved else ""
        if self.page_part is not None:
            written = str(self.page_part.get("Content-Location") or "").strip()
        return written if written.startswith(("http://", "https://")) else ""

    @cached_property
    def text(self) -> str:
        """Return the text: NFC, single line feeds. Raises ContentError (FILE004, BODY004)."""
        if not self.data.strip():
            raise refused("FILE004", self.shown, reason="empty")
        if len(self.data) > MAX_CAPTURE_BYTES:
            raise refused("FILE004", self.shown, reason=f"{len(self.data):,} bytes")
        binary = next((name for mark, name in BINARY if self.data.startswith(mark)), None)
        if binary is not None:
            raise refused("FILE004", self.shown, reason=binary)
        text = decoded(*marked_bytes(self), self.shown)
        broken = BROKEN.search(text) if any(sign in text for sign in BROKEN_SIGNS) else None
        if broken:
            line = text.count("\n", 0, broken.start()) + 1
            raise refused("BODY004", self.shown, line, match=broken[0][:20])
        return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))

    @cached_property
    def lines(self) -> list[str]:
        """Return the lines of the text. Raises as `text` does."""
        return self.text.splitlines()


def is_mail(head: bytes) -> bool:
    """Return whether lines up to the first empty one are the head of a mail, and not that of a post."""
    names = [line.partition(b":")[0].lower() for line in head.splitlines() if b":" in line]
    return FIELD.match(head) is not None and any(name in OF_MAIL for name in names)


def parts_of(message: Message) -> Iterator[Message]:
    """Yield a message and the parts in it, in order, however deep."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        yield part
        inner = part.get_payload() if part.is_multipart() else []
        waiting += [each for each in reversed(inner) if isinstance(each, Message)] if isinstance(inner, list) else []


def marked_bytes(capture: Capture) -> tuple[bytes, str]:
    """Return the bytes of a capture's text with the name of their encoding, where it stands beside them."""
    part = capture.page_part
    if part is None:
        return capture.data, ""
    page = part.get_payload(decode=True)
    return page if isinstance(page, bytes) else b"", str(part.get_content_charset("") or "")


def decoded(data: bytes, charset: str, shown: str) -> str:
    """Return the text of a capture as its own marks say.

    `charset`: the encoding that stands beside it, if any; it goes before the page's own, unless it is Latin-1 or ASCII.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return strictly(data, encoding, shown)
    try:
        return data.decode("utf-8")  # nothing else is UTF-8 by chance, whatever it declares
    except UnicodeDecodeError:
        pass
    declared = DECLARED.search(data[:DECLARATION_BYTES])
    own = declared[1].decode("ascii").lower() if declared else ""
    name = own if own and charset.lower() in UNSURE else charset.lower() or own
    if name in KOREAN:
        return strictly(data, "cp949", shown)
    for encoding in (name, "cp949") if OF_PAGES.match(name) and name not in UTF_8 else ("cp949",):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeError):  # a name nobody knows, or bytes that are not in it
            continue
    if name in UTF_8:
        return strictly(data, "utf-8", shown)
    best = from_bytes(data).best()
    if best is None or not HANGUL.search(str(best)):  # any bytes are a text in some encoding
        raise refused("FILE004", shown, reason="encoding")
    return str(best)


def strictly(data: bytes, encoding: str, shown: str) -> str:
    """Return the text in one encoding, or say that it is not in it."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refused(
            "FILE004", shown, data.count(b"\n", 0, error.start) + 1, reason=f"{encoding}, byte {error.start}"
        ) from error


def refused(code: str, shown: str, line: int = 0, **details: str) -> ContentError:
    """Return the error of a capture that cannot be imported."""
    where = Where(path=shown, line=line, column=1 if line else 0)
    return ContentError(Problem(code=code, severity=Severity.ERROR, where=where, details=tuple(details.items())))
