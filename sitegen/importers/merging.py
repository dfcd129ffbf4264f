"""What captures of two kinds say of one item → one draft: nothing that either has said is lost.

A page that was saved by hand has licence, notice and files; the service's answer has the day before which nothing may
be published and the number of its revision; a list or feed may hold a part of a text. Captures of one kind say the same
things, so that what a newer one leaves out is no more.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from sitegen.clean.body import clean_body
from sitegen.config import SEOUL
from sitegen.importers.blocks import FILE_NAME
from sitegen.importers.draft import Draft
from sitegen.importers.profiles import SECOND_HAND, proven
from sitegen.model import Article, Attachment, BodyFormat, SourceFile
from sitegen.read.article import parse_article
from sitegen.terms import UNKNOWN
from sitegen.values import changed

EXCERPTS: Final = frozenset({"koreakr-list", "koreakr-rows", "feed"})  # whose texts and titles may be cut off
CUT: Final = ("…", "...")


def kind_of(profile: str) -> str:
    """Return the name of a profile without its version."""
    return profile.partition("/")[0]


def is_second_hand(draft: str, there: str) -> bool:
    """Return whether a profile reads what others wrote of an original, and another the original itself."""
    return kind_of(draft) in SECOND_HAND and kind_of(there) not in SECOND_HAND


def article_at(path: Path) -> Article:
    """Return the article that a content file holds."""
    article, _ = parse_article(SourceFile(path=path.name, shown=str(path), data=path.read_bytes()), SEOUL)
    return article


def words_of(text: str, body_format: BodyFormat) -> str:
    """Return the words of a body, white space aside."""
    return "".join(clean_body(text, body_format).text.split())


def says_less(draft: Draft, there: Article, *, keeps_text: bool) -> bool:
    """Return whether a draft of another kind says nothing that an article does not say, too.

    `keeps_text`: whatever its text is.
    """
    licence = there.licence.id if there.licence is not None else UNKNOWN
    is_known = (
        is_cut_off(draft.title, there.title) or draft.title in ("", there.title),
        draft.licence.id in (UNKNOWN, licence),
        is_of_day(draft.published, there.published),
        draft.embargo_until in (None, there.embargo_until),
        not draft.draft or there.draft,
        not draft.source.statement or bool(there.source.statement),
        not draft.subtitle or bool(there.subtitle),
        not draft.contacts or bool(there.contacts),
        set(draft.agencies) <= set(there.agencies),
        labels_of(united(draft.attachments, there.attachments)) <= labels_of(there.attachments),
    )
    if not all(is_known):
        return False
    if keeps_text:
        return True
    new, old = words_of(draft.body, draft.body_format), words_of(there.body, there.body_format)
    return new in ("", old) or (kind_of(draft.profile) in EXCERPTS and new in old)


def completed(draft: Draft, there: Article, by: str, *, keeps_text: bool) -> Draft:
    """Return a draft with what only an earlier capture of another kind has said. `by`: the profile of that one.

    `keeps_text`: title and text stay, too, for nobody knows which of them is the newer.
    """
    keeps_text = (keeps_text or not draft.body) and bool(there.body.strip())
    says_kind = any(field == "kind" for field, *_ in there.places)
    source = changed(
        draft.source,
        statement=draft.source.statement or there.source.statement,
        url=draft.source.url or there.source.url,
        revision=draft.source.revision or there.source.revision,
        text_sha256=there.source.text_sha256 if keeps_text else draft.source.text_sha256,
    )
    is_cut = keeps_text and is_cut_off(draft.title, there.title)
    whole = replace(
        draft,
        title=there.title if is_cut or not draft.title else draft.title,
        subtitle=draft.subtitle or there.subtitle,
        summary=draft.summary or there.summary,
        published=more_exact(draft.published, there.published),
        updated=draft.updated or there.updated,
        embargo_until=draft.embargo_until or there.embargo_until,
        draft=draft.draft or there.draft,
        kind=draft.kind or (there.kind if says_kind else None),
        agencies=draft.agencies or there.agencies,
        categories=draft.categories or there.categories,
        tags=draft.tags or there.tags,
        aliases=draft.aliases or there.aliases,
        image=draft.image or there.image,
        place=draft.place or there.origin.place,
        licence=there.licence if draft.licence.id == UNKNOWN and there.licence is not None else draft.licence,
        attachments=united(draft.attachments, there.attachments),
        contacts=draft.contacts or there.contacts,
        source=source,
        body=there.body.strip("\n") if keeps_text else draft.body,
        body_format=there.body_format if keeps_text else draft.body_format,
    )
    if whole == draft:
        return draft
    whole = replace(whole, completed_by=by)
    return whole if keeps_text or kind_of(draft.profile) in SECOND_HAND else proven(whole)


def is_cut_off(title: str, whole: str) -> bool:
    """Return whether a title is the start of another, as lists cut it off."""
    return title.endswith(CUT) and whole.startswith(title.rstrip("….").rstrip())


def is_of_day(one: datetime | None, other: datetime | None) -> bool:
    """Return whether a day is not said, or is that of another moment."""
    return one is None or (other is not None and one.astimezone(SEOUL).date() == other.astimezone(SEOUL).date())


def more_exact(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return a moment, or another of its day that has a time where it has none."""
    if one is None or other is None:
        return one or other
    has_time = (one.hour, one.minute, one.second) != (0, 0, 0)
    return one if has_time or not is_of_day(one, other) else other


def labels_of(files: Iterable[Attachment]) -> set[str]:
    """Return what files are called."""
    return {file.label for file in files}


def united(files: tuple[Attachment, ...], earlier: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """Return files with those that only an earlier capture has listed, and its addresses of those that have none.

    Where one has files, the words by which the text of the other names its enclosures mean the same.
    """
    led = {file.label: file for file in earlier if file.url}
    named = [led.get(file.label, file) if not file.url else file for file in files]
    whole = (*named, *(file for file in earlier if file.label not in labels_of(files)))
    return tuple(file for file in whole if file.url or FILE_NAME.search(file.label)) or whole
