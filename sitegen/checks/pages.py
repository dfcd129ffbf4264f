"""Questions asked of every finished page and of the output as a whole. Each yields findings: (code, words, details)."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

from sitegen.checks.attribution import ARTICLE_CHECKS
from sitegen.checks.blocked import check_policy
from sitegen.checks.page import Finding, Output, Page, href_of, is_sound, is_unindexed
from sitegen.checks.persons import resident_number_in
from sitegen.clean.address import host_of, is_host_of
from sitegen.config import Config
from sitegen.problems import Problem, Where
from sitegen.site.urls import CHANGE_FEED_URL, FEED_URL, SITEMAP_URL

# The link types of HTML and of the microformats registry that pages may use; one with a colon is a vocabulary's own.
REL: Final = frozenset(
    {
        "alternate", "apple-touch-icon", "author", "bookmark", "canonical", "dns-prefetch", "expect", "external",
        "help", "icon", "license", "manifest", "mask-icon", "me", "modulepreload", "next", "nofollow", "noopener",
        "noreferrer", "opener", "pingback", "preconnect", "prefetch", "preload", "prev", "privacy-policy", "search",
        "shortcut", "sponsored", "stylesheet", "tag", "terms-of-service", "ugc", "via",
    }
)  # fmt: skip
STATE_MARKS: Final = re.compile(
    r"공식 전자정부 누리집입니다|An official website of the|krds-masthead|govkr-masthead|id=\"masthead\""
)
NAVIGATING: Final = ("href", "src", "action", "formaction", "poster", "data", "srcset", "cite", "background")
SEARCH: Final = "search/"  # where a build puts its search page
# Feeds and sitemap; other files of XML are the owner's, in whatever form their readers take.
OWN_XML: Final = frozenset(url.removeprefix("/") for url in (FEED_URL, CHANGE_FEED_URL, SITEMAP_URL))
STYLE: Final = re.compile(r"(?<=/)css/[^/]+$")  # our own style sheet, below the site's base
RUN_BY_MARKUP: Final = re.compile(r"on[a-z]+", re.IGNORECASE)


def check_no_state_marks(page: Page) -> Iterator[Finding]:
    """ATTR005: nothing makes the site look like a government's: no banner of its sites, no masthead.

    A republisher may not suggest any relation to the institution. Take the mark out of the template or the text.
    """
    head, _, rest = page.html.partition("<main")  # an article may speak of such marks
    mark = STATE_MARKS.search(head, max(0, head.find("<body"))) or STATE_MARKS.search(rest.partition("</main>")[2])
    if mark:
        yield "ATTR005", mark[0], {"match": mark[0]}


def check_addresses(page: Page) -> Iterator[Finding]:
    """SEC002: every address is http, https, mailto, tel or the site's own; none has a user name or hides its scheme.

    Nothing on a page runs script by itself either: no event attributes, no script of another host.
    """
    for node in page.tree.css("*"):
        for name, value in node.attributes.items():
            if name in NAVIGATING and value and not is_sound(value):
                yield "SEC002", value, {"url": value[:80]}
            elif RUN_BY_MARKUP.fullmatch(name):
                yield "SEC002", f"{name}=", {"url": f"{name}={(value or '')[:60]}"}
    for script in page.tree.css("script[src], iframe, object, embed"):
        source = script.attributes.get("src") or script.attributes.get("data") or script.tag or ""
        is_ours = script.tag == "script" and source.startswith(page.base) and not source.startswith("//")
        if not is_ours:
            yield "SEC002", source, {"url": source[:80]}


def check_robots(page: Page) -> Iterator[Finding]:
    """SEO002: a page does not say noindex and name another site's page as the canonical one: engines then guess.

    Choose one in `indexing`.
    """
    canonical_host = host_of(page.attribute('link[rel="canonical"]', "href"))
    if is_unindexed(page) and canonical_host and canonical_host != page.output.host:
        yield "SEO002", 'rel="canonical"', {"page": page.path}


def check_persons_shown(page: Page) -> Iterator[Finding]:
    """No page shows a resident number, wherever it came from: a text, a template, a file of the owner's.

    Mask it, and build again.
    """
    words = page.tree.body.text(separator=" ") if page.tree.body else ""
    number = resident_number_in(words)
    if number:
        yield "PII001", number, {"match": f"{number[:7]}*******"}


def check_link_types(page: Page) -> Iterator[Finding]:
    """LINK001: every rel is a link type that exists (dofollow is none)."""
    for link in page.tree.css("a[rel], link[rel], form[rel]"):
        wrong = [token for token in (link.attributes.get("rel") or "").lower().split() if ":" not in token]
        wrong = [token for token in wrong if token not in REL]
        if wrong:
            yield "LINK001", link.attributes.get("rel") or "", {"rel": " ".join(wrong), "href": href_of(link)}


def check_structure(page: Page) -> Iterator[Finding]:
    """HTML001: a page has one title, one h1, one main, a language, and no id twice.

    An article has exactly one searched part (data-pagefind-body). Mend the template.
    """
    if not page.kind:  # a file of the owner's own, such as those that prove a site to a search engine
        return
    whole = ("title",) if page.kind == "redirect" else ("title", "h1", "main")
    counts = {name: len(page.tree.css(name)) for name in whole}
    wrong = [f"{name} × {count}" for name, count in counts.items() if count != 1]
    ids = Counter(node.attributes["id"] for node in page.tree.css("[id]"))
    wrong += [f'id "{name}" × {count}' for name, count in ids.items() if name and count > 1]
    if not page.attribute("html", "lang"):
        wrong.append("lang")
    if page.kind == "article" and len(page.tree.css("[data-pagefind-body]")) != 1:
        wrong.append("data-pagefind-body")
    for reason in wrong:
        yield "HTML001", "", {"reason": reason}


def check_pictures(page: Page) -> Iterator[Finding]:
    """IMG001: every picture of the site's own is there."""
    for image in page.tree.css("img[src]"):
        source = image.attributes.get("src") or ""
        path = re.split("[?#]", source.removeprefix(page.base), maxsplit=1)[0]
        if source.startswith(page.base) and unquote(path) not in page.output.files:
            yield "IMG001", source, {"src": source}


PAGE_CHECKS: Final[tuple[Callable[[Page], Iterator[Finding]], ...]] = (
    check_no_state_marks,
    check_addresses,
    check_robots,
    check_persons_shown,
    check_link_types,
    check_structure,
    check_pictures,
)


def check_promotion(page: Page, config: Config) -> Iterator[Finding]:
    """LINK002: a link to an advertiser says so (rel="sponsored nofollow"), as search engines and the law ask.

    Cleaning takes promotional blocks out; what a template or a static page adds is the owner's.
    """
    for link in page.tree.css("a[href]"):
        host = host_of(href_of(link))
        tokens = (link.attributes.get("rel") or "").split()
        if host and is_host_of(host, config.cleaning.promo_hosts) and "sponsored" not in tokens:
            yield "LINK002", href_of(link), {"href": href_of(link)}


def check_targets(output: Output, config: Config) -> Iterator[tuple[str, Finding]]:
    """LINK003, LINK004: every link inside the site leads to a page that is there, and to a place that is on it.

    In a trial without the search, its page is not missed.
    """
    for path, written, target in output.links:
        name, _, fragment = target.partition("#")
        found = next((form for form in (name, f"{name}index.html", f"{name}/index.html") if form in output.files), None)
        if found is None:
            if name == SEARCH and not config.search:
                continue
            yield path, ("LINK003", written, {"href": written})
        elif fragment and found in output.anchors and fragment not in output.anchors[found]:
            yield path, ("LINK004", written, {"href": written})


def check_sitemap(output: Output) -> Iterator[tuple[str, Finding]]:
    """SEO003: the sitemap names no page that asks to be left out.

    SEO004: it names pages by their full addresses; with relative ones a site is sound, but found by nobody.
    XML001: feeds and sitemap are well-formed.
    """
    for name in sorted(OWN_XML & output.files):
        try:
            root = ET.fromstring((output.folder / name).read_bytes())  # noqa: S314  of a template of this site
        except (ET.ParseError, ValueError, LookupError) as error:  # the last two: an encoding that nobody reads
            yield name, ("XML001", "", {"reason": str(error)})
            continue
        urls = [place.text or "" for place in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
        if urls and urls[0].startswith("/"):
            yield name, ("SEO004", f"<loc>{urls[0]}", {"url": urls[0]})
        for url in urls:
            if not is_sound(url):
                yield name, ("SEC002", url, {"url": url[:80]})
                continue
            target = unquote(urlsplit(url).path.removeprefix(output.base).lstrip("/"))
            if f"{target}index.html" in output.unindexed:
                yield name, ("SEO003", url, {"page": f"{target}index.html"})


def check_output(config: Config, progress: Callable[[str, int, int], None]) -> tuple[int, list[Problem]]:
    """Return how many pages an output folder has, and what the checks find in them."""
    folder = config.output_dir
    files = frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    output = output_at(folder, files)
    paths = sorted(file for file in files if file.endswith(".html") and not file.startswith("search/pagefind"))
    problems: list[Problem] = []
    for done, path in enumerate(paths, 1):
        page = Page(output, path)
        remember(page)
        problems += reported(page.where, page_findings(page, config), config)
        progress("check", done, len(paths))
    asked_last = chain(check_targets(output, config), check_sitemap(output))
    for path, found in groupby(asked_last, key=itemgetter(0)):
        problems += reported(Page(output, path).where, (finding for _, finding in found), config)
    return len(paths), problems


def output_at(folder: Path, files: frozenset[str]) -> Output:
    """Return an output folder; where it lies, its home page tells."""
    output = Output(folder=folder, files=files)
    if "index.html" in files:
        home = Page(output, "index.html")
        own = (href_of(link) for link in home.tree.css('link[rel="stylesheet"]'))
        output.base = next((STYLE.sub("", href) for href in own if STYLE.search(href) and href[:1] == "/"), "/")
        output.host = host_of(home.attribute('meta[property="og:url"]', "content"))
    return output


def page_findings(page: Page, config: Config) -> Iterator[Finding]:
    """Yield what the checks find in one page."""
    if page.kind == "article":
        for check in ARTICLE_CHECKS:
            yield from check(page)
    for check in PAGE_CHECKS:
        yield from check(page)
    yield from check_promotion(page, config)
    yield from check_policy(page, config)


def reported(where: Callable[[str], Where], findings: Iterable[Finding], config: Config) -> Iterator[Problem]:
    """Yield findings as problems, as heavy as this site takes them."""
    for code, words, details in findings:
        place = where(words)
        yield config.finding(code, place, place.path, **details)


def remember(page: Page) -> None:
    """Keep what other pages will be asked about this one: its anchors, its links, whether it wants to be found."""
    output = page.output
    output.anchors[page.path] = frozenset(node.attributes["id"] or "" for node in page.tree.css("[id]"))
    if is_unindexed(page):
        output.unindexed.add(page.path)
    folder = "" if "/" not in page.path else page.path.rpartition("/")[0] + "/"
    for link in page.tree.css("a[href], link[href]:not([rel~=canonical])"):
        href = href_of(link)
        if href.startswith("#"):
            output.links.append((page.path, href, f"{page.path}{unquote(href)}"))
        elif href.startswith(page.base):
            address = unquote(href[len(page.base) :])
            path, mark, fragment = address.partition("#")
            path = path.partition("?")[0]
            output.links.append((page.path, href, f"{path or 'index.html'}{mark}{fragment}"))
        elif href.startswith("/") and not href.startswith("//"):  # of the host, but of another site on it
            output.links.append((page.path, href, href))
        elif is_sound(href) and not urlsplit(href).scheme:
            target = urlsplit(urljoin(f"/{folder}", href))
            mark = f"#{target.fragment}" if target.fragment else ""
            output.links.append((page.path, href, unquote(f"{target.path[1:] or 'index.html'}{mark}")))
