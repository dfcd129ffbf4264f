"""The profiles, and which of them a capture is for. A profile is chosen by confidence, never by a file's name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath
from typing import Final

from sitegen.characters import as_text
from sitegen.clean.address import host_of
from sitegen.importers import (
    boards,
    data_go_kr,
    feed,
    generic,
    hwpx,
    jekyll,
    koreakr_html,
    koreakr_list,
    koreakr_rows,
    koreakr_text,
    wordpress,
)
from sitegen.importers.board_families import known_families
from sitegen.importers.capture import DRAFTS, Capture
from sitegen.importers.draft import FILES_ELSEWHERE, Draft, Part
from sitegen.importers.old_site import POSTS
from sitegen.read.fields import tidy
from sitegen.site.entry import text_digest
from sitegen.terms import TERMS, is_closed_to_changes
from sitegen.values import changed

BOARDS: Final = known_families(None)
# How a capture begins → the profiles that read what begins so.
FORMS: Final = (
    (
        "<",
        (
            koreakr_html.NAME,
            koreakr_html.VIEWER,
            koreakr_list.NAME,
            boards.NAME,
            generic.NAME,
            data_go_kr.NAME,
            feed.NAME,
            wordpress.NAME,
        ),
    ),
    ("{[", (koreakr_rows.NAME,)),
    ("", (koreakr_text.NAME, jekyll.NAME)),
)
CERTAIN: Final = 0.98  # no profile is surer of any capture
SURE: Final = 0.4  # below this a capture is not read by a guess


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of capture, a text or an archive: how surely a capture is of it, and what it makes of one."""

    name: str
    confidence: Callable[[Capture], float]
    read: Callable[[Capture], list[Draft]]
    is_archive: bool = False


def profiles_for(folder: Path | None) -> tuple[Profile, ...]:
    """Return the profiles, with the board families of a content folder. Raises UsageError (IMP011)."""
    known = known_families(folder)
    board = Profile(boards.NAME, partial(boards.confidence, known=known), partial(boards.read, known=known))
    return tuple(board if profile.name == boards.NAME else profile for profile in PROFILES)


PROFILES: Final = (
    Profile(koreakr_text.NAME, koreakr_text.confidence, koreakr_text.read),
    Profile(koreakr_html.NAME, koreakr_html.confidence, koreakr_html.read),
    Profile(koreakr_html.VIEWER, koreakr_html.viewer_confidence, koreakr_html.read_viewer),
    Profile(koreakr_list.NAME, koreakr_list.confidence, koreakr_list.read),
    Profile(koreakr_rows.NAME, koreakr_rows.confidence, koreakr_rows.read),
    Profile(data_go_kr.NAME, data_go_kr.confidence, data_go_kr.read),
    Profile(wordpress.NAME, wordpress.confidence, wordpress.read),
    Profile(feed.NAME, feed.confidence, feed.read),
    Profile(boards.NAME, partial(boards.confidence, known=BOARDS), partial(boards.read, known=BOARDS)),
    Profile(hwpx.NAME, hwpx.confidence, hwpx.read, is_archive=True),
    Profile(jekyll.NAME, jekyll.confidence, jekyll.read),
    Profile(generic.NAME, generic.confidence, generic.read),
)
# What others wrote about an original, or what was guessed to be one: it proves nothing of the original's text.
SECOND_HAND: Final = frozenset({jekyll.NAME, wordpress.NAME, generic.NAME})
BLOGS: Final = frozenset({jekyll.NAME, wordpress.NAME})  # whose own files come to the site with their posts
NAMES: Final = tuple(profile.name for profile in PROFILES)


def choose(capture: Capture, profiles: Sequence[Profile] = PROFILES) -> tuple[Profile | None, float]:
    """Return the profile that is surest of a capture and how sure it is; None when no profile is sure enough."""
    best, surest = None, 0.0
    for profile in profiles:
        confidence = profile.confidence(capture) if profile.is_archive == capture.is_archive else 0.0
        if confidence > surest:
            best, surest = profile, confidence
        if surest >= CERTAIN:
            break
    return (best if surest >= SURE else None), surest


def candidates(capture: Capture) -> tuple[str, ...]:
    """Return the profiles that a capture of its form may be for, though none of them knows it."""
    if capture.is_archive:
        return (hwpx.NAME,)
    start = capture.text.lstrip()[:1]
    return next(names for form, names in FORMS if start in form or not form)


def drafts_of(profile: Profile, capture: Capture) -> list[Draft]:
    """Return what a profile makes of a capture, with the capture's file name. Raises ContentError."""
    name = name_of(profile, capture)
    drafts = [
        replace(draft, capture=name, item=item, title=tidy(draft.title), subtitle=tidy(draft.subtitle))
        for item, draft in enumerate(profile.read(capture))
    ]
    if profile.name not in BLOGS:
        drafts = list(map(without_paths, drafts))
    return [proven(draft) if profile.name not in SECOND_HAND else draft for draft in drafts]


def name_of(profile: Profile, capture: Capture) -> str:
    """Return a capture's file name, with its folder where that says how it is read: so it is read again."""
    name = PurePath(as_text(capture.shown)).name
    is_post = profile.name == jekyll.NAME
    is_lone = capture.folder == POSTS and capture.site is None
    return f"{capture.folder}/{name}" if is_post and (is_lone or capture.folder == DRAFTS) else name


def without_paths(draft: Draft) -> Draft:
    """Return a draft whose files have whole addresses or none; one that had a path alone is a doubt."""
    paths = [file.url for file in draft.attachments if file.url and not host_of(file.url)]
    if not paths:
        return draft
    files = tuple(changed(file, url="") if file.url in paths else file for file in draft.attachments)
    return replace(draft, attachments=files, doubts=(*draft.doubts, FILES_ELSEWHERE.format(len(paths), paths[0])))


def proven(draft: Draft) -> Draft:
    """Return an original with the digest of its text, where its licence forbids changes and no line is lost."""
    terms = TERMS.get(draft.licence.id)
    if terms is None or not is_closed_to_changes(terms) or draft.unplaced:
        return draft
    text = "".join(line.text for line in draft.lines if line.part is Part.BODY)
    if not text:
        return draft
    return replace(draft, source=changed(draft.source, text_sha256=text_digest(text)))


def named(name: str, profiles: Sequence[Profile] = PROFILES) -> Profile:
    """Return the profile of that name."""
    return next(profile for profile in profiles if profile.name == name)
