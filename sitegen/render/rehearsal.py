"""Theme → what is wrong with it, told by the build that first has it and not by the one that first needs it.

No page is made of the template of notices before a takedown, and a list that grows asks for words that it never needed.
A fault in them would stop that build, and what was to be taken down would stay.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from string import Formatter
from typing import Final, NamedTuple

import jinja2
from jinja2 import nodes

from sitegen.errors import TemplateError
from sitegen.git_traces import conflict_in
from sitegen.model import Notice, NoticeKind
from sitegen.problems import Problem, Severity, Where
from sitegen.render.idle import Trees, idle_parts, used_templates
from sitegen.render.sources import WORDS, text_of
from sitegen.render.theme import (
    TEMPLATE_ENDS,
    UNFILLED,
    Theme,
    ThemeSettings,
    line_of,
    theme_of,
    unfilled,
    words_in,
)
from sitegen.render.trial import DAY, FOREIGN, KOREAN, trial_articles
from sitegen.views import (
    Change,
    ChangeFeedPage,
    ChangeKind,
    ChangesPage,
    Crumb,
    CrumbWords,
    FeedPage,
    Page,
    Pager,
    RedirectPage,
    TombstonePage,
)

KEPT: Final = 8  # themes whose faults a process remembers
PLACE: Final = re.compile(r"[^\W\d]\w*")  # the name that a place begins with: `n` of {n.x}


class Call(NamedTuple):
    """A place where a template asks for words: their key, or how it begins, and the names of the values given there."""

    key: str
    is_whole: bool
    given: frozenset[str] | None  # None: it may give any

    def asks_for(self, key: str) -> bool:
        """Return whether it may ask for the words under a key."""
        return key == self.key if self.is_whole else key.startswith(self.key)


@lru_cache(maxsize=KEPT)
def found_in(settings: ThemeSettings) -> tuple[Problem, ...]:
    """Return what is wrong with a theme: its faults, or else those that some article would meet, and what is idle."""
    theme = theme_of(settings)
    trees = dict(trees_of(theme))
    faults = tuple(dict.fromkeys(written_faults(theme, trees))) or tuple(dict.fromkeys(rehearsed(theme)))
    return faults or (*dict.fromkeys(awaited(theme)), *idle_parts(theme, trees))


def trees_of(theme: Theme) -> Iterator[tuple[str, nodes.Template]]:
    """Yield the names of the templates that pages are made of, with what is read of them, if it can be read."""
    for name in sorted(used_templates(theme)):
        source = theme.sources.find(name)
        with suppress(jinja2.TemplateError):
            if source is not None and not name.startswith(WORDS):
                theme.template(name)  # whatever cannot be compiled is told elsewhere
                yield name, theme.environment.parse(text_of(source))


def written_faults(theme: Theme, trees: Trees) -> Iterator[Problem]:
    """Yield what cannot be read of templates and words, and words with places that nothing fills."""
    for name in sorted(used_templates(theme)):
        source = theme.sources.find(name)
        if source is not None and (line := conflict_in(source.data)):
            where = Where(path=theme.shown(source.path), line=line, column=1)
            yield Problem(code="FILE012", severity=Severity.ERROR, where=where)
        try:
            if name.endswith(TEMPLATE_ENDS):
                theme.template(name)
        except jinja2.TemplateError as error:
            yield theme.template_error(error).problem
    for name, tree in trees.items():
        yield from unknown_names(name, tree, theme)
    try:
        yield from unfilled_words(theme, trees)
    except jinja2.TemplateError as error:
        yield theme.template_error(error).problem


def unknown_names(name: str, tree: nodes.Template, theme: Theme) -> Iterator[Problem]:
    """Yield filters and tests that there are not: in a branch, Jinja asks for them when it comes there."""
    source = theme.sources.find(name)
    tests = [node for node in tree.find_all(nodes.Test) if node.name in ("filter", "test")]
    asked = {node.node.value for node in tests if isinstance(node.node, nodes.Const)}  # `"markdown" is filter`
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        is_filter = isinstance(node, nodes.Filter)
        known = theme.environment.filters if is_filter else theme.environment.tests
        if node.name not in known and node.name not in asked and source is not None:
            kind = "filter" if is_filter else "test"
            error = jinja2.TemplateSyntaxError(f"No {kind} named '{node.name}'.", node.lineno, filename=source.path)
            yield theme.template_error(error).problem


def unfilled_words(theme: Theme, trees: Trees) -> Iterator[Problem]:
    """Yield words of a site's own with a place that none of those who ask for them fill.

    Raises jinja2.TemplateError for words that cannot be read.
    """
    files = theme.word_files()
    ours = words_in(files[0]) if len(files) > 1 else {}  # one file alone may be its owner's
    calls = [call for tree in trees.values() for call in calls_of(tree)]
    for source in files[1:] or files:
        for key, text in words_in(source).items():
            names = names_for(key, ours, calls)
            is_ours = not {key, key.removesuffix("_one")}.isdisjoint(ours)
            if not can_fill(text, names, are_texts=is_ours):
                said = unfilled(key, text, sorted(names or ()))
                error = jinja2.TemplateSyntaxError(said, line_of(key, text_of(source)), filename=source.path)
                yield theme.template_error(error).problem


def names_for(key: str, ours: dict[str, str], calls: Iterable[Call]) -> set[str] | None:
    """Return the names of the values that words under a key may have; None where nobody knows."""
    plural = key.removesuffix("_one")
    asking = [call for call in calls if call.asks_for(plural) or call.asks_for(key)]
    known = [ours[name] for name in (plural, key) if name in ours]
    names = {name for text in known for name in places_in(text)}
    for call in asking:
        if call.given is None:
            return None
        names |= call.given
    return names if known or any(call.key for call in asking) else None


def places_in(text: str) -> set[str]:
    """Return the names of the values that words ask for. Raises ValueError for a brace left open or without a name."""
    places = [place for _, place, _, _ in Formatter().parse(text) if place is not None]
    names = {found[0] for place in places if (found := PLACE.match(place))}
    if len(names) < len({re.split(r"[.[]", place, maxsplit=1)[0] for place in places}):
        raise ValueError(text)
    return names


def can_fill(text: str, names: set[str] | None, *, are_texts: bool) -> bool:
    """Return whether values of these names fill words; None: of any. `are_texts`: as those of our words all are."""
    try:
        asked = places_in(text)
        if are_texts and names is not None:
            text.format(**dict.fromkeys(names, "1"))
    except UNFILLED:
        return False
    return names is None or asked <= names


def calls_of(template: nodes.Template) -> Iterator[Call]:
    """Yield where one template asks for words."""
    for node in template.find_all(nodes.Filter):
        if node.name == "t" and node.node is not None:
            given = None if node.dyn_kwargs else frozenset(str(pair.key) for pair in node.kwargs)
            yield from (Call(key, is_whole, given) for key, is_whole in keys_of(node.node))


def keys_of(node: nodes.Node) -> Iterator[tuple[str, bool]]:
    """Yield the keys that an expression may give, whole, or as far as they are written out."""
    match node:
        case nodes.Const(value=str(key)):
            yield key, True
        case nodes.CondExpr(expr1=first, expr2=second):
            yield from keys_of(first)
            yield from keys_of(second) if second is not None else ()
        case nodes.Concat(nodes=[nodes.Const(value=str(start)), *_]) | nodes.Add(left=nodes.Const(value=str(start))):
            yield start, False
        case _:
            yield "", False


def rehearsed(theme: Theme) -> Iterator[Problem]:
    """Yield the faults that pages will meet which a site may not have yet: notices, old addresses, corrections."""
    for page in rare_pages():
        try:
            theme.render(page)
        except TemplateError as error:
            yield from error.problems


def awaited(theme: Theme) -> Iterator[Problem]:
    """TPL006: a template can show every article there may be, and not only those that a site has.

    It stops no build: the articles of a site may all have what its template asks for. One that has not will.
    """
    articles = tuple(trial_articles())
    pages: tuple[Page, ...] = (*articles, FeedPage(url="/feed.xml", updated=DAY, entries=articles))
    for page in pages:
        try:
            theme.render(page)
        except TemplateError as error:
            yield from (expected(one) for one in error.problems if not is_of_the_trial(one))


def is_of_the_trial(fault: Problem) -> bool:
    """Return whether a fault is about a key that no article of a site has."""
    return any(word in dict(fault.details)["message"] for word in (KOREAN, FOREIGN))


def expected(fault: Problem) -> Problem:
    """Return what is said of a fault that no article has met yet."""
    message = dict(fault.details)["message"]
    said = f"there is no template of this name: {message}" if fault.code == "TPL003" else message
    return Problem("TPL006", Severity.WARNING, fault.where, (("message", said),))


def rare_pages() -> Iterator[Page]:
    """Yield such pages, with all that they may say and with as little as they may."""
    crumbs = (Crumb(label="홈", url="/", words=CrumbWords.HOME), Crumb(label="제목", lang="ko"))
    source = "https://agency.example/1"
    for kind in NoticeKind:
        for notice, name, url in (
            (Notice(kind=kind), "", ""),
            (Notice(kind=kind, date="2026-03-02", reason="까닭", replaced_by="/2026/03/new/"), "기관", source),
        ):
            yield TombstonePage(
                url="/2026/03/old/",
                title="제목",
                lang="ko",
                notice=notice,
                source_name=name,
                source_url=url,
                crumbs=crumbs,
            )
    for target, is_indexed in (("/2026/03/new/", True), (source, False)):
        yield RedirectPage(url="/old/", target=target, title="제목", is_indexed=is_indexed)
    changes = tuple(
        Change(id=f"/changes/{kind}", kind=kind, when=when, title="제목", url="/2026/03/old/", note=note, lang="ko")
        for kind in ChangeKind
        for when, note in ((DAY, "까닭"), (None, ""))
    )
    yield ChangesPage(url="/changes/", changes=changes, pager=Pager(), crumbs=crumbs)
    dated = tuple(change for change in changes if change.when)
    yield ChangeFeedPage(url="/changes/feed.xml", updated=DAY, changes=dated)
