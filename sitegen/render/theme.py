"""Page values → bytes, through Jinja. `Theme.render(page)` is all that other rooms see.

A theme is a chain of template folders (the site's own first, then ours) and a chain of static folders. Autoescape is
on, undefined names are errors, what a page is made of is known (sources.py), and nothing but `page`, `site` and what
the head of every page needs is in scope. The only markup that is trusted is `GatedHtml`.
"""

import base64
import contextlib
import hashlib
import os
import re
from collections.abc import Iterable, MutableMapping
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

import jinja2
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from sitegen.errors import TemplateError
from sitegen.languages import HANGUL, our_language
from sitegen.model import GatedHtml, OutputFile
from sitegen.places import toml_in
from sitegen.problems import Problem, Severity, Where
from sitegen.render import filters
from sitegen.render.sources import WORDS, Loader, Source, Sources, script_folders, sources_of, text_of, used_by
from sitegen.render.structured import news_article
from sitegen.runtime.files import folder_here
from sitegen.runtime.fingerprint import name_of
from sitegen.site.urls import absolute_url, index_url, output_path, with_base
from sitegen.values import value
from sitegen.views import (
    ArticlePage,
    Card,
    ChangeFeedPage,
    ChangesPage,
    FeedPage,
    HomePage,
    IndexPage,
    LicencePage,
    ListingPage,
    NotFoundPage,
    Page,
    RedirectPage,
    SearchPage,
    SitemapPage,
    SiteView,
    StaticPage,
    TombstonePage,
)

TEMPLATES: dict[type, str] = {
    ArticlePage: "article.html",
    HomePage: "home.html",
    ListingPage: "listing.html",
    IndexPage: "index.html",
    StaticPage: "page.html",
    LicencePage: "license.html",
    SearchPage: "search.html",
    NotFoundPage: "404.html",
    TombstonePage: "tombstone.html",
    ChangesPage: "changes.html",
    ChangeFeedPage: "feeds/changes.xml",
    RedirectPage: "redirect.html",
    FeedPage: "feeds/atom.xml",
    SitemapPage: "feeds/sitemap.xml",
}
TEMPLATE_ENDS = (".html", ".xml")  # of ours; a template may include others
NO_MACRO = re.compile(r"the template '(.+?)' .* does not export the requested name")  # it is not the importer's fault
HALF = re.compile(rb"\\u[dD][89A-Fa-f][0-9A-Fa-f]{2}")  # of a letter beyond U+FFFF
UNFILLED = (LookupError, ValueError, TypeError, AttributeError)  # what `format` says of words and their places
LIKE = 0.7  # how like another a name must be to have been meant for it
MISCALLED = re.compile(r"macro '(\w+)' ")  # one of a site's own that ours call in another way by now
LINES = re.compile(r"^debug_info = '(.*)'$", re.MULTILINE)  # of a template=those of the code that Jinja writes for it
MAX_SHARED = 20_000  # pieces of pages a worker keeps: about 10 MB


@value
class ThemeSettings:
    """What a worker needs to make its own theme; small and picklable."""

    template_dirs: tuple[str, ...]
    static_dirs: tuple[str, ...]
    assets: tuple[tuple[str, str], ...]  # static path → hashed address, from the site's root, of those it may ask for
    site: SiteView
    base_path: str  # `/` or `/repo/`
    version: str  # names the bytes of the templates, so that a changed template makes a new theme


class PlainEnvironment(jinja2.Environment):
    """Jinja with one plain mapping of globals for all templates, each looked up once.

    Its chain of mappings is a tenth of a page's time, its look-ups by name (eight a page) another.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  as Jinja takes them
        super().__init__(**options)
        self.known: dict[str, jinja2.Template] = {}

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  Jinja's own name
    ) -> jinja2.Template:
        """Return a template; it stays what it is, for a changed one is a new theme."""
        if not isinstance(name, str) or globals:
            return super().get_template(name, parent, globals)
        if name not in self.known:
            self.known[name] = template = self.compiled(name, parent)
            written = template.root_render_func.__globals__  # Jinja's code for it; where it names no `escape`, so be it
            if written.get("escape") is escape:
                written["escape"] = escaped
        return self.known[name]

    def compiled(self, name: str, parent: str | None) -> jinja2.Template:
        """Return a template that was not asked for before. Raises jinja2.TemplateError for what Python refuses, too."""
        try:
            return super().get_template(name, parent)
        except SyntaxError as error:
            text, path = self.text_at(name)
            lines = LINES.search(self.compile(text, name, path, raw=True))
            pairs = (pair.partition("=") for pair in (lines[1] if lines else "").split("&") if pair)
            before = [int(line) for line, _, place in pairs if int(place) <= (error.lineno or 0)]
            raise jinja2.TemplateSyntaxError(error.msg, max(before, default=1), name, path) from error
        except RecursionError:
            raise jinja2.TemplateSyntaxError("too many parts in one another", 1, name, self.text_at(name)[1]) from None

    def text_at(self, name: str) -> tuple[str, str]:
        """Return the text of a template, and where it is."""
        assert self.loader is not None
        text, path, _ = self.loader.get_source(self, name)
        return text, path or name

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template: those of the environment, for no template here adds its own."""
        return self.globals if not d else super().make_globals(d)


class Unknown(jinja2.StrictUndefined):
    """What a template asks for and nobody has: a fault that names the field which may have been meant."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        value, name = self._undefined_obj, self._undefined_name
        if not isinstance(name, str) or value is missing or self._undefined_hint:
            return super()._undefined_message
        from difflib import get_close_matches  # noqa: PLC0415  only now

        said = f"{'None' if value is None else type(value).__name__} has no attribute '{name}'"
        near = get_close_matches(name, [field for field in dir(value) if not field.startswith("_")], 1, LIKE)
        return f"{said} (did you mean '{near[0]}'?)" if near else said


def escaped(value: Any) -> str:  # noqa: ANN401  whatever a template shows
    """Return what `markupsafe.escape` does, as plain text where it may: a template only joins what it gets.

    A fifth of a page's time goes into wrapping words that have nothing to escape.
    """
    if type(value) is str and not ("&" in value or "<" in value or ">" in value or '"' in value or "'" in value):
        return value
    return value if type(value) is Markup else escape(value)


class Theme:
    """A compiled set of templates. Each worker makes its own from the same settings."""

    def __init__(self, settings: ThemeSettings) -> None:
        self.settings = settings
        self.sources = theme_sources(settings)
        self.language = our_language(settings.site.language)
        self.assets = dict(settings.assets)
        self.made: dict[tuple[object, ...], tuple[str, dict[str, object], Macro]] = {}
        lists = {index_url(kind) for kind in settings.site.lists}
        self.menu_urls = frozenset({"/", "/search/", *lists, *(link.url for link in settings.site.nav)})

    def render(self, page: Page) -> OutputFile:
        """Return the file of `page`. Raises TemplateError with the template's own place."""
        try:
            text = self.template(TEMPLATES[type(page)]).render(page=page)
        except jinja2.TemplateError as error:
            raise self.template_error(error) from error
        except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError) as error:
            # what a template did with a value: whoever wrote it is told where
            told = jinja2.TemplateRuntimeError(f"{type(error).__name__}: {error}")
            raise self.template_error(told.with_traceback(error.__traceback__)) from error
        except RecursionError as error:
            told = jinja2.TemplateRuntimeError("it includes, extends or calls itself")
            raise self.template_error(told.with_traceback(error.__traceback__)) from None
        try:
            return OutputFile(path=output_path(page.url), data=text.encode())
        except UnicodeEncodeError as error:
            raise self.template_error(self.half_told(TEMPLATES[type(page)])) from error

    def load(self) -> None:
        """Compile the templates now; a fault in one waits for the first page that meets it."""
        names = [name for name in self.sources.templates() if name.endswith(TEMPLATE_ENDS)]
        for name in names:
            with contextlib.suppress(jinja2.TemplateError):
                self.template(name)

    def template(self, name: str) -> jinja2.Template:
        """Return a compiled template."""
        return self.environment.get_template(name)

    @cached_property
    def environment(self) -> jinja2.Environment:
        """Return the Jinja environment with our filters."""
        environment = PlainEnvironment(
            loader=Loader(self.sources),
            autoescape=True,
            undefined=Unknown,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,  # a changed template is a new theme: see ThemeSettings.version
        )
        environment.globals = {"site": self.settings.site}
        environment.filters |= {
            "t": self.words,
            "link": lambda url: with_base(url, self.settings.base_path),
            "absolute": lambda url: absolute_url(url, self.settings.site.base_url),
            "asset": self.asset,
            "assets": self.assets_in,
            "body": trusted_body,
            "shared": self.shared,
            "menu_place": self.menu_place,
            "date": lambda moment: filters.short_date(moment, self.language),
            "day": lambda text: filters.day(text, self.language),
            "long_date": lambda moment: filters.long_date(moment, self.language),
            "month": lambda key: filters.month_label(key, self.language),
            "list_name": filters.list_name,
            "iso_date": filters.iso_date,
            "iso_time": filters.iso_time,
            "number": filters.thousands,
            "json_ld": lambda page: Markup(news_article(page, self.settings.site)),  # noqa: S704  `<` is escaped there
        }
        environment.tests |= {
            "external": lambda url: str(url).startswith(("http://", "https://")),
            "hangul": lambda text: HANGUL.search(str(text)) is not None,
        }
        environment.globals["early_script"] = Markup(self.early_script)  # noqa: S704  our own file
        environment.globals["content_security_policy"] = self.content_security_policy
        return environment

    def asset(self, name: str) -> str:
        """Return the hashed address of a static file. Raises TemplateError for a name that is not there."""
        if name not in self.assets:
            raise jinja2.TemplateRuntimeError(f'static file "{name}" is not there')
        return with_base("/" + self.assets[name], self.settings.base_path)

    def assets_in(self, folder: str) -> list[str]:
        """Return the hashed addresses of the static files whose names begin so, in order."""
        return [self.asset(name) for name in sorted(self.assets) if name.startswith(folder)]

    def shared(self, macro: Macro, **arguments: object) -> str:
        """Return what a macro makes of these arguments, made once: pages share headers, lists share cards."""
        # a card by itself: pages share them, and to hash one costs as much as to find it
        parts = [
            (name, type(value), id(value) if type(value) is Card else value)
            for name, value in arguments.items()
            if name != "site"
        ]
        key = (id(macro._func.__code__), *parts)  # noqa: SLF001  two files may each have a macro of one name
        found = self.made.get(key)
        if found is None:
            if len(self.made) >= MAX_SHARED:
                self.made.clear()
            found = self.made[key] = (macro(**arguments), arguments, macro)  # what is named by its place must stay
        return found[0]

    def menu_place(self, url: str) -> str:
        """Return an address if the menu may lead there, else nothing: the menu marks no other page."""
        return url if url in self.menu_urls else ""

    def words(self, key: str, **values: object) -> str:
        """Return the interface words under `key`; `n` chooses the singular where the language has one."""
        text = self.dictionary.get(f"{key}_one") if values.get("n") == 1 else None
        text = text or self.dictionary.get(key)
        if text is None:
            raise jinja2.TemplateRuntimeError(f'no words under "{key}" for language "{self.language}"')
        shown = {name: filters.thousands(value) if type(value) is int else value for name, value in values.items()}
        try:
            return text.format(**shown)
        except UNFILLED as error:  # it is the call's fault: files of words were asked before (rehearsal.py)
            raise jinja2.TemplateRuntimeError(unfilled(key, text, shown)) from error

    @cached_property
    def dictionary(self) -> dict[str, str]:
        """Return the words of the interface language; a site's own file adds to and overrides ours."""
        words: dict[str, str] = {}
        for source in self.word_files():
            words |= words_in(source)
        return words

    def word_files(self) -> list[Source]:
        """Return the files of words in the interface language, ours first."""
        return self.sources.all_of(f"{WORDS}{self.language}.toml")

    @cached_property
    def early_script(self) -> str:
        """Return the script that is inlined in every head."""
        return text_of(self.sources.early_script).replace("\r\n", "\n").strip()

    @cached_property
    def content_security_policy(self) -> str:
        """Return the policy that lets only the site's own files run (and the early script, by its hash)."""
        digest = base64.b64encode(hashlib.sha256(self.early_script.encode()).digest()).decode()
        pictures = " ".join(
            ("'self'", *(f"https://{host} https://*.{host}" for host in self.settings.site.image_hosts))
        )
        return (
            f"default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-{digest}'; style-src 'self'; "
            f"img-src {pictures}; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
            "form-action 'self'; base-uri 'none'"
        )

    def template_error(self, error: jinja2.TemplateError) -> TemplateError:
        """Return `error` with the template's path and line."""
        name, line = "", 0
        if isinstance(error, jinja2.TemplateSyntaxError):
            name, line = error.filename or error.name or "", error.lineno
        else:
            step, paths = error.__traceback__, self.sources.paths()
            while step:  # the innermost frame that belongs to a template
                if step.tb_frame.f_code.co_filename in paths:
                    name, line = step.tb_frame.f_code.co_filename, step.tb_lineno
                step = step.tb_next
        message = error.message or str(error)
        if (found := NO_MACRO.match(message)) and (source := self.sources.find(found[1])):
            name, line = source.path, 1
        if (found := MISCALLED.search(message)) and (place := self.sources.own_macro(found[1])):
            name, line = place
        hint_ko, hint_en = "표시된 줄을 고쳐 주세요", "mend the line shown"
        if ours := self.sources.stands_for(name):
            hint_ko += f". 이 파일은 기본 템플릿 {ours} 대신 쓰입니다. 오래된 것이면 지금 것과 견주어 보세요"
            hint_en += f"; this file takes the place of our {ours}: if it is an older copy, compare the two"
        problem = Problem(
            code="TPL003" if isinstance(error, jinja2.TemplateNotFound) else "TPL001",
            severity=Severity.ERROR,
            where=Where(path=self.shown(name) or next(iter(self.settings.template_dirs), "templates"), line=line),
            details=(("message", message), ("hint_ko", hint_ko), ("hint_en", hint_en)),
        )
        return TemplateError(problem)

    def half_told(self, name: str) -> jinja2.TemplateSyntaxError:
        r"""Return the fault of a page with half a letter in it: at the first template that writes one (`"\ud800"`)."""
        used = [one for one, _ in used_by(name, self.sources.templates())]
        sources = [source for one in (name, *used) if (source := self.sources.find(one))]
        places = ((source, found.start()) for source in sources if (found := HALF.search(source.data)))
        source, place = next(places, (sources[0], 0))
        line = source.data.count(b"\n", 0, place) + 1
        return jinja2.TemplateSyntaxError("half a letter, which no file can hold", line, filename=source.path)

    def shown(self, path: str) -> str:
        """Return the path of a file as its author knows it."""
        for folder in (*self.settings.template_dirs, *script_folders(self.settings.static_dirs)):
            here = folder_here(folder)
            if path.startswith(f"{here}{os.sep}"):
                return f"{folder}{path.removeprefix(here)}"
        return path


def words_in(source: Source) -> dict[str, str]:
    """Return the words of a file of ours or of a site's own. Raises jinja2.TemplateSyntaxError."""
    text = text_of(source)
    try:
        words = toml_in(text)
    except ValueError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise jinja2.TemplateSyntaxError(str(error).partition(" (at")[0], line, filename=source.path) from error
    for key, word in words.items():
        if not isinstance(word, str):
            raise jinja2.TemplateSyntaxError(f"{key} = {word} is no text", line_of(key, text), filename=source.path)
    return words


def unfilled(key: str, text: str, known: Iterable[str]) -> str:
    """Return what is said of words with a place that nothing fills. `known`: the names of what would."""
    names = ", ".join(f"{{{name}}}" for name in known)
    return f'words under "{key}": "{text}" (known here: {names or "—"})'


def line_of(key: str, text: str) -> int:
    """Return the line of a key in a file of words."""
    row = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
    return next((number for number, line in enumerate(text.splitlines(), 1) if row.match(line)), 1)


def trusted_body(body: GatedHtml) -> Markup:
    """Return the markup of a body that has passed the gate. The one place where markup is trusted."""
    return Markup(body.html)  # noqa: S704


def looks_of(settings: ThemeSettings, code: str) -> dict[type, bytes]:
    """Return for each kind of page a name for all that its look is made of. `code` names our own part in it.

    That is its template with what it includes, so that a changed partial touches the pages that show it and no others.
    """
    sources = theme_sources(settings)
    common = name_of(code, replace(settings, version=""), sources.words(), sources.early_script.data)
    templates = sources.templates()
    return {kind: name_of(common, *used_by(name, templates)) for kind, name in TEMPLATES.items()}


@lru_cache(maxsize=1)
def theme_of(settings: ThemeSettings) -> Theme:
    """Return this process's theme for these settings."""
    return Theme(settings)


def theme_sources(settings: ThemeSettings) -> Sources:
    """Return what a theme is made of. Raises ToolError."""
    return sources_of(settings.template_dirs, settings.static_dirs, settings.version)
