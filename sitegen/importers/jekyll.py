"""Posts of Jekyll, Alembic, tistory exports, Hugo and Eleventy: a head and a body, read as the build reads them.

The build reads such posts as they are; importing makes them clean for good: the source out of the body into the head,
the advertisements and furniture gone and counted, a broken head repaired, the original kept as the capture.
"""

import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, Final

from sitegen.characters import as_text
from sitegen.clean.body import clean_body
from sitegen.clean.markdown import is_html
from sitegen.clean.rules import Known, Pictures
from sitegen.config import SEOUL
from sitegen.errors import ContentError
from sitegen.importers.blocks import WORDS_GONE, doubts_of, with_own_pictures, without_anchors
from sitegen.importers.capture import DRAFTS, Capture
from sitegen.importers.contacts import contacts_in
from sitegen.importers.draft import HEAD_KEY, Draft, Line, Part
from sitegen.importers.old_site import POSTS, OldSite
from sitegen.importers.repair import repaired
from sitegen.importers.words import licence_in, one_line
from sitegen.licence.changes import forbidden_rules
from sitegen.model import Article, BodyFormat, CleanBody, SourceFile
from sitegen.read.article import DIALECT_KEYS, parse_article
from sitegen.read.discover import SUFFIXES
from sitegen.read.fields import stated_moment
from sitegen.read.frontmatter import parse
from sitegen.read.nodes import Field, Mapping, Node, Scalar, Sequence
from sitegen.values import changed

NAME: Final = "post"
PROFILE: Final = f"{NAME}/1"
COMMON_KEYS: Final = ("title", "date", "categories", "tags", "excerpt", "layout", "feature_text")
KEPT: Final = frozenset({"slug", "lang", "kind", "media", "notice"})  # they mean here what they say
HEAD: Final = re.compile(r"(?P<mark>---|\+\+\+)[ \t]*\n(?P<head>.*?)\n(?P=mark)", re.DOTALL)
OTHER_FORMS: Final = (".textile", ".adoc", ".asciidoc", ".rst", ".org")  # that generators read by plugins
IS_POST: Final = 0.5  # the confidence in a file that lies among posts, whatever it holds
AS_MARKDOWN: Final = "its file is written in another form, and is read as Markdown: put its marks right"
SHOWN_CHARS: Final = 200  # of a key with its value
NAMED_BY_FILE: Final = "it names no title: this one is made of the file's name, as its blog made it"
# The place within a day, where a file name says nothing else.
NUMBERED: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-\d{1,12}\.[a-z]+")


def confidence(capture: Capture) -> float:
    """Return how surely a capture is a post."""
    text = capture.text.lstrip("\ufeff \n\t")
    head = head_of(text)
    known = sum(bool(re.search(rf"""^\s*["']?{key}["']?\s*[:=]""", head, re.MULTILINE)) for key in COMMON_KEYS)
    is_sure = text.startswith("---") or known > 1  # JSON and TOML begin in many ways
    if head and is_sure:
        return min(0.95, 0.5 + 0.15 * known)
    return IS_POST if is_among_posts(capture) and suffix_of(capture) in (*SUFFIXES, *OTHER_FORMS) else 0.0


def is_among_posts(capture: Capture) -> bool:
    """Return whether a capture lies where a blog keeps its posts."""
    return capture.site is not None or bool(capture.folder)


def suffix_of(capture: Capture) -> str:
    """Return the ending of a capture's file name, in small letters."""
    return PurePosixPath(as_text(capture.shown)).suffix.lower()


def head_of(text: str) -> str:
    """Return the head of a post: YAML between lines of `---`, TOML between lines of `+++`, or a JSON object."""
    if text.startswith("{"):
        try:
            _, end = json.JSONDecoder().raw_decode(text)
        except (ValueError, RecursionError):
            return ""
        return text[:end] if text[end:].strip() else ""
    found = HEAD.match(text)
    return found["head"] if found else ""


def read(capture: Capture) -> list[Draft]:
    """Return the post. Raises ContentError when its head cannot be read even after repair."""
    name = as_text(PurePosixPath(capture.shown.replace("\\", "/")).name)
    text = capture.site.within(capture.text) if capture.site else capture.text
    place = f"{POSTS}/{name}" if capture.folder == POSTS else name  # of posts words are read as Jekyll reads them
    article, unread, text, repairs = parsed(place, capture.shown, text)
    head = parse(text, capture.shown).head
    is_page = article.body_format is BodyFormat.HTML or is_html(article.body)
    body = clean_body(
        article.body,
        article.body_format,
        with_own_pictures(article.body, capture.cleaning),
        Pictures(lead=article.image),
        Known(article.source, is_sure=bool(article.source.name)),
    )
    written, credited = article.source, body.credited
    source = written if written.name else changed(written, name=credited.name, site=written.site or credited.site)
    source = source if source.url else changed(source, url=credited.url if credited.name == source.name else "")
    licence = article.licence or licence_in(article.body)
    title = article.title or (titled(article.slug) if capture.site else "")
    doubts = {AS_MARKDOWN: suffix_of(capture) in OTHER_FORMS, NAMED_BY_FILE: title != article.title}
    changes = forbidden_rules(tuple(found.rule for found in body.removals)) if is_page else ()
    return [
        Draft(
            profile=PROFILE,
            title=title,
            subtitle=article.subtitle,
            summary=article.summary,
            published=published_in(article, head),
            updated=article.updated,
            embargo_until=article.embargo_until,
            agencies=article.agencies,
            categories=old_categories(article, capture.site, head),
            tags=old_terms("tags", article.tags, capture.site, head),
            aliases=tuple(dict.fromkeys(filter(None, (*article.aliases, old_address(article, capture.site, head))))),
            image=article.image,
            source=changed(source, sha256=capture.sha256),
            licence=licence,
            attachments=article.attachments,
            contacts=article.contacts or contacts_in(body.text),
            body=without_anchors(body.html) if is_page else article.body.strip("\n"),
            body_format=BodyFormat.HTML if is_page else article.body_format,
            lines=tuple(accounted(article, body if is_page else replace(body, removals=()), unread, head)),
            repairs=repairs,
            changes=tuple(dict.fromkeys((*article.changes, *changes))),
            draft=article.draft or is_hidden(capture, head),
            order=article.order if NUMBERED.fullmatch(name) else 0,
            kept=tuple((field.key, plain(field.value)) for field in head.fields if field.key in KEPT),
            site=capture.site,
            place=capture.site.place_of(name) if capture.site else "",
            doubts=(*(doubt for doubt, is_so in doubts.items() if is_so), *(doubts_of(body) if is_page else ())),
        )
    ]


def titled(slug: str) -> str:
    """Return the title that Jekyll gives a post without any: the words of its file's name."""
    return " ".join(word[:1].upper() + word[1:] for word in slug.split("-") if word)


def old_address(article: Article, site: OldSite | None, head: Mapping) -> str:
    """Return the address a post had, as far as it or its site says."""
    if article.permalink or site is None:
        return article.permalink
    categories = site.categories(words_at("categories", head) or article.categories)
    return site.address_of(article.slug, article.published, categories)


def is_hidden(capture: Capture, head: Mapping) -> bool:
    """Return whether its site did not show a post, though its own head does not say so."""
    return capture.folder == DRAFTS or (
        capture.site is not None and capture.site.is_hidden and head.get("published") is None
    )


def old_categories(article: Article, site: OldSite | None, head: Mapping) -> tuple[str, ...]:
    """Return the categories of a post; those that its folder gave it, too."""
    said = old_terms("categories", article.categories, site, head)
    return site.categories(said) if site is not None else said


def old_terms(key: str, terms: tuple[str, ...], site: OldSite | None, head: Mapping) -> tuple[str, ...]:
    """Return the categories or tags of a post of a Jekyll site; what has commas was meant to be cut there."""
    words = words_at(key, head) if site is not None else ()
    return tuple(dict.fromkeys(words)) if words and "," not in "".join(words) else terms


def published_in(article: Article, head: Mapping) -> datetime | None:
    """Return when a post was published: in its own zone where its year is another in ours."""
    written = head.get("date")
    return (
        stated_moment(written.raw, SEOUL) if article.stated_year and isinstance(written, Scalar) else article.published
    )


def words_at(key: str, head: Mapping) -> tuple[str, ...]:
    """Return the words of a plain text in a head, where Jekyll cuts it; none of what is no plain text."""
    written = head.get(key)
    return tuple(written.raw.split()) if isinstance(written, Scalar) else ()


def plain(node: Node) -> Any:  # noqa: ANN401  a value of any shape
    """Return a value of a head as YAML's own."""
    if isinstance(node, Mapping):
        return {field.key: plain(field.value) for field in node.fields}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return None if node.is_null else node.raw


def parsed(place: str, shown: str, written: str) -> tuple[Article, tuple[str, ...], str, tuple[str, ...]]:
    """Return the article of a post, its unread keys, the text they were read from, and the repairs that text needed."""

    def attempt(text: str) -> tuple[Article, tuple[str, ...]]:
        return parse_article(SourceFile(path=place, shown=shown, data=text.encode()), SEOUL)

    try:
        return *attempt(written), written, ()
    except ContentError:
        text, repairs = repaired(written)
        if not repairs:
            raise
        return *attempt(text), text, repairs


def accounted(article: Article, body: CleanBody, unread: tuple[str, ...], front: Mapping) -> list[Line]:
    """Return what became of the post: its head, the lines of its text, what was taken out of it.

    Keys of the head that the content file does not keep: another generator's furniture is dropped, others are unplaced.
    """
    head = [text for text in (article.title, article.subtitle, article.summary) if text]
    placed = [(text, Part.HEAD, "") for text in head]
    placed += [(line, Part.BODY, "") for line in body.text.split("\n") if line]
    placed += [(excerpt if WORDS_GONE.fullmatch(rule) else "", Part.DROPPED, rule) for rule, excerpt in body.removals]
    for field in front.fields:
        if field.key in DIALECT_KEYS and field.key != "published":
            placed.append((shown(field), Part.DROPPED, "other-key"))
        elif field.key in unread:
            placed.append((shown(field), Part.UNPLACED, HEAD_KEY))
    return [Line(number, text, part, rule) for number, (text, part, rule) in enumerate(placed, 1)]


def shown(field: Field) -> str:
    """Return a key of a head with its value on one line, cut off where that is long."""
    value = field.value
    said = value.raw if isinstance(value, Scalar) else json.dumps(plain(value), ensure_ascii=False)
    words = one_line(f"{field.key}: {said}")
    return words if len(words) <= SHOWN_CHARS else f"{words[:SHOWN_CHARS]}…"
