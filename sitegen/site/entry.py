"""Article + CleanBody → Entry: the source, the licence, the address and what may be shown are settled here. Pure.

Each is looked for in this order: front matter, the body's own words, the `[[sources]]` rule of site.toml.
"""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Final

from sitegen.clean.address import clean_url, host_of, is_site_root, picture_name, strip_tracking
from sitegen.clean.rules import Pictures
from sitegen.clean.rules.credit import credit_after, is_same
from sitegen.config import Config, SourceRule
from sitegen.languages import language_of, our_language
from sitegen.licence.changes import forbidden_rules
from sitegen.licence.detect import closing_words_in, denied_in, detect_licence, kogl_marks, reserved_in
from sitegen.licence.wording import attribution_of
from sitegen.model import (
    NO_SOURCE,
    Article,
    CleanBody,
    Entry,
    GatedHtml,
    Indexing,
    Kind,
    Licence,
    Media,
    Origin,
    Provenance,
    RuleUse,
    Scope,
    Source,
)
from sitegen.runtime.spans import STEP, timed
from sitegen.site.summary import prose_of, reading_minutes, summary_of
from sitegen.site.urls import article_url, own_path, permalink_url
from sitegen.terms import TERMS, UNKNOWN, is_closed_to_changes, is_closed_to_trade
from sitegen.values import changed, value

RULE_OF: Final = itemgetter(0)  # of a removal
# Home addresses of sources that posts name without one.
KNOWN_HOMES: Final = {"정책브리핑": "https://www.korea.kr", "대한민국 정책브리핑": "https://www.korea.kr"}
UNCATEGORISED: Final = {"ko": "미분류", "en": "Uncategorised"}


@value
class Settled:
    """An entry, and what settling it found for the checks to judge."""

    entry: Entry
    body: CleanBody
    tracking: tuple[str, ...] = ()  # parameters stripped from the source's address
    rivals: tuple[str, ...] = ()  # the source the text names, and another that the site's rule names
    root_address: str = ""  # a source address that turned out to be a front page
    conflicting: tuple[str, ...] = ()  # licence ids whose marks contradict each other
    mark: tuple[str, str] = ("license", "")  # where the last of these, or what denies a licence, stands, and its words
    text_sha256: str = ""  # of the shown text, where the licence forbids changes
    forbidden: tuple[str, ...] = ()  # rules beyond presentation, where the licence forbids changes
    address_error: str = ""
    unshown_lead: str = ""  # the picture the front matter names, where it may not be shown
    missing_lead: str = ""  # that picture, where it may be shown and is not there
    early_update: datetime | None = None  # the day of a correction that is not after the article's own
    denied: str = ""  # the words by which the text denies the licence that the rule of its source gives
    untold_files: tuple[str, ...] = ()  # attachments that this site keeps itself, without terms of their own
    closed_pictures: frozenset[str] = frozenset()  # those closed to trade, on a site that earns money
    assumed_language: str = ""  # what was taken for the language of a text whose head states none


@timed(STEP, "settle")
def settle(article: Article, body: CleanBody, config: Config) -> Settled:
    """Return the entry of an article with its cleaned body."""
    rule = config.rule_for(article.path)
    summary, named = credit_after(article.summary)
    credited = body.credited if body.credited.name else named
    source, tracking, root_address = settled_source(article.source, credited, rule)
    has_named = bool(article.source.name)
    rivals = rivals_of(article.source if has_named else credited, rule)
    works_rule = None if rivals else rule  # whose licence and credit are of its own source's works
    licence, conflicting, denied = settled_licence(article, works_rule)
    mark = place_of_mark(article, conflicting, denied)
    agencies = article.agencies or ((works_rule.credit,) if works_rule and works_rule.credit else ())
    pictures, lead, language = pictures_of(article, config), article.image, tag_of(article, config)
    assumed_language = "" if article.lang else language
    may_show, is_here = bool(lead) and pictures.may_show(picture_name(lead)), is_there(lead, config)
    image = from_root(lead) if may_show and is_here else ""
    article = changed(
        article,
        source=source,
        agencies=agencies,
        lang=language,
        categories=article.categories or (UNCATEGORISED[config.language],),
        origin=told(article.origin, licence),
        summary=summary,
        image=image,
        media=shown_media(article, image, body),
        body="",
    )
    early = None if is_later(article.updated, article.published) else article.updated
    if early is not None:
        article = changed(article, updated=None)
    closed = licence.id in TERMS and is_closed_to_changes(TERMS[licence.id])
    forbidden = forbidden_rules((*article.changes, *rules_of(body))) if closed else ()
    digest = text_digest(body.text)
    proven = digest == source.text_sha256 and not forbidden and article.kind is not Kind.DERIVED
    url, address_error = settled_url(article, config.homes)
    indexing = (rule.indexing if rule else None) or config.indexing
    says_something = bool(body.text or summary or any(image.shown for image in body.images))
    link_only = closed and not proven and says_something
    if link_only:
        article = with_title_only(article)
    elif closed and not holds_words(body.text, summary):  # a summary by hand is a change
        article = changed(article, summary="")
    entry = entry_of(article, body, licence, indexing, url, digest if body.text else "", link_only=link_only)
    return Settled(
        entry=entry,
        body=body,
        tracking=tracking,
        rivals=() if has_named else rivals,
        root_address=root_address,
        conflicting=conflicting,
        mark=mark,
        early_update=early,
        denied=denied,
        text_sha256=digest,
        forbidden=forbidden,
        address_error=address_error,
        unshown_lead="" if may_show else lead,
        missing_lead=lead if may_show and not is_here else "",
        untold_files=untold_files(article, pictures),
        closed_pictures=pictures.closed,
        assumed_language=assumed_language,
    )


def is_later(updated: datetime | None, published: datetime | None) -> bool:
    """Return whether a correction was after publication; a day without a time, on a later day."""
    if updated is None or published is None:
        return True
    if (updated.hour, updated.minute, updated.second) == (0, 0, 0):
        return updated.date() > published.astimezone(updated.tzinfo).date()
    return updated > published


def settle_page(article: Article, body: CleanBody, config: Config) -> Entry:
    """Return the entry of a static page: the site's own words, without source, licence or address."""
    article = changed(article, lang=tag_of(article, config), body="")
    return entry_of(article, body, Licence(), config.indexing, "", link_only=False)


def entry_of(  # noqa: PLR0913  an entry is all of these
    article: Article,
    body: CleanBody,
    licence: Licence,
    indexing: Indexing,
    url: str,
    digest: str = "",
    *,
    link_only: bool,
) -> Entry:
    """Return the entry of an article whose source and licence are settled; nothing of a text that may not be shown."""
    language = our_language(article.lang)
    counts = Counter(map(RULE_OF, body.removals))
    rules = tuple(counts)
    return Entry(
        article=article,
        body=GatedHtml(html="" if link_only else body.html),
        attribution=attribution_of(article, licence, language, rules=rules, link_only=link_only),
        licence=licence,
        indexing=indexing,
        url=url,
        summary="" if link_only else article.summary or summary_of(prose_of(body)),
        reading_minutes=0 if link_only else reading_minutes(body.text, article.lang, body.visible),
        link_only=link_only,
        provenance=Provenance(text_sha256=digest, rules=tuple(map(RuleUse._make, counts.items()))),
        fingerprint=b"" if link_only else body.fingerprint,
    )


def told(origin: Origin, licence: Licence) -> Origin:
    """Return what may be told of earlier revisions: what they said only under a licence that permits changes."""
    if not origin.revisions or (licence.id in TERMS and TERMS[licence.id].changes is True):
        return origin
    return changed(origin, revisions=tuple(changed(revision, edits=()) for revision in origin.revisions))


def with_title_only(article: Article) -> Article:
    """Return an article whose text may not be shown: of what it says only the title stays."""
    return changed(
        article, subtitle="", summary="", tags=(), image="", media=(), attachments=(), contacts=(), origin=Origin()
    )


def holds_words(text: str, words: str) -> bool:
    """Return whether a text holds these words, white space aside."""
    return "".join(words.split()) in "".join(text.split())


def pictures_of(article: Article, config: Config) -> Pictures:
    """Return which pictures of an article may be shown: those with a licence and a credit of their own, or all."""
    covers_all = article.licence is not None and article.licence.scope is Scope.ALL and article.licence.id != UNKNOWN
    if not article.media:
        return Pictures(lead=article.image, licensed=None if covers_all else frozenset())
    known = [medium for medium in article.media if medium.license in TERMS]
    credited = frozenset(picture_name(it.src) for it in known if it.credit and it.license != UNKNOWN)
    closed = frozenset(picture_name(it.src) for it in known if is_closed_to_trade(TERMS[it.license]))
    return Pictures(
        lead=article.image,
        licensed=None if covers_all else credited,
        closed=closed if config.commercial else frozenset(),
    )


def is_there(picture: str, config: Config) -> bool:
    """Return whether a picture is among the static files, or another host's to keep."""
    return bool(host_of(picture)) or picture_name(picture) in config.cleaning.pictures


def from_root(picture: str) -> str:
    """Return the address of a picture: its own host's, or from the root of this site."""
    return picture if host_of(picture) else f"/{picture.removeprefix('/')}"


def tag_of(article: Article, config: Config) -> str:
    """Return the language of an article or static page (BCP 47)."""
    return language_of(article.lang, article.title, config.language)


def untold_files(article: Article, pictures: Pictures) -> tuple[str, ...]:
    """Return the attachments that this site keeps itself, and whose terms nobody has told."""
    own = (attachment.url for attachment in article.attachments if attachment.url.startswith("/"))
    return tuple(url for url in own if not pictures.may_show(picture_name(url)))


def shown_media(article: Article, lead: str, body: CleanBody) -> tuple[Media, ...]:
    """Return the pictures that an article shows, or names a licence for that nobody knows (LIC002).

    Nobody is credited for a picture that is not there.
    """
    if not article.media:
        return ()
    shown = {picture_name(image.src) for image in body.images if image.shown}
    if lead:
        shown.add(picture_name(lead))
    return tuple(
        medium
        for medium in article.media
        if picture_name(medium.src) in shown or (medium.license and medium.license not in TERMS)
    )


def rules_of(body: CleanBody) -> tuple[str, ...]:
    """Return the names of the rules that changed a body, each once."""
    return tuple(dict.fromkeys(map(RULE_OF, body.removals)))


def settled_source(written: Source, credited: Source, rule: SourceRule | None) -> tuple[Source, tuple[str, ...], str]:
    """Return the source with clean addresses, the tracking parameters it lost, and a front page given as address."""
    ruled = source_of(rule)
    first = next((source for source in (written, credited, ruled) if source.name), written)
    same = [source for source in (credited, ruled) if source.name == first.name]
    site = next((source.site for source in (written, first, *same) if source.site), "") or KNOWN_HOMES.get(
        first.name, ""
    )
    url = written.url or first.url or next((source.url for source in same if source.url), "")
    clean, tracking = strip_tracking(url)
    clean = clean_url(clean)
    if not clean.startswith(("http://", "https://")):
        clean = ""
    root_address = clean or (site if credited.site and first is credited else "")
    if is_site_root(clean):
        clean, site = "", site or clean
    else:
        root_address = "" if clean else root_address
    home = clean_url(site)
    home = home if home.startswith(("http://", "https://")) else ""
    settled = changed(written, name=written.name or first.name, site=home, url=clean)
    return settled, tracking, root_address


def rivals_of(named: Source, rule: SourceRule | None) -> tuple[str, ...]:
    """Return the source that head or text name and the one of the rule, where they are not the same."""
    ruled = source_of(rule)
    is_one = not ruled.name or not named.name or is_same(at_home(ruled), at_home(named))
    return () if is_one else (named.name, ruled.name)


def at_home(source: Source) -> Source:
    """Return a source with the home that is known of its name, where it tells none."""
    return source if source.url or source.site else changed(source, site=KNOWN_HOMES.get(source.name, ""))


def source_of(rule: SourceRule | None) -> Source:
    """Return the source that a rule of the site names; one without a name where there is none."""
    return Source(name=rule.name, site=rule.site) if rule else NO_SOURCE


def settled_licence(article: Article, rule: SourceRule | None) -> tuple[Licence, tuple[str, ...], str]:
    """Return the licence, the ids of marks that contradict each other, and the words that deny what a rule gives."""
    stated = article.licence if article.licence is not None and article.licence.id != UNKNOWN else None
    if stated is not None and stated.evidence is not None:
        rivals = disproved_by(f"{stated.evidence.text}\n{stated.evidence.url}", stated.id)
        terms = TERMS.get(stated.id)  # in doubt what is closed stays closed
        is_closed = terms is not None and (is_closed_to_changes(terms) or is_closed_to_trade(terms))
        return (Licence() if rivals and not is_closed else stated), rivals, ""
    said = f"{article.body}\n{article.source.statement}"
    detected, conflicting = detect_licence(said)
    if conflicting:
        return Licence(), conflicting, ""
    if stated is not None:  # a claim without proof, beside a mark that says otherwise, is none
        mark = detected.id if detected is not None else closed_by(said, stated.id)
        return (Licence(), (stated.id, mark), "") if mark not in ("", stated.id) else (stated, (), "")
    if detected is not None:
        return detected, (), ""
    if rule and rule.license:
        denied = denied_in(said) or closed_by(said, rule.license) or reserved_in(article.source.statement)
        return (Licence() if denied else Licence(id=rule.license)), (), denied
    return article.licence or Licence(), (), ""


def place_of_mark(article: Article, conflicting: tuple[str, ...], denied: str) -> tuple[str, str]:
    """Return the field where the mark stands that makes a licence doubtful, and its words; the head's own key first."""
    has_key = any(field.partition(".")[0] in ("license", "licence") for field, *_ in article.places)
    if has_key or not (conflicting or denied):
        return "license", ""
    if denied:
        return ("source.statement" if denied in article.source.statement else "body"), denied
    mark = dict(kogl_marks(article.body)).get(conflicting[-1], "")
    return ("body", mark) if mark else ("source.statement", "")


def closed_by(said: str, identity: str) -> str:
    """Return the words by which a text names closer terms than those of a licence, or nothing."""
    terms = TERMS.get(identity)
    return closing_words_in(said, terms) if terms is not None else ""


@lru_cache(maxsize=512)
def disproved_by(evidence: str, stated: str) -> tuple[str, ...]:
    """Return the licences in conflict where the words that should prove a KOGL type name only others."""
    if not stated.startswith("KOGL-") or stated not in TERMS:  # a permission is told of what is closed otherwise
        return ()
    proven, conflicting = detect_licence(evidence)
    named = conflicting if proven is None else (proven.id,)
    return (stated, *named) if named and stated not in named else ()


def settled_url(article: Article, homes: Sequence[str]) -> tuple[str, str]:
    """Return the article's address, or the reason why it has none."""
    try:
        if article.permalink:
            return permalink_url(own_path(article.permalink, homes)), ""
        try:
            return article_url(article.slug, article.published), ""
        except ValueError:
            return article_url(article.title, article.published), ""
    except ValueError as error:
        return "", str(error)


def text_digest(text: str) -> str:
    """Return the SHA-256 of a visible text: NFC, all white space removed."""
    bare = unicodedata.normalize("NFC", text.replace("\n", "").replace(" ", ""))
    bare = bare if bare.isprintable() else "".join(bare.split())  # most texts have no other white space
    return hashlib.sha256(bare.encode()).hexdigest()
