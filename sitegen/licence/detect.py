"""Captured text → the licence its marks prove. Only explicit marks count; two different ones prove nothing."""

import re
from typing import Final

from sitegen.model import Evidence, Licence
from sitegen.runtime.late import Late

# The address of a KOGL notice, the file name of its picture, or the type named in words.
MARK: Final = re.compile(
    r"licenseType(?P<page>[0-4]|Ai)\.do|img_opentype0(?P<picture>[0-4])|공공누리\s?제?\s?(?P<words>[0-4])\s?유형"
)
# Another type that the same words name: `제1유형부터 제4유형까지`, `제4유형을 제1유형으로`.
ANOTHER: Final = re.compile(r"[^.!?\n0-9]{0,24}?제\s?(?P<words>[0-4])\s?유형")
# What makes a type in words no mark of this text: it is denied, planned or reported, or it is that of something else.
DENIED: Final = Late(
    r"(?:(?!따라|따르|자유롭게|개방[한된하])[^.!?\n]){0,24}?(?:제외|아니|아닌|아닐|아닙|아님|폐지|취소|철회|해제|중단|않|못)"
    r"|[^.!?\n]{0,90}?(?:[다라]고\s*(?:밝|말|설명|전했|덧붙|강조|발표)"
    r"|(?:할|하는|될)\s*(?:계획|방안|방침|예정)|[하되]기로|추진|검토|권고|논의)"
)
OF_ANOTHER: Final = Late(
    r"(?:안내서|지침서|책자|자료집|백서|교재|사진|영상|이미지|지도|데이터|서체|글꼴|포스터|누리집|홈페이지)(?:\s?저작물)?"
    r"(?:[은는이가을를도만에의]|에[는도만]|만[은이]|\s?[:：(])\s?[^.!?\n]{0,24}\Z"
)
LOOKED_BACK_CHARS: Final = 60  # before a type in words
HINTS: Final = ("licenseType", "img_opentype", "공공누리")  # without one of these there is no mark to look for


def kogl_marks(text: str) -> tuple[tuple[str, str], ...]:
    """Return every (licence id, mark as written) in `text`, one of each id, in order; the AI mark is `AI`."""
    found: dict[str, str] = {}
    text = text.replace("&nbsp;", " ")
    if not any(hint in text for hint in HINTS):
        return ()
    read = 0  # how far the types beside a mark have been read: many marks in a row are read once
    for mark in MARK.finditer(text):
        if mark["words"] and is_said_of_another(text, mark):
            continue
        number = mark["page"] or mark["picture"] or mark["words"]
        found.setdefault("AI" if number == "Ai" else f"KOGL-{number}", mark[0])
        beside = ANOTHER.match(text, mark.end()) if mark["words"] and mark.end() > read else None
        while beside is not None:
            found.setdefault(f"KOGL-{beside['words']}", beside[0])
            read = beside.end()
            beside = ANOTHER.match(text, read)
    return tuple(found.items())


def is_said_of_another(text: str, mark: re.Match[str]) -> bool:
    """Return whether a type named in words is not said to be this text's: the sentence denies or reports it."""
    before = text[max(0, mark.start() - LOOKED_BACK_CHARS) : mark.start()]
    return bool(DENIED.pattern.match(text, mark.end()) or OF_ANOTHER.pattern.search(before))


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
