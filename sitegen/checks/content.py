"""The checks of content that every build runs. Each yields findings: (code, field it is about, words to fill in)."""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, tzinfo
from itertools import islice
from typing import Final
from urllib.parse import unquote

from sitegen.clean.address import picture_name
from sitegen.clean.reading import WORDS_LOST
from sitegen.clean.rules.links import DEAD_ADDRESS
from sitegen.clean.tree import excerpt
from sitegen.config import Config
from sitegen.model import Article, BodyFormat, CleanBody, Indexing, Kind, NoticeKind
from sitegen.problems import Problem, Severity, Where
from sitegen.runtime.late import Late
from sitegen.runtime.spans import STEP, timed
from sitegen.site.changes import moment_of
from sitegen.site.entry import Settled
from sitegen.terms import KOGL_0_SINCE, TERMS, UNKNOWN, is_closed_to_changes, is_closed_to_trade

MAX_BOLD_SHARE: Final = 0.3
DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
RESIDENT_NUMBER: Final = re.compile(rf"(?<!\d)\d{{6}}\s?[{DASHES}]\s?[1-8]\d{{6}}(?!\d)")
COMPANY: Final = re.compile(r"(?:법인|사업자)\s?(?:등록)?\s?번호\s?[:：]?\s?$")
# Its end: a cheap look before the expensive one, and cheapest at the dash that most texts have.
RESIDENT_END: Final = re.compile(r"-\s?[1-8]\d{6}")
RESIDENT_OTHER_END: Final = Late(rf"[{DASHES[1:]}]\s?[1-8]\d{{6}}")
# A mobile number: what must not stand before it is asked behind its first digits, which are found in no time.
MOBILE_REST: Final = rf"[016789](?:[{DASHES}\s.]|\)\s?)\d{{3,4}}[{DASHES}\s.]\d{{4}}(?!\d)"
MOBILE_NUMBER: Final = re.compile(rf"01(?:(?<!\d01){MOBILE_REST}|(?<![{DASHES}\w.=/%]01)0\d{{8}}(?![{DASHES}\w]))")
MOBILE_ABROAD: Final = Late(rf"\+82[{DASHES}\s.]?(?:\(0\))?1(?:{MOBILE_REST}|0\d{{8}}(?!\d))")
# U+FFFD, or the letters CP949 and UTF-8 turn into when read as Latin-1, many in a row.
MOJIBAKE: Final = re.compile(
    "\ufffd+|(?:[\u00c3\u00ec\u00eb\u00ea\u00ed][\u0080-\u00bf]{1,2}\\s?){3,}|(?:[\u00c3\u00ec\u00eb\u00ea]){4,}"
)
BROKEN_LETTERS: Final = "\ufffd\u00c3\u00ec\u00eb\u00ea\u00ed"
# Letters of private use, as HWP's own brackets and numbers or Wingdings' signs.
PRIVATE: Final = Late("([^\ue000-\uf8ff\U000f0000-\U0010fffd\n]{0,10})([\ue000-\uf8ff\U000f0000-\U0010fffd])(.{0,10})")
# Other generators' marks that nobody has carried out: Liquid's tags and outputs, kramdown's attributes.
MARKS: Final = re.compile(
    r"\{%-?\s*\w+[^{}\n]*%\}|\{\{-?\s*\w+[^{}\n]*\}\}|\{:\s*[\w.#][^{}\n]*\}|\{#[\w-]+\}$", re.MULTILINE
)
# WordPress's own, and of builders of pages.
SHORTCODES: Final = Late(
    r"\[/?(?:wp_caption|caption|gallery|playlist|audio|video|embed|youtube|contact-form(?:-7)?|vc_\w+|et_pb_\w+)"
    r"(?:[\s=][^\[\]\n]*)?\]"
)
SHORTCODE_HINTS: Final = (
    "caption",
    "gallery",
    "playlist",
    "[audio",
    "[video",
    "embed",
    "[youtube",
    "[contact-",
    "[vc_",
    "[et_",
)
# Markdown that stands as text: a link or picture whose address has a space, or that stands in HTML; a table without the
# line below its head; a heading without a space behind its marks; emphasis in HTML. And a tag whose quotation mark is
# missing. Stars behind a word, or with a space behind them, are an outline's signs of notes.
UNREAD: Final = Late(
    r"!?\[[^\[\]\n]*\]\((?:(?:https?:|/)[^\[\]()\n]*|[^\[\]()\n]*\.[A-Za-z][A-Za-z0-9]{1,4})\)"
    r"|^\|[^|\n]*\|[^|\n]*\|.*|<(?:a href|img src)=[^<>\n]*|^#{2,6}[^\s#].*"
    r"|(?<![*\w-])\*\*(?=[^\s*])(?:[^*\n'()]|\([^*\n()]*\)){1,80}(?<=\S)\*\*(?![*\d])",
    re.MULTILINE,
)
UNREAD_HINTS: Final = ("](", "<a href=", "<img src=", "| |", "##", "**")
CODE_OR_TAG: Final = re.compile(r"<(code|pre)\b.*?</\1>|<[^>]*>", re.DOTALL)
MAX_MARKS: Final = 20
# Items of an outline in one line: of two ranks, or with the letter that is nothing but a bullet; □ 남 □ 여 is a choice.
ITEMS_IN_LINE: Final = re.compile(r"[□■] ?[^\s□■].*?\s[ㅇ○] \S|[ㅇ○] ?[^\sㅇ○].*?\s[□■] \S|ㅇ ?[^\sㅇ].*?\sㅇ \S")
LETTER: Final = re.compile(r"\(U\+([0-9A-F]{4,6})\)")
WORD: Final = re.compile(r"[\w%./:-]{2,}")
TOLD: Final = frozenset({"missing-picture", WORDS_LOST, DEAD_ADDRESS})
# A KOGL type in another spelling: 공공누리 제1유형, KOGL1, kogl type 4.
VERSION: Final = re.compile(r"\d+(?:\.\d+)*")
KOGL_NUMBER: Final = re.compile(r"(?:공공\s*누리|KOGL)\D{0,8}([0-4])(?!\d)", re.IGNORECASE)
# A contribution or interview, as titles announce it; and what rights holders write below their own texts.
COLUMN: Final = re.compile(r"(?:^|[\[(<【〈《])\s*(?:특별\s?|외부\s?)?(?:기고문?|칼럼|인터뷰)\s*(?=[\])>】〉》:]|$)")
THIRD_PARTY: Final = Late(r"무단\s?(?:전재|복제)|저작권자\s?[ⓒ©(:]|[ⓒ©]\s?(?P<holder>[가-힣A-Za-z]+)")
AGENCY_PHOTO: Final = Late(
    r"(?:사진|그림|이미지|영상)\s?(?:제공)?\s?[=:：]\s?"
    r"(?:연합뉴스|뉴시스|뉴스1|뉴스원|게티이미지|셔터스톡|이미지투데이|클립아트코리아|로이터|(?:AP|AFP|EPA)(?![A-Za-z]))"
)
CREDIT_START: Final = re.compile(r"\W*(?:[가-힣]{2}\s?)?출\s?처\s*[:：=]")
THIRD_HINTS: Final = ("무단", "저작권자", "ⓒ", "©")
FURNITURE: Final = ("본문 바로가기", "댓글 운영원칙", "운영원칙 열기", "이전다음기사 영역", "콘텐츠 영역")
POLICY: Final = "저작권정책"  # alone on its line; a ministry has an office of that name
# Bullets that begin a line, as written; and how much of a line shows whether it stands below the one before.
BULLET_LINES: Final = Late(
    r"^[ \t>]*(?P<one>[□■○◦◆◇▶①-⑳ㅇ·] ?[^\s□■○◦◆◇▶].*)\n[ \t>]*(?P<two>[□■○◦◆◇▶①-⑳ㅇ·] ?[^\s□■○◦◆◇▶].*)", re.MULTILINE
)
BULLETS: Final = "□■○◦◆◇▶①ㅇ·"
LINE_START_CHARS: Final = 10
MAX_PAIRS: Final = 50

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
    """LIC001–LIC015, LIC017: the licence is known, proven, and allows what this site does."""
    entry = settled.entry
    licence, article = entry.licence, entry.article
    for medium in article.media:
        if medium.license and medium.license not in TERMS:
            yield "LIC002", "media", {"id": f"{medium.license} ({medium.src})", "known": meant_by(medium.license)}
    if licence.id not in TERMS:
        yield "LIC002", "license", {"id": licence.id, "known": meant_by(licence.id)}
        return
    if settled.conflicting:
        yield "LIC004", "license", {"found": ", ".join(settled.conflicting)}
    elif settled.denied:
        yield "LIC017", "license", {"match": settled.denied}
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
    """BODY001–BODY003, BODY006, BODY009, BODY011, FILE003: there is something to read, without gaps."""
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
    if settled.missing_lead:
        yield "FILE003", "image", {"src": settled.missing_lead}
    for removal in body.removals if not rules.isdisjoint(TOLD) else ():
        if removal.rule == "missing-picture":
            yield "FILE003", "body", {"src": removal.excerpt}
        elif removal.rule == WORDS_LOST:
            yield "BODY009", "body", {"match": removal.excerpt}
        elif removal.rule == DEAD_ADDRESS:
            yield "BODY011", "body", {"src": removal.excerpt}
    if "too-deep" in rules:
        yield "BODY006", "body", {"depth": "64"}


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


def run_on_in(text: str) -> str:
    """Return the first paragraph that several items of an outline have run together into, or an empty string."""
    if not ("ㅇ" in text or "□" in text or "○" in text or "■" in text):  # a letter is found in no time, a pair is not
        return ""
    return next((line for line in text.split("\n") if ITEMS_IN_LINE.match(line)), "")


def run_on_lines(written: str, settled: Settled) -> str:
    """Return the start of two lines of a body that begin with bullets and have run together, or an empty string."""
    if settled.entry.article.body_format is not BodyFormat.MARKDOWN or not any(mark in written for mark in BULLETS):
        return ""
    for pair in islice(BULLET_LINES.pattern.finditer(written), MAX_PAIRS):
        one, two = (re.escape(pair[line][:LINE_START_CHARS].strip()) for line in ("one", "two"))
        if found := re.search(rf"{one}[^\n]*? {two}", settled.body.text):
            return found[0][:40]
    return ""


def marks_in(body: CleanBody, rules: frozenset[str]) -> list[str]:
    """Return the marks of other generators that stand as text, each once; `rules` are those that changed the body.

    Code may show such marks.
    """
    text = body.text
    marks = [found[0] for found in MARKS.finditer(text)] if "{" in text else []
    if "[" in text and any(hint in text for hint in SHORTCODE_HINTS):
        marks += [found[0] for found in SHORTCODES.pattern.finditer(text)]
    return shown_outside_code(marks, body) + (['markdown="1"'] if "attr:markdown" in rules else [])


def unread_in(body: CleanBody) -> list[str]:
    """Return the Markdown or markup that stands as text, each once; code may show such."""
    if not any(hint in body.text for hint in UNREAD_HINTS):
        return []
    return shown_outside_code([match[0] for match in UNREAD.pattern.finditer(body.text)], body)


def shown_outside_code(marks: list[str], body: CleanBody) -> list[str]:
    """Return the starts of those marks that stand elsewhere than in code alone, each once."""
    if marks and ("<code" in body.html or "<pre" in body.html):
        said = html.unescape(CODE_OR_TAG.sub("", body.html))
        marks = [mark for mark in marks if mark in said]
    return [mark[:40] for mark in dict.fromkeys(marks)][:MAX_MARKS]


def private_letter_in(text: str) -> str:
    """Return where a text has its first letter that only one program knows, or an empty string."""
    if text.replace("\n", "").isprintable():  # no letter of private use is
        return ""
    found = PRIVATE.pattern.search(text)
    return f"{found[1]}(U+{ord(found[2]):04X}){found[3]}" if found else ""


def mojibake_in(text: str) -> str:
    """Return the first broken characters of a text, or an empty string."""
    if not any(letter in text for letter in BROKEN_LETTERS):
        return ""
    found = MOJIBAKE.search(text)
    return found[0][:20] if found else ""


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


def mobile_number_in(text: str) -> str:
    """Return the first mobile number of a text, or nothing."""
    found = MOBILE_NUMBER.search(text) or (MOBILE_ABROAD.pattern.search(text) if "+82" in text else None)
    return found[0] if found else ""


def resident_number_in(text: str) -> str:
    """Return the first resident or foreigner number of a text, or nothing; companies have numbers of the same form."""
    has_other = any(dash in text for dash in DASHES[1:])
    if not (RESIDENT_END.search(text) or (has_other and RESIDENT_OTHER_END.pattern.search(text))):
        return ""
    return next((found[0] for found in RESIDENT_NUMBER.finditer(text) if is_person(found, text)), "")


def is_person(found: re.Match[str], text: str) -> bool:
    """Return whether a number begins with a birthday and is not said to be a company's."""
    month, day = int(found[0][2:4]), int(found[0][4:6])
    is_birthday = 1 <= month <= 12 and 1 <= day <= 31  # noqa: PLR2004  months and days
    return is_birthday and not COMPANY.search(text[max(0, found.start() - 16) : found.start()])


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
    check_letters,
    check_marks,
    check_readability,
    check_persons,
    check_indexing,
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
        for check in (check_title, check_body, check_letters, check_marks, check_persons, check_address)
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
        if words and (found := re.search(r"\s+".join(map(re.escape, words)), written)):
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
