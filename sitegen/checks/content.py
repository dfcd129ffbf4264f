"""The checks of content that every build runs. Each yields findings: (code, field it is about, words to fill in)."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Final
from urllib.parse import unquote

from sitegen.checks.marks import marks_in, mojibake_in, private_letter_in, run_on_in, run_on_lines, unread_in
from sitegen.checks.persons import mobile_number_in, resident_number_in
from sitegen.clean.address import picture_name
from sitegen.clean.hidden import SHOWN
from sitegen.clean.reading import WORDS_LOST
from sitegen.clean.rules.links import DEAD_ADDRESS
from sitegen.clean.rules.pictures import LEFT_BEHIND
from sitegen.clean.tree import excerpt
from sitegen.config import Config
from sitegen.languages import HANGUL, is_hardly_korean, primary_language
from sitegen.model import Article, BodyFormat, Indexing, Kind, NoticeKind
from sitegen.problems import Problem, Severity, Where
from sitegen.runtime.late import Late
from sitegen.runtime.spans import STEP, timed
from sitegen.site.changes import moment_of
from sitegen.site.entry import Settled
from sitegen.terms import KOGL_0_SINCE, TERMS, UNKNOWN, is_closed_to_changes, is_closed_to_trade

MAX_BOLD_SHARE: Final = 0.3
MAX_KEYS: Final = 12
LETTER: Final = re.compile(r"\(U\+([0-9A-F]{4,6})\)")
WORD: Final = re.compile(r"[\w%./:-]{2,}")
# What may stand between two words of a text that was put on one line.
BETWEEN: Final = r"(?:\s|<[^<>]*>)+"
TOLD: Final = frozenset({"missing-picture", WORDS_LOST, DEAD_ADDRESS, SHOWN})
# A KOGL type in another spelling: 공공누리 제1유형, KOGL1, kogl type 4.
VERSION: Final = re.compile(r"\d+(?:\.\d+)*")
KOGL_NUMBER: Final = re.compile(r"(?:공공\s*누리|KOGL)\D{0,8}([0-4])(?!\d)", re.IGNORECASE)
# A contribution or interview, as titles announce it; and what rights holders write below their own texts.
COLUMN: Final = re.compile(r"(?:^|[\[(<【〈《])\s*(?:특별\s?|외부\s?)?(?:기고문?|칼럼|인터뷰)\s*(?=[\])>】〉》:]|$)")
# `다만 © 사진의 경우` names no holder, but what the mark is of.
THIRD_PARTY: Final = Late(
    r"무단\s?(?:전재|복제)|저작권자\s?[ⓒ©(:]"
    r"|[ⓒ©]\s?(?!(?:사진|텍스트|이미지|영상)(?:(?:[은는의이가과와을를도]|에|에는)(?![가-힣])|\s*(?:[^\s=:：가-힣A-Za-z]|$)))(?P<holder>[가-힣A-Za-z]+)"
)
AGENCY_PHOTO: Final = Late(
    r"(?:사진|그림|이미지|영상)\s?(?:제공)?\s?[=:：]\s?"
    r"(?:연합뉴스|뉴시스|뉴스1|뉴스원|게티이미지|셔터스톡|이미지투데이|클립아트코리아|로이터|(?:AP|AFP|EPA)(?![A-Za-z]))"
)
CREDIT_START: Final = re.compile(r"\W*(?:[가-힣]{2}\s?)?출\s?처\s*[:：=]")
THIRD_HINTS: Final = ("무단", "저작권자", "ⓒ", "©")
FURNITURE: Final = ("본문 바로가기", "댓글 운영원칙", "운영원칙 열기", "이전다음기사 영역", "콘텐츠 영역")
POLICY: Final = "저작권정책"  # alone on its line; a ministry has an office of that name

Finding = tuple[str, str, dict[str, str]]
Check = Callable[[Settled, Config], Iterator[Finding]]


def check_source(settled: Settled, _config: Config) -> Iterator[Finding]:
    """SRC001–SRC004, SRC008, SRC009: every article names one source and leads to the original, by a clean address."""
    source = settled.entry.article.source
    if not source.name:
        yield "SRC001", "source", {}
        return
    if settled.root_address:
        yield "SRC003", "source.url", {"url": settled.root_address}
    elif not source.url:
        yield "SRC002", "source.url", {}
    if settled.tracking:
        yield "SRC004", "source.url", {"params": ", ".join(settled.tracking)}
    if settled.rivals:
        credited, ruled = settled.rivals
        yield "SRC008", "source", {"credited": credited, "ruled": ruled}
    gone = (removal.excerpt for removal in settled.body.removals if removal.rule.startswith("promo-"))
    lost = next((words for words in gone if CREDIT_START.match(words)), "")
    if lost:
        yield "SRC009", "body", {"match": lost}


def check_agency(settled: Settled, _config: Config) -> Iterator[Finding]:
    """SRC006: a press release names the agency that made it; the law asks for it in every credit."""
    article = settled.entry.article
    if article.kind is Kind.PRESS_RELEASE and not article.agencies:
        yield "SRC006", "kind", {}


def check_title(settled: Settled, _config: Config) -> Iterator[Finding]:
    """FM008: an article has a title; nothing can be listed or credited without one."""
    if not settled.entry.article.title:
        yield "FM008", "title", {}


def check_notice(settled: Settled, _config: Config) -> Iterator[Finding]:
    """FM009: whoever reads that an article was replaced wants to know by which."""
    notice = settled.entry.article.notice
    if notice is not None and notice.kind is NoticeKind.REPLACED and not notice.replaced_by:
        yield "FM009", "notice", {}


def check_date(settled: Settled, _config: Config) -> Iterator[Finding]:
    """DATE001: an article has the date of the original; without one it stands under /undated/."""
    if settled.entry.article.published is None:
        yield "DATE001", "date", {}


def check_days(settled: Settled, config: Config) -> Iterator[Finding]:
    """DATE004: what was done to an article after publication has its day; one still to come would lead every list."""
    article = settled.entry.article
    for field, moment in dated_acts(article, config.timezone):
        if moment > config.now:
            yield "DATE004", field, {"field": field, "value": f"{moment:%Y-%m-%d}"}


def check_acts(settled: Settled, config: Config) -> Iterator[Finding]:
    """DATE005: an article is corrected, or withdrawn, on its day or later; an earlier day is a slip."""
    article, early = settled.entry.article, settled.early_update
    if article.published is None:
        return
    acts = [*dated_acts(article, config.timezone), *([("updated", early)] if early is not None else [])]
    for field, moment in acts:
        if moment.date() < article.published.astimezone(moment.tzinfo).date():
            yield "DATE005", field, {"field": field, "value": f"{moment:%Y-%m-%d}"}


def dated_acts(article: Article, zone: tzinfo) -> list[tuple[str, datetime]]:
    """Return the dated acts after an article's publication, by the fields that tell of them."""
    notice = [article.notice.date] if article.notice else []
    days = [("notice", day) for day in notice] + [("corrections", one.date) for one in article.corrections]
    found = [(field, moment) for field, day in days if (moment := moment_of(day, zone)) is not None]
    return [*found, ("updated", article.updated)] if article.updated is not None else found


def check_licence(settled: Settled, config: Config) -> Iterator[Finding]:
    """LIC001–LIC004, LIC010, LIC014, LIC017: the licence is known, proven, and allows what this site does."""
    entry = settled.entry
    licence, article = entry.licence, entry.article
    for medium in article.media:
        if medium.license and medium.license not in TERMS:
            yield "LIC002", "media", {"id": f"{medium.license} ({medium.src})", "known": meant_by(medium.license)}
    if licence.id not in TERMS:
        yield "LIC002", "license", {"id": licence.id, "known": meant_by(licence.id)}
        return
    field, mark = settled.mark
    if settled.conflicting:
        yield "LIC004", field, {"found": ", ".join(settled.conflicting), "match": mark}
    elif settled.denied:
        yield "LIC017", field, {"match": settled.denied}
    elif licence.id == UNKNOWN:
        yield "LIC001", "license", {}
    elif licence.evidence is None and article.licence is not None:
        yield "LIC003", "license", {}
    if is_closed_to_trade(TERMS[licence.id]) and config.commercial:
        yield "LIC010", "license", {"id": licence.id}
    is_early = article.published is not None and article.published.date() < KOGL_0_SINCE
    if licence.id == "KOGL-0" and is_early and licence.evidence is None:
        yield "LIC014", "license", {}


def meant_by(written: str) -> str:
    """Return the licence that a name nobody knows may stand for, or all there are; no other version of one."""
    number = KOGL_NUMBER.search(written)
    if number:
        return f"KOGL-{number[1]}"
    from difflib import get_close_matches  # noqa: PLC0415  only now

    versions = VERSION.findall(written)
    same = [name for name in TERMS if versions in ([], VERSION.findall(name))]
    near = get_close_matches(written.upper().replace(" ", "-"), same, 1, 0.75)
    return near[0] if near else " | ".join(name for name in TERMS if name != UNKNOWN)


def check_rights(settled: Settled, _config: Config) -> Iterator[Finding]:
    """LIC012, LIC013, LIC015: what a text's licence does not cover: photographs, and what somebody else wrote in it."""
    entry = settled.entry
    unshown = [("body", removal.excerpt) for removal in settled.body.removals if removal.rule == "unlicensed-picture"]
    if settled.unshown_lead:
        unshown.append(("image", excerpt(unquote(settled.unshown_lead))))
    for field, src in unshown:
        is_closed = any(excerpt(name) == excerpt(picture_name(src)) for name in settled.closed_pictures)
        yield "LIC015" if is_closed else "LIC012", field, {"src": src}
    if entry.licence.id.startswith("KOGL-"):
        column = COLUMN.search(entry.article.title)
        text = settled.body.text
        mark = column or mark_of_another(text, entry.article)
        if mark is None and any(image.shown for image in settled.body.images):
            mark = AGENCY_PHOTO.pattern.search(text)
        if mark:
            yield "LIC013", "title" if column else "body", {"match": mark[0].strip()}


def mark_of_another(text: str, article: Article) -> re.Match[str] | None:
    """Return the first mark of a rights holder in a text that is none of those whom its credit names."""
    if not any(hint in text for hint in THIRD_HINTS):
        return None
    own = (*article.agencies, article.source.name)
    marks = THIRD_PARTY.pattern.finditer(text)
    return next((mark for mark in marks if not mark["holder"] or mark["holder"] not in own), None)


def check_own_files(settled: Settled, _config: Config) -> Iterator[Finding]:
    """LIC016: a file that this site keeps itself has terms of its own; a text's licence speaks of the text."""
    yield from (("LIC016", "attachments", {"src": src}) for src in settled.untold_files)


def check_verbatim(settled: Settled, _config: Config) -> Iterator[Finding]:
    """LIC011, VERB001, VERB002: a work that may not be changed is shown only when its text is proven unchanged."""
    entry = settled.entry
    if entry.licence.id not in TERMS or not is_closed_to_changes(TERMS[entry.licence.id]) or not entry.link_only:
        return
    if entry.article.kind is Kind.DERIVED:
        yield "LIC011", "kind", {"id": entry.licence.id}
    elif settled.forbidden:
        yield "VERB002", "license", {"rules": ", ".join(settled.forbidden)}
    else:
        yield "VERB001", "source.text_sha256", {"found": settled.text_sha256}


def check_body(settled: Settled, _config: Config) -> Iterator[Finding]:
    """BODY001–BODY003, BODY006: there is something to read, without gaps."""
    body, article = settled.body, settled.entry.article
    if not (body.text or article.summary or article.attachments or article.notice):
        yield "BODY001", "body", {}
    if article.origin.unplaced:
        yield "BODY003", "import.unplaced", {"count": str(article.origin.unplaced)}
    rules = frozenset([use.rule for use in settled.entry.provenance.rules])
    furniture = next((phrase for phrase in FURNITURE if phrase in body.text), "")
    if not furniture and POLICY in body.text and POLICY in body.text.split("\n"):
        furniture = POLICY
    if furniture:
        yield "BODY002", "body", {"match": furniture}
    if "too-deep" in rules:
        yield "BODY006", "body", {"depth": "64"}


def check_losses(settled: Settled, _config: Config) -> Iterator[Finding]:
    """BODY009, BODY011, BODY013, FILE003, FILE010: what cleaning could not carry over as it was is told."""
    rules = [use.rule for use in settled.entry.provenance.rules]
    if settled.missing_lead:
        yield "FILE003", "image", {"src": settled.missing_lead}
    for removal in settled.body.removals if not TOLD.isdisjoint(rules) else ():
        if removal.rule == "missing-picture":
            is_left = removal.excerpt.lower().startswith(LEFT_BEHIND)
            yield "FILE010" if is_left else "FILE003", "body", {"src": removal.excerpt}
        elif removal.rule == WORDS_LOST:
            yield "BODY009", "body", {"match": removal.excerpt}
        elif removal.rule == DEAD_ADDRESS:
            yield "BODY011", "body", {"src": removal.excerpt}
        elif removal.rule == SHOWN:
            yield "BODY013", "body", {"match": removal.excerpt}


def check_imported_head(settled: Settled, _config: Config) -> Iterator[Finding]:
    """FM010: what a post's head said beside what a content file keeps is looked at once more."""
    keys = settled.entry.article.origin.unread_keys
    if keys:
        yield "FM010", "import.unplaced", {"keys": ", ".join(keys[:MAX_KEYS])}


def check_letters(settled: Settled, _config: Config) -> Iterator[Finding]:
    """BODY004, BODY007: title and text are in sound characters that everybody sees."""
    for field, text in (("title", settled.entry.article.title), ("body", settled.body.text)):
        if broken := mojibake_in(text):
            yield "BODY004", field, {"match": broken}
        if private := private_letter_in(text):
            yield "BODY007", field, {"match": private}


def check_marks(settled: Settled, _config: Config) -> Iterator[Finding]:
    """BODY008, BODY010, BODY012: marks of other generators, of Markdown and of outlines do not stand as text."""
    body, article = settled.body, settled.entry.article
    rules = frozenset([use.rule for use in settled.entry.provenance.rules])
    for mark in marks_in(body, rules):
        yield "BODY008", "body", {"match": mark}
    for found in unread_in(body):
        yield "BODY012", "body", {"match": found}
    run_on = run_on_in(body.text) if article.body_format is not BodyFormat.GOV_OUTLINE else ""
    if run_on:
        yield "BODY010", "body", {"match": run_on[:40]}


def check_readability(settled: Settled, _config: Config) -> Iterator[Finding]:
    """A11Y001–A11Y003: emphasis means something, pictures have words, tables have heads."""
    body = settled.body
    if settled.entry.link_only:
        return
    if body.bold_share > MAX_BOLD_SHARE:
        yield "A11Y001", "body", {"percent": f"{body.bold_share * 100:.0f}"}
    for image in body.images:
        if image.shown and not image.alt:
            yield "A11Y002", "body", {"src": image.src}
    if body.bare_tables:
        yield "A11Y003", "body", {"count": str(body.bare_tables)}


def check_language(settled: Settled, _config: Config) -> Iterator[Finding]:
    """A11Y004: a text is in the language that its page says; no voice reads English out as Korean."""
    is_assumed_korean = primary_language(settled.assumed_language) == "ko"
    if is_assumed_korean and not HANGUL.search(settled.entry.article.title) and is_hardly_korean(settled.body.text):
        yield "A11Y004", "lang", {}


def check_persons(settled: Settled, _config: Config) -> Iterator[Finding]:
    """PII001, PII002: nobody's resident number is published; mobile numbers are looked at again."""
    said = list(said_by(settled))
    whole = "\n".join([text for _, text in said])  # nearly always there is nothing to find a field for
    if resident_number_in(whole):
        field, number = first_in(said, resident_number_in)
        yield "PII001", field, {"match": f"{number[:7]}*******"}
    if mobile_number_in(whole):
        field, number = first_in(said, mobile_number_in)
        yield "PII002", field, {"match": number}


def first_in(said: list[tuple[str, str]], number_in: Callable[[str], str]) -> tuple[str, str]:
    """Return the first field that says a number, and the number."""
    return next(((field, number) for field, text in said if (number := number_in(text))), ("body", ""))


def said_by(settled: Settled) -> Iterator[tuple[str, str]]:
    """Yield what an article's page says, with the field that says it."""
    article = settled.entry.article
    yield "title", article.title
    yield "subtitle", article.subtitle
    yield "description", article.summary
    yield "body", settled.body.text
    yield from said_beside(article)


def said_beside(article: Article) -> Iterator[tuple[str, str]]:
    """Yield what a page says besides title and text, with the field that says it."""
    yield "source.statement", article.source.statement
    yield "notice", article.notice.reason if article.notice else ""
    yield from (("tags", tag) for tag in article.tags)
    yield from (("attachments", attachment.label) for attachment in article.attachments)
    yield from (("corrections", correction.text) for correction in article.corrections)
    yield from (("contacts", f"{contact.org} {contact.unit} {contact.tel}") for contact in article.contacts)
    edits = (edit for revision in article.origin.revisions for edit in revision.edits)
    yield from (("import", f"{edit.old} {edit.new}") for edit in edits)


def check_indexing(settled: Settled, _config: Config) -> Iterator[Finding]:
    """SEO001: a verbatim copy is kept out of search engines, as they ask of republishers."""
    if settled.entry.indexing is Indexing.SELF and settled.entry.article.kind is not Kind.DERIVED:
        yield "SEO001", "source", {}


def check_address(settled: Settled, _config: Config) -> Iterator[Finding]:
    """URL002: the article has an address that stays inside the site."""
    if settled.address_error:
        article = settled.entry.article
        field = "permalink" if article.permalink else "slug"
        yield "URL002", field, {"value": article.permalink or article.slug, "reason": settled.address_error}


CHECKS: Final[tuple[Check, ...]] = (
    check_title,
    check_source,
    check_agency,
    check_date,
    check_days,
    check_acts,
    check_licence,
    check_rights,
    check_own_files,
    check_verbatim,
    check_body,
    check_losses,
    check_imported_head,
    check_letters,
    check_marks,
    check_readability,
    check_language,
    check_persons,
    check_indexing,
    check_address,
)
PAGE_CHECKS: Final = (
    check_title,
    check_body,
    check_losses,
    check_letters,
    check_marks,
    check_language,
    check_persons,
    check_address,
)
NOTICE_CHECKS: Final = (check_title, check_notice, check_days, check_acts, check_persons, check_address)


@timed(STEP, "check")
def check_content(settled: Settled, config: Config, written: str = "") -> list[Problem]:
    """Return what the checks find in one article. Of a withdrawn one only title, day, address and persons.

    `written` is its body as it stands in the file, where findings have their place.
    """
    article = settled.entry.article
    asked = NOTICE_CHECKS if article.notice else CHECKS
    found = [finding for check in asked for finding in check(settled, config)]
    if (run_on := run_on_lines(written, settled)) and not any(code == "BODY010" for code, _, _ in found):
        found.append(("BODY010", "body", {"match": run_on}))
    return [
        config.finding(code, place_of(article, field, written, details), article.path, **details)
        for code, field, details in found
    ]


def check_page(settled: Settled, config: Config, written: str = "") -> list[Problem]:
    """Return what the checks find in a static page: it has no source of its own."""
    article = settled.entry.article
    return [
        config.finding(code, place_of(article, field, written, details), article.path, **details)
        for check in PAGE_CHECKS
        for code, field, details in check(settled, config)
    ]


def place_of(article: Article, field: str, written: str, details: Mapping[str, str]) -> Where:
    """Return where a finding is to be mended: the field, the place in the body, or the body's first line."""
    if field != "body":
        return article.where_is(field)
    shown = details.get("match") or details.get("src", "")
    before = written[: position_of(shown, written)] if shown else ""
    column = len(before) - before.rfind("\n")
    return Where(path=article.where.path, line=article.body_line + before.count("\n"), column=column)


def position_of(shown: str, written: str) -> int:
    """Return where in a body as written stands what a finding shows of it, or 0 where that cannot be told.

    What is shown was cleaned, put on one line, written in per cent, cut off, or hidden in part: then its longest word
    tells the place.
    """
    letter = LETTER.search(shown)
    wanted = chr(int(letter[1], 16)) if letter else shown.rstrip("*…")
    if wanted in written:
        return written.index(wanted)
    for form in (wanted, unquote(wanted)):
        words = form.split()
        if words and (found := re.search(BETWEEN.join(map(re.escape, words)), written)):
            return found.start()
    word = max((word for word in WORD.findall(shown) if any(map(str.isalnum, word))), key=len, default="")
    return max(written.find(word), 0) if word else 0


def waiting_for(article: Article, now: datetime) -> datetime | None:
    """Return the time an article waits for (its date or embargo, whichever is later), or None when it may be shown."""
    moments = [moment for moment in (article.published, article.embargo_until) if moment is not None]
    latest = max(moments, default=None)
    return latest if latest is not None and latest > now else None


def not_yet(article: Article, until: datetime, now: datetime) -> Problem:
    """Return the note that an article is left out until its time."""
    field = "embargo_until" if article.embargo_until == until else "date"
    return Problem(
        code="DATE002",
        severity=Severity.NOTE,
        where=article.where_is(field),
        details=(("when", f"{until:%Y-%m-%d %H:%M}"), ("now", f"{now:%Y-%m-%d %H:%M}")),
    )
