"""The bytes of a file → its text → its head and its body."""

import re
from typing import Final

from sitegen.problems import place_of
from sitegen.read.faults import fail

BOM: Final = b"\xef\xbb\xbf"
MAX_HEAD_CHARS: Final = 1_000_000  # a head larger than this is not a head
YAML_END: Final = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
# A second document, as far as YAML's own reader would look for it.
DIRECTIVE: Final = re.compile(r"^%(?:YAML|TAG)\b.*$", re.MULTILINE)


def decode(data: bytes, path: str) -> str:
    """Return the text of a file: strict UTF-8, without its byte-order mark, with single line feeds."""
    try:
        text = data.removeprefix(BOM).decode()  # the codec `utf-8-sig` is Python's own code, and slow
    except UnicodeDecodeError as error:
        korean = looks_like_cp949(data)
        raise fail(
            "FM005",
            path,
            *place_of(error),
            byte=str(error.start + 1),
            hint_ko="CP949(EUC-KR) 글로 보입니다. UTF-8로 다시 저장해 주세요"
            if korean
            else "UTF-8로 다시 저장해 주세요",
            hint_en="it looks like CP949 (EUC-KR); save it as UTF-8" if korean else "save it as UTF-8",
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def looks_like_cp949(data: bytes) -> bool:
    """Return whether the bytes decode as CP949 into mostly Hangul."""
    try:
        text = data.decode("cp949")
    except UnicodeDecodeError:
        return False
    wide = [char for char in text if char > "\x7f"]
    return bool(wide) and sum("가" <= char <= "힣" for char in wide) * 2 > len(wide)


def split(text: str, end: re.Pattern[str], skipped: int) -> tuple[str, str, int] | None:
    """Return head, body and the body's first line, or None when no line like `end` closes the head."""
    first_line_end = text.find("\n")
    closing = end.search(text, first_line_end + 1) if first_line_end >= 0 else None
    if closing is None or closing.start() > MAX_HEAD_CHARS:
        return None
    body = text[closing.end() :].removeprefix("\n")
    line = skipped + text.count("\n", 0, closing.end()) + 2
    return text[first_line_end + 1 : closing.start()], body, line


def directive_in(body: str) -> re.Match[str] | None:
    """Return where a body begins a YAML document of its own, if it does."""
    return DIRECTIVE.search(body.partition("\n\n")[0]) if "%YAML" in body or "%TAG" in body else None
