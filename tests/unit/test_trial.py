"""Trial articles: a branch of a template that they do not come to waits for an article that does."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from enum import Enum

from sitegen.model import Indexing, Kind
from sitegen.render.trial import trial_articles
from sitegen.values import setters_of

ALWAYS = {
    "ArticlePage": {"url", "entry", "attribution", "crumbs", "record_url", "scrolling"},
    "Entry": {"article", "attribution", "body", "indexing", "licence", "provenance", "url"},
    "Article": {"body_format", "body_line", "kind", "origin", "path", "slug", "source", "title", "where"},
    "Attribution": {"before", "disclaimer", "language", "licence_label"},
    "Attachment": {"label"},
    "Card": {"lang", "title", "url"},
    "Correction": {"text"},
    "Crumb": {"label"},
    "Edit": set(),
    "Evidence": {"kind", "seen", "text", "url"},
    "Licence": {"id", "scope"},
    "Media": {"src"},
    "RuleUse": {"rule", "times"},
    "Scrolling": set(),
}
NEVER = {"notice", "draft"}  # such an article has no page of this kind


def test_trial_articles_have_everything_and_nothing() -> None:
    """A field that is added to an article, and never filled or never missing on trial, is tried by nobody."""
    seen: dict[tuple[str, str], set[bool]] = defaultdict(set)

    for page in trial_articles():
        for name, field, value in fields_in(page):
            if name != "Where":
                seen[name, field].add(bool(value))

    assert {place for place, filled in seen.items() if True not in filled} == {("Article", name) for name in NEVER}
    one_sided = {place for place, filled in seen.items() if False not in filled}
    assert {(name, field) for name, field in one_sided if field not in ALWAYS.get(name, ())} == set()


def test_trial_articles_are_of_every_kind() -> None:
    """Whatever a template tells apart, it must come to."""
    pages = list(trial_articles())

    assert {page.entry.article.kind for page in pages} == set(Kind)
    assert {page.entry.indexing for page in pages} == set(Indexing)
    assert {(page.entry.link_only, page.entry.article.lang) for page in pages} >= {
        (link_only, lang) for link_only in (True, False) for lang in ("ko", "en", "ar", "")
    }


def fields_in(value: object) -> Iterator[tuple[str, str, object]]:
    """Yield the fields of a value and of all in it: the value's kind, the field's name, what it holds."""
    kind = type(value)
    if hasattr(value, "_fields"):
        names = value._fields
    elif hasattr(kind, "__slots__") and not isinstance(value, (datetime, Enum, str, int, tuple)) and value is not None:
        names = setters_of(kind)
    else:
        names = ()
    for name in names:
        part = getattr(value, name)
        yield kind.__name__, name, part
        yield from fields_in(part)
    if type(value) is tuple:
        for part in value:
            yield from fields_in(part)
