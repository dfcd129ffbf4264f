"""Captured text → the licence its marks prove. Only explicit marks count; two different ones prove nothing."""

import html
import re
from typing import Final

from sitegen.model import Evidence, Licence
from sitegen.runtime.late import Late
from sitegen.terms import Terms, is_closed_to_changes, is_closed_to_trade

# The address of a KOGL notice, the file name of its picture, or the type named in words.
IN_ADDRESS: Final = r"licenseType(?P<page>[0-4]|Ai)\.do|img_opentype0(?P<picture>[0-4])"
NAMED: Final = r"공공누리[\"'”’」』>)\]*_]{0,3}\s?(?:\(KOGL\)|마크)?[\"'”’」』*_]{0,3}\s{0,3}[-–:]?\s?[*_]{0,3}제?\s?"
MARK: Final = re.compile(rf"{IN_ADDRESS}|{NAMED}(?P<words>[0-4])\s?유형")
# Another type that the same words name: `제1유형부터 제4유형까지`, `제4유형을 제1유형으로`.
ANOTHER: Final = re.compile(r"[^.!?\n0-9]{0,24}?제\s?(?P<words>[0-4])\s?유형")
# A type in words is a mark where a notice says it: `제1유형의 조건에 따라 이용할 수 있습니다`, …
USED: Final = r"(?:이용|사용|활용|쓸|쓴|가능|허락)"
OF_NOTICE: Final = Late(
    rf"[^.!?\n]{{0,60}}?(?:(?:따라|의거|의해)[^.!?\n]{{0,40}}?{USED}|따릅|따르[며고]|따름|적용(?:됩|되|받)"
    r"|(?:이용|사용|활용)\s?(?:이|할|하실|하시|가능|됩|되))(?!\s?(?:할|하실|될|이|은)?\s?(?:수\s?(?:는|가)?\s?없|불가|금지))"
    r"|으로 개방한[^\n]{0,250}?이용하였"  # the credit that the licence itself asks for
)
# … or, where the sentence is about this text by name, in so many words;
A_TEXT: Final = r"(?:저작물|자료|게시물|콘텐츠|글|기사|내용|보도자료)"
OF_THIS: Final = Late(rf"(?:본|이|해당|위)\s?(?:[가-힣]{{0,6}}\s)?{A_TEXT}[은는]\s[^.!?\n]{{0,30}}\Z")
SAID: Final = Late(
    r"[^.!?\n]{0,60}?(?:적용(?:합|한|된|됐)|해당(?:합|하는|함)|(?:개방|제공|공개)(?:합|됩|한 (?:저작물|자료)|된))"
    r"(?![^.!?\n]{0,20}?(?:아니|아닙|않))"
)
# … unless what is used is something else (`박물관 사진을`), all that has the type, or a novelty.
OBJECT: Final = Late(
    rf"(?P<this>(?:본|이|해당|위)\s?)?(?P<noun>[가-힣A-Za-z0-9]+)[을를]\s+(?:[\W_]{{0,3}}\Z|(?:[가-힣]+\s+)?{USED})"
)
OWN_OBJECT: Final = re.compile(
    rf"(?:{A_TEXT}|출처|표시|저작자|저작권자|조건|변경|뉴스|본문|텍스트|원문|전문|정책|이)\Z"
)
OF_OTHERS: Final = Late(
    rf"\s?{A_TEXT}을\s|[^.!?\n]{{0,30}}?(?:따라|의거|의해)\s?(?:개방|공개|제공)(?:된|한)\s"
    r"|[^.!?\n]{0,90}?(?:이용|사용|활용|쓸)\w{0,3}\s?수\s?있(?:게\s|도록\s(?:했|하였|한다고|할))"
)
CREDIT: Final = "으로 개방한"  # begins the credit that the licence asks for; the title in it may say anything
# what else a sentence may be about: whatever is named before the mark and is not called a text.
TOPIC: Final = Late(r"[가-힣A-Za-z0-9)]+?[은는](?=[\s「『<(“\"'‘*])")
TEXTS: Final = re.compile(rf"(?<!공공)(?:{A_TEXT}|뉴스|정책|이용|브리핑|텍스트|본문)[은는]\Z")
# `제1유형이 적용된 저작물은`: all that have it.
OTHERS: Final = re.compile(r"[^.!?\n]{0,20}?(?:이|가)?\s?적용된\s?(?:[가-힣]{0,6}\s)?[가-힣]+[은는]")
# … or a line that is nothing else: these are left out, and nothing may be left.
ALONE: Final = Late(
    r"[\W_]+|(?:본|이|해당)\s?(?:저작물|자료|게시물|콘텐츠|글)[은는]?|이용\s?(?:조건|허락)|저작권|라이선스|공공저작물|공공누리|KOGL"
    r"|제?\s?[0-4]\s?유형|출처\s?표시|(?:비상업적?|상업적?)\s?이용(?:\s?금지)?|변경(?:\s?등)?(?:\s?금지)?|자유\s?이용|조건|마크|입니다|적용|가능|및|비?영리"
)
# What makes a type in words no mark of this text: it is denied, planned or reported, or it is that of something else.
DENIED: Final = Late(
    r"(?:(?!따라|따르|자유롭게|조건)[^.!?\n]){0,24}?(?:제외|아니|아닌|아닐|아닙|아님|폐지|취소|철회|해제|중단|않|못)"
    r"|[^.!?\n]{0,90}?(?:[다라]고\s*(?:밝|말|설명|전했|덧붙|강조|발표)"
    r"|(?:할|하는|될)\s*(?:계획|방안|방침|예정)|[하되]기로|추진|검토|권고|논의|(?:개방|공개|신설|전환|확대)(?:했|하였|됐|되었))"
)
OF_ANOTHER: Final = Late(
    r"(?:안내서|지침서|책자|자료집|백서|교재|사진|영상|이미지|지도|데이터|통계표|서체|글꼴|포스터|누리집|홈페이지)(?:\s?저작물)?"
    r"(?:\s?[\d천만백,]+\s?(?:여\s?)?[점건장종개])?"
    r"(?:[은는이가을를도만에의]|에[는도만]|만[은이]|\s?[:：(])\s?[^.!?\n]{0,24}\Z"
)
# What says of this text that it is not free, whatever the site's rule for its source says.
CLOSED: Final = Late(
    r"(?:이|본|해당)\s?(?:저작물|자료|게시물|콘텐츠|보도자료|글|기사)[은는]\s[^.!?\n]{0,30}?"
    r"(?P<words>(?:자유\s?이용|공공누리)(?:\s?허락)?\s?(?:(?:적용\s?)?대상|적용)?\s?(?:에서|이|가|은|는)?\s?"
    r"(?:제외|아니|아닙|아님|아닌|불가|할\s?수\s?없|되지\s?않|해당하지\s?않)\w*)"
)
# What forbids any use: a feed or a page says so of all that it carries.
RESERVED: Final = Late(r"무단\s?(?:전재|복제|배포|사용)[^.!?\n]{0,30}?금[지하합]|all rights reserved", re.IGNORECASE)
# Words that name closed terms, whether or not they prove them: in doubt what is closed stays closed.
CLOSING_TERMS: Final = Late(
    r"(?:공공누리|KOGL)[^.!?\n0-9]{0,16}?(?P<kogl>[2-4])\s?유형|KOGL[\s-]{0,2}(?:Type)?[\s-]{0,2}(?P<type>[2-4])(?!\d|\.\d)"
    r"|(?:공공누리|KOGL)[^.!?\n]{0,24}?(?P<terms>(?:상업적?\s?이용|변경)\s?금지(?:[\s+,·/]{0,3}(?:상업적?\s?이용|변경)\s?금지)?)"
    r"|CC[\s/_-]{0,2}BY(?P<marks>(?:[\s_-]{1,2}(?:NC|ND|SA)){1,3})\b"
    r"|크리에이티브\s?커먼[즈스][^.!?\n]{0,24}?(?P<named>(?:비영리|변경\s?금지)(?:[\s+,·/-]{0,3}변경\s?금지)?)",
    re.IGNORECASE,
)
# A picture's credit names such terms, and so does news of them: what stands before or behind them tells a notice.
SAYS_THIS: Final = Late(
    rf"(?:본|이|해당|위)\s?(?:[가-힣]{{0,6}}\s)?{A_TEXT}[은는]\s|this (?:article|text|post|page|document|release)\b"
    r"|licen[cs]ed under",
    re.IGNORECASE,
)
GIVES: Final = Late(
    r"[^.!?\n]{0,60}?(?:(?:저작물|자료|콘텐츠|글)(?:입니다|임)|적용(?:합|됩|된|되)|조건에|따라\s|표시된|해당합|으로\s?(?:개방|공개|제공))"
)
OF_PICTURE: Final = Late(r"사진|그림|이미지|영상|제공|photo|image|picture", re.IGNORECASE)
CLOSING_HINTS: Final = ("공공누리", "KOGL", "kogl", "BY", "by-n", "크리에이티브")
LOOKED_BACK_CHARS: Final = 60  # before a type in words
MAX_ALONE_CHARS: Final = 120  # of a line that is nothing but a mark
HINTS: Final = ("licenseType", "img_opentype", "공공누리")  # without one of these there is no mark to look for
COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
TAG: Final = re.compile(r"<(?P<name>/?[A-Za-z][A-Za-z0-9]*+)[^<>]*+>")
ALT: Final = re.compile(r"\salt=[\"']([^\"']*)")
INLINE: Final = frozenset({"a", "abbr", "b", "em", "font", "i", "mark", "small", "span", "strong", "sub", "sup", "u"})


def kogl_marks(text: str) -> tuple[tuple[str, str], ...]:
    """Return every (licence id, mark as written) in `text`, one of each id, in order; the AI mark is `AI`.

    `text` may hold markup: of it count the addresses and the words for pictures. Comments do not count.
    """
    found: dict[str, str] = {}
    if not any(hint in text for hint in HINTS):
        return ()
    text = seen_in(text)
    read = 0  # how far the types beside a mark have been read: many marks in a row are read once
    for mark in MARK.finditer(text):
        if mark["words"] and not is_said_of_this(text, mark):
            continue
        number = mark["page"] or mark["picture"] or mark["words"]
        found.setdefault("AI" if number == "Ai" else f"KOGL-{number}", mark[0])
        beside = ANOTHER.match(text, mark.end()) if mark["words"] and mark.end() > read else None
        while beside is not None:
            found.setdefault(f"KOGL-{beside['words']}", beside[0])
            read = beside.end()
            beside = ANOTHER.match(text, read)
    return tuple(found.items())


def seen_in(text: str) -> str:
    """Return what readers and links say: a line a block, without comments and tags but for their marks."""
    return html.unescape(TAG.sub(said_by_tag, COMMENT.sub("", text)))


def said_by_tag(tag: re.Match[str]) -> str:
    """Return what stands for a tag: the marks in it and the words for a picture, or the end of a line."""
    marks = [found[0] for found in MARK.finditer(tag[0])] if "licenseType" in tag[0] or "opentype" in tag[0] else []
    alt = ALT.search(tag[0])
    if not marks and alt is None:
        return "" if tag["name"].lstrip("/").lower() in INLINE else "\n"
    return "\n".join(("", *marks, alt[1] if alt else "", ""))


def is_said_of_this(text: str, mark: re.Match[str]) -> bool:
    """Return whether a type named in words is said to be this text's: by a notice, or alone on its line."""
    start, end = text.rfind("\n", 0, mark.start()) + 1, text.find("\n", mark.end())
    line = text[start : end if end >= 0 else len(text)]
    if len(line) <= MAX_ALONE_CHARS and not ALONE.pattern.sub("", line):
        return True
    if is_of_another(text, mark):
        return False
    before = before_of(text, mark)
    is_of_this = OF_THIS.pattern.search(before) is not None
    if is_of_this and SAID.pattern.match(text, mark.end()):
        return True
    notice = OF_NOTICE.pattern.match(text, mark.end())
    return notice is not None and (is_of_this or notice[0].startswith(CREDIT) or not is_of_others(before, notice))


def is_of_another(text: str, mark: re.Match[str]) -> bool:
    """Return whether a sentence is about something else than this text, or denies, plans or reports what it names."""
    before = before_of(text, mark)
    topics = TOPIC.pattern.findall(before)
    if topics and not TEXTS.search(topics[-1]):
        return True
    is_denied = DENIED.pattern.match(text, mark.end()) or OTHERS.match(text, mark.end())
    return bool(is_denied or OF_ANOTHER.pattern.search(before))


def before_of(text: str, mark: re.Match[str]) -> str:
    """Return what stands before a mark in its sentence, as far as is looked back."""
    return re.split(r"[.!?\n]\s", text[max(0, mark.start() - LOOKED_BACK_CHARS) : mark.start()])[-1]


def is_of_others(before: str, notice: re.Match[str]) -> bool:
    """Return whether a notice speaks of other works than this text: they are its object, or all that has the type."""
    objects = (found for words in (before, notice[0]) for found in OBJECT.pattern.finditer(words))
    is_another = any(not found["this"] and not OWN_OBJECT.search(found["noun"]) for found in objects)
    return is_another or OF_OTHERS.pattern.match(notice.string, notice.start()) is not None


def denied_in(text: str) -> str:
    """Return the words by which a text says that it is not free to use, or nothing."""
    found = CLOSED.pattern.search(seen_in(text)) if "자유" in text or "공공누리" in text else None
    return found["words"] if found else ""


def reserved_in(text: str) -> str:
    """Return the words by which a text forbids any use, or nothing: of an article's own terms, not of its body."""
    found = RESERVED.pattern.search(text)
    return found[0] if found else ""


def closing_words_in(text: str, terms: Terms) -> str:
    """Return the words by which a text names closed terms where `terms` permit more, or nothing.

    They need not prove a licence; but they must not be about something else.
    """
    if not any(hint in text for hint in CLOSING_HINTS):
        return ""
    text = seen_in(text)
    return next((mark[0] for mark in CLOSING_TERMS.pattern.finditer(text) if closes(mark, terms, text)), "")


def closes(mark: re.Match[str], terms: Terms, text: str) -> bool:
    """Return whether words name terms that forbid what others permit, and may be said of this text."""
    number = mark["kogl"] or mark["type"] or ""
    marks = (mark["marks"] or mark["named"] or "").upper()
    terms_named = mark["terms"] or marks
    closes_trade = number in ("2", "4") or any(word in terms_named for word in ("상업", "NC", "비영리"))
    closes_changes = number in ("3", "4") or any(word in terms_named for word in ("변경", "ND"))
    is_closer = (closes_trade and not is_closed_to_trade(terms)) or (closes_changes and not is_closed_to_changes(terms))
    before = before_of(text, mark)
    if not is_closer or is_of_another(text, mark):
        return False
    if SAYS_THIS.pattern.search(before) or (not marks and is_said_of_this(text, mark)):
        return True
    return not marks and bool(GIVES.pattern.match(text, mark.end())) and not OF_PICTURE.pattern.search(before)


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
