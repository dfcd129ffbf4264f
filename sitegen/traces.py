"""Where a text still stands: its longest sentences, looked for in files of any encoding, escape or packing."""

import base64
import bz2
import gzip
import html
import lzma
import os
import quopri
import re
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from sitegen.clean.body import clean_body
from sitegen.errors import ContentError
from sitegen.importers.capture import Capture
from sitegen.model import Article
from sitegen.read.discover import LOST
from sitegen.render.sources import raised

MIN_INK: Final = 18  # of a sentence that tells one text from another
SENTENCES: Final = 12  # the longest ones, by which a text is known again
SENTENCE_END: Final = re.compile(r"(?<=[.!?。])\s+|\n")
JSON_ESCAPE: Final = re.compile(r"(?<!\\)\\++u(?:([0-9a-fA-F]{4})|\{([0-9a-fA-F]{1,5})\})")
BASE64: Final = re.compile(rb"(?:[A-Za-z0-9+/]{40,}[\r\n]*)+[A-Za-z0-9+/]*={0,2}")
QUOTED: Final = re.compile(rb"(?:=[0-9A-F]{2}){3}")
# What archives say that are cut off, damaged, encrypted or none at all.
UNSOUND: Final = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    lzma.LZMAError,
    zlib.error,
    tarfile.TarError,
    zipfile.BadZipFile,
)
MAX_UNPACKED: Final = 60_000_000  # bytes of an archive that are looked through


def sentences_of(article: Article) -> tuple[str, ...]:
    """Return the longest sentences of an article without white space: what its text is known by."""
    text = clean_body(article.body, article.body_format).text
    inked = {ink(sentence) for sentence in SENTENCE_END.split(f"{article.summary}\n{text}")}
    telling = sorted((one for one in inked if len(one) >= MIN_INK), key=lambda one: (-len(one), one))[:SENTENCES]
    whole = ink(text)
    return tuple(telling) or ((whole,) if len(whole) >= MIN_INK else ())


def ink(text: str) -> str:
    """Return a text without white space, NFC."""
    return "".join(unicodedata.normalize("NFC", text).split())


def files_below(top: Path) -> list[Path]:
    """Return the files below a folder, in order. Raises OSError where one cannot look: a trace may lie there."""
    found: list[Path] = []
    for place, folders, names in os.walk(top, onerror=raised):
        folders[:] = [name for name in folders if name != LOST]
        found += (path for path in map(Path(place).joinpath, names) if path.is_file())
    return sorted(found)


def held(file: Path, sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sentences that a file holds, however it is encoded, escaped or packed."""
    texts = list(texts_in(file.read_bytes(), str(file))) if sentences else []
    return tuple(sentence for sentence in sentences if any(sentence in text for text in texts))


def texts_in(data: bytes, shown: str, depth: int = 3) -> Iterator[str]:
    """Yield what a file says, white space aside: as it stands, unescaped, and what is packed in it."""
    for part in unpacked(data) if depth else ():
        yield from texts_in(part, shown, depth - 1)
    try:
        text = Capture(data, shown).text
    except ContentError:
        text = data.decode("utf-8", "replace")
    plain = text
    for _ in range(2):  # JSON in JSON, XML in XML
        plain = html.unescape(JSON_ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), plain))
        plain = plain.replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\")
    for said in (text, plain, re.sub(r"<[^<>]*>", "", plain), unquote(plain)):
        yield ink(said)


def unpacked(data: bytes) -> Iterator[bytes]:
    """Yield what is packed in some bytes: archives, compressed streams, base64 and quoted-printable mail."""
    if data.startswith(b"PK\x03\x04"):
        yield from zip_parts(data)
    elif data.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ")) or data[257:262] == b"ustar":
        yield from stream_parts(data)
    elif len(data) <= MAX_UNPACKED:
        for run in BASE64.findall(data):
            with suppress(ValueError):
                yield base64.b64decode(b"".join(run.split()))
        if QUOTED.search(data):
            yield quopri.decodestring(data)


def stream_parts(data: bytes) -> Iterator[bytes]:
    """Yield what a compressed stream holds, and the files of a tar archive."""
    for opened in (gzip.open, bz2.open, lzma.open):
        with suppress(*UNSOUND), opened(BytesIO(data)) as stream:
            yield stream.read(MAX_UNPACKED)
    with suppress(*UNSOUND), tarfile.open(fileobj=BytesIO(data)) as archive:
        for member in archive:
            part = archive.extractfile(member) if member.isfile() else None
            yield part.read(MAX_UNPACKED) if part else b""


def zip_parts(data: bytes) -> Iterator[bytes]:
    """Yield the files of a zip archive, as far as they are reasonable."""
    left = MAX_UNPACKED
    with suppress(*UNSOUND), zipfile.ZipFile(BytesIO(data)) as archive:
        for entry in archive.infolist():
            with archive.open(entry) as stream:
                part = stream.read(max(0, left))
            left -= len(part)
            yield part
