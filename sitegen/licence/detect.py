"""Captured text → the licence its marks prove. Only explicit marks count; two different ones prove nothing."""

import re
from typing import Final

from sitegen.model import Evidence, Licence

# The address of a KOGL notice, the file name of its picture, or the type named in words.
MARK: Final = re.compile(
    r"licenseType(?P<page>[0-4]|Ai)\.do|img_opentype0(?P<picture>[0-4])|공공누리\s?제?\s?(?P<words>[0-4])\s?유형"
)
# Another type that the same words name: `제1유형부터 제4유형까지`, `제4유형을 제1유형으로`.
ANOTHER: Final = re.compile(r"[^.!?\n0-9]{0,24}?제\s?(?P<words>[0-4])\s?유형")
HINTS: Final = ("licenseType", "img_opentype", "공공누리")  # without one of these there is no mark to look for


def kogl_marks(text: str) -> tuple[tuple[str, str], ...]:
    """Return every (licence id, mark as written) in `text`, one of each id, in order; the AI mark is `AI`."""
    found: dict[str, str] = {}
    text = text.replace("&nbsp;", " ")
    if not any(hint in text for hint in HINTS):
        return ()
    read = 0  # how far the types beside a mark have been read: many marks in a row are read once
    for mark in MARK.finditer(text):
        number = mark["page"] or mark["picture"] or mark["words"]
        found.setdefault("AI" if number == "Ai" else f"KOGL-{number}", mark[0])
        beside = ANOTHER.match(text, mark.end()) if mark["words"] and mark.end() > read else None
        while beside is not None:
            found.setdefault(f"KOGL-{beside['words']}", beside[0])
            read = beside.end()
            beside = ANOTHER.match(text, read)
    return tuple(found.items())


def detect_licence(text: str) -> tuple[Licence | None, tuple[str, ...]]:
    """Return the licence `text` proves, or None; and the ids in conflict when there are two."""
    marks = kogl_marks(text)
    types = [(identity, mark) for identity, mark in marks if identity != "AI"]
    if len(types) > 1:
        return None, tuple(identity for identity, _ in types)
    if not types:
        return None, ()
    identity, mark = types[0]
    evidence = Evidence(kind="page-mark", text=" ".join(mark.split()))
    return Licence(id=identity, ai=any(name == "AI" for name, _ in marks), evidence=evidence), ()
