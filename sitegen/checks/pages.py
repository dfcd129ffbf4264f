"""The checks of finished pages: the output folder is read as a browser would, and asked whether it keeps its promises.

Each check yields findings: (code, the words at the place, details). What a page should say is taken from the
article.json beside it, never from the content: so a folder can be checked without what made it.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sitegen.checks.content import resident_number_in
from sitegen.clean.address import host_of, is_host_of
from sitegen.clean.gate import gate
from sitegen.config import Config
from sitegen.problems import Problem, Where

RECORD: Final = "article.json"
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
SCHEMES: Final = ("http", "https", "mailto", "tel", "")
OUT_OF_SIGHT: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.IGNORECASE)
STYLE: Final = re.compile(r"(?<=/)css/[^/]+$")  # our own style sheet, below the site's base
KOGL: Final = re.compile(r"KOGL-([1-4])")
RUN_BY_MARKUP: Final = re.compile(r"on[a-z]+", re.IGNORECASE)

Finding = tuple[str, str, dict[str, str]]


@dataclass(slots=True)
class Output:
    """The files of an output folder, and what pages have told about themselves so far."""

    folder: Path
    files: frozenset[str]
    base: str = "/"  # the path the site lies below
    host: str = ""  # its own, where it knows it
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)  # of each page
    links: list[tuple[str, str, str]] = field(default_factory=list)  # page, address as written, path and fragment
    unindexed: set[str] = field(default_factory=set)  # pages that say noindex


class Page:
    """One page of the output, parsed."""

    def __init__(self, output: Output, path: str) -> None:
        self.output = output
        self.path = path
        self.html = (output.folder / path).read_bytes().decode("utf-8", "replace")
        self.tree = LexborHTMLParser(self.html)

    @cached_property
    def record(self) -> dict[str, Any] | None:
        """Return the article.json beside the page, None where there is none that can be read."""
        file = self.output.folder / Path(self.path).with_name(RECORD)
        try:
            value = json.loads(file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        return value if isinstance(value, dict) else None

    def told(self, name: str) -> dict[str, Any]:
        """Return a mapping of the record, empty where there is none."""
        value = (self.record or {}).get(name)
        return value if isinstance(value, dict) else {}

    @cached_property
    def kind(self) -> str:
        """Return what sort of page it is: an article where a record lies beside it, else what it says to be."""
        is_article = str(Path(self.path).with_name(RECORD).as_posix()) in self.output.files
        return "article" if is_article else self.attribute('meta[name="page-kind"]', "content")

    @property
    def base(self) -> str:
        """Return the path the site lies below."""
        return self.output.base

    @cached_property
    def footer(self) -> LexborNode | None:
        """Return the footer that tells the source."""
        return self.tree.css_first("footer.source")

    def attribute(self, selector: str, name: str) -> str:
        """Return an attribute of the first match, or an empty string."""
        found = self.tree.css_first(selector)
        return (found.attributes.get(name) or "") if found else ""

    def where(self, words: str) -> Where:
        """Return the place of some words in the file."""
        at = max(self.html.find(words), 0) if words else 0
        line = self.html.count("\n", 0, at) + 1
        return Where(
            path=str(self.output.folder / self.path), line=line, column=at - self.html.rfind("\n", 0, at) if at else 1
        )


def check_source_shown(page: Page) -> Iterator[Finding]:
    """ATTR001: every article ends with one source footer, outside the searched text, that leads to the original.

    To source.url, else to source.site: without it the licence ends at once. Mend the template partials/source.html.
    """
    wanted = address_of(page)
    is_searched = bool(page.tree.css("[data-pagefind-body] footer.source"))
    if len(page.tree.css("footer.source")) != 1 or is_searched or (wanted and not links_to(page, wanted)):
        yield "ATTR001", "<footer", {"page": page.path}


def check_source_open(page: Page) -> Iterator[Finding]:
    """ATTR003: the link to the source is in sight and is followed: never hidden, nofollow, ugc or sponsored.

    A credit that neither readers nor search engines can follow is none. Mend the template partials/source.html.
    """
    leading = [link for link in page.tree.css("footer.source a") if href_of(link) == address_of(page)]
    tokens = {token for link in leading for token in (link.attributes.get("rel") or "").lower().split()}
    is_hidden = bool(leading) and all(map(is_hidden_node, leading))
    if is_hidden or tokens & {"nofollow", "ugc", "sponsored"}:
        yield "ATTR003", "<footer", {"page": page.path}


def is_hidden_node(node: LexborNode) -> bool:
    """Return whether an element, or one around it, is kept from sight by its own markup."""
    around: LexborNode | None = node
    while around is not None and around.tag not in ("body", "html"):
        attributes = around.attributes
        classes = (attributes.get("class") or "").split()
        if "hidden" in attributes or "unseen" in classes or OUT_OF_SIGHT.search(attributes.get("style") or ""):
            return True
        around = around.parent
    return False


def check_statement_shown(page: Page) -> Iterator[Finding]:
    """SRC007: the reprint statement of the original stands on the page, word for word.

    Whoever lets others reprint a text on that condition may take the permission back. Mend partials/source.html.
    """
    statement = " ".join(str((page.record or {}).get("statement", "")).split())
    said = " ".join(page.footer.text().split()) if page.footer else ""
    if statement and statement not in said:
        yield "SRC007", "<footer", {"statement": statement[:80]}


def address_of(page: Page) -> str:
    """Return the address that the source link of an article leads to, empty where none is known."""
    source = page.told("source")
    return str(source.get("url") or source.get("site") or "")


def links_to(page: Page, address: str) -> list[dict[str, str | None]]:
    """Return the attributes of the footer's links to an address."""
    links = (link.attributes for link in page.tree.css("footer.source a"))
    return [link for link in links if link.get("href") == address]


def check_credit_whole(page: Page) -> Iterator[Finding]:
    """ATTR002: under KOGL types 1 to 4 the credit names institution, year, title, type and address.

    The licence asks for each of them. Mend the template, or the field that is empty.
    """
    record = page.record or {}
    number = KOGL.fullmatch(str(page.told("license").get("id", "")))
    if number is None or page.footer is None:
        return
    said = " ".join(page.footer.text().split())
    agencies = record.get("agency") or (page.told("source").get("name", ""),)
    wanted = {
        "institution": ", ".join(map(str, agencies)),
        "year": str(record.get("date", ""))[:4],
        "title": str(record.get("title", "")),
    }
    missing = [name for name, words in wanted.items() if " ".join(words.split()) not in said]
    missing += [] if re.search(rf"제{number[1]}유형|Type {number[1]}\b", said) else ["type"]
    if address_of(page) and not links_to(page, address_of(page)):
        missing.append("url")
    if missing:
        yield "ATTR002", "<footer", {"missing": ", ".join(missing)}


def check_no_state_marks(page: Page) -> Iterator[Finding]:
    """ATTR005: nothing makes the site look like a government's: no banner of its sites, no masthead.

    A republisher may not suggest any relation to the institution. Take the mark out of the template or the text.
    """
    head, _, rest = page.html.partition("<main")  # an article may speak of such marks
    mark = STATE_MARKS.search(head, max(0, head.find("<body"))) or STATE_MARKS.search(rest.partition("</main>")[2])
    if mark:
        yield "ATTR005", mark[0], {"match": mark[0]}


def check_data_agrees(page: Page) -> Iterator[Finding]:
    """ATTR004: the data for machines (JSON-LD) names original, holder and licence, and agrees with what readers see.

    A licence is left out only where it is not known. Mend the template's JSON-LD.
    """
    value = json_ld_of(page)
    shown = page.attribute('footer.source a[rel~="license"]', "href")
    licence = page.told("license")
    is_known = licence.get("id", "UNKNOWN") != "UNKNOWN" and bool(licence.get("url"))
    said = value.get("license", "")
    lacks = [name for name in ("isBasedOn", "copyrightHolder", "headline") if not value.get(name)]
    if lacks or (is_known and not said) or (said or "") != (shown or ""):
        yield "ATTR004", "application/ld+json", {"page": page.path}


def json_ld_of(page: Page) -> dict[str, Any]:
    """Return the page's JSON-LD, empty where it cannot be read."""
    for found in page.tree.css('script[type="application/ld+json"]'):
        with suppress(ValueError, RecursionError):
            value = json.loads(found.text())
            if isinstance(value, dict) and value.get("@type") == "NewsArticle":
                return value
    return {}


def check_record(page: Page) -> Iterator[Finding]:
    """REC001: the record beside an article can be read; a text that may not be shown is neither there nor on the page.

    This is our fault; please report it.
    """
    record = page.record
    if record is None or not (record.get("title") and page.told("license")):
        yield "REC001", "", {"reason": f"{RECORD} is missing or cannot be read"}
    elif record.get("link_only") and (record.get("text") or page.tree.css("article .body")):
        yield "REC001", 'class="body"', {"reason": "a text that may not be shown"}


def check_body_is_gated(page: Page) -> Iterator[Finding]:
    """SEC001: the text of an article holds no markup that the gate would take out.

    Something wrote into the body after it was cleaned: a template of the site, or a script of the workflow.
    """
    body = page.tree.css_first(".body")
    inner = (body.inner_html if body else "") or ""
    if inner and canonical(gate(inner)) != canonical(inner):
        yield "SEC001", 'class="body', {"snippet": differing(canonical(inner), canonical(gate(inner)))}


def canonical(markup: str) -> str:
    """Return markup as the parser writes it, white space between blocks aside."""
    body = LexborHTMLParser(markup).body
    return re.sub(r"\s+", " ", (body.inner_html if body else "") or "").strip()


def differing(one: str, other: str) -> str:
    """Return the start of where two texts part."""
    at = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(other))
    return one[max(0, at - 10) : at + 50]


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


def is_sound(address: str) -> bool:
    """Return whether an address may stand on a page."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    scheme = parts.scheme.lower()
    return scheme in SCHEMES and "@" not in parts.netloc and not (parts.netloc and not scheme)


def check_robots(page: Page) -> Iterator[Finding]:
    """SEO002: a page does not say noindex and name another site's page as the canonical one: engines then guess.

    Choose one in `indexing`.
    """
    canonical_host = host_of(page.attribute('link[rel="canonical"]', "href"))
    if is_unindexed(page) and canonical_host and canonical_host != page.output.host:
        yield "SEO002", 'rel="canonical"', {"page": page.path}


def is_unindexed(page: Page) -> bool:
    """Return whether a page asks search engines to leave it out."""
    return "noindex" in page.attribute('meta[name="robots"]', "content")


def check_persons_shown(page: Page) -> Iterator[Finding]:
    """PII001: no page shows a resident number, wherever it came from: a text, a template, a file of the owner's.

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
    ids = [node.attributes["id"] for node in page.tree.css("[id]")]
    wrong += [f'id "{name}" × 2' for name in dict.fromkeys(ids) if name and ids.count(name) > 1] if doubled(ids) else []
    if not page.attribute("html", "lang"):
        wrong.append("lang")
    if page.kind == "article" and len(page.tree.css("[data-pagefind-body]")) != 1:
        wrong.append("data-pagefind-body")
    for reason in wrong:
        yield "HTML001", "", {"reason": reason}


def doubled(names: list[str | None]) -> bool:
    """Return whether a name is there twice."""
    return len(set(names)) < len(names)


def href_of(node: LexborNode) -> str:
    """Return where a link leads."""
    return node.attributes.get("href") or ""


def check_pictures(page: Page) -> Iterator[Finding]:
    """IMG001: every picture of the site's own is there."""
    for image in page.tree.css("img[src]"):
        source = image.attributes.get("src") or ""
        if (
            source.startswith(page.base)
            and unquote(source[len(page.base) :].partition("?")[0]) not in page.output.files
        ):
            yield "IMG001", source, {"src": source}


ARTICLE_CHECKS: Final[tuple[Callable[[Page], Iterator[Finding]], ...]] = (
    check_source_shown,
    check_credit_whole,
    check_source_open,
    check_statement_shown,
    check_data_agrees,
    check_record,
    check_body_is_gated,
)
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


def check_targets(output: Output) -> Iterator[tuple[str, Finding]]:
    """LINK003, LINK004: every link inside the site leads to a page that is there, and to a place that is on it."""
    for path, written, target in output.links:
        name, _, fragment = target.partition("#")
        found = next((form for form in (name, f"{name}index.html", f"{name}/index.html") if form in output.files), None)
        if found is None:
            yield path, ("LINK003", written, {"href": written})
        elif fragment and found in output.anchors and fragment not in output.anchors[found]:
            yield path, ("LINK004", written, {"href": written})


def check_sitemap(output: Output) -> Iterator[tuple[str, Finding]]:
    """SEO003: the sitemap names no page that asks to be left out.

    XML001: feeds and sitemap are well-formed.
    """
    for name in sorted(file for file in output.files if file.endswith(".xml")):
        try:
            root = ET.fromstring((output.folder / name).read_bytes())  # noqa: S314  our own output, without a DOCTYPE
        except ET.ParseError as error:
            yield name, ("XML001", "", {"reason": str(error)})
            continue
        for place in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
            url = place.text or ""
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
    for path, finding in (*check_targets(output), *check_sitemap(output)):
        problems += reported(Page(output, path).where, (finding,), config)
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
        elif is_sound(href) and not urlsplit(href).scheme and not href.startswith("/"):
            target = urlsplit(urljoin(f"/{folder}", href))
            mark = f"#{target.fragment}" if target.fragment else ""
            output.links.append((page.path, href, unquote(f"{target.path[1:] or 'index.html'}{mark}")))
