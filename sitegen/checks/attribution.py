"""Questions asked of every finished article page: does it credit, in sight and in full, what it shows.

What a page should say is taken from the article.json beside it, never from the content: so a folder can be checked
without what made it.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sitegen.checks.page import Finding, Page, href_of
from sitegen.clean.gate import gate

OUT_OF_SIGHT: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.IGNORECASE)
KOGL: Final = re.compile(r"KOGL-([1-4])")


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
        "year": str(record.get("year") or record.get("date", ""))[:4],
        "title": str(record.get("title", "")),
    }
    missing = [name for name, words in wanted.items() if " ".join(words.split()) not in said]
    missing += [] if re.search(rf"제{number[1]}유형|Type {number[1]}\b", said) else ["type"]
    if address_of(page) and not links_to(page, address_of(page)):
        missing.append("url")
    if missing:
        yield "ATTR002", "<footer", {"missing": ", ".join(missing)}


def check_data_agrees(page: Page) -> Iterator[Finding]:
    """ATTR004: the data for machines (JSON-LD) names original, holder and licence, and agrees with what readers see.

    A holder or a licence is left out only where it is not known. Mend the template's JSON-LD.
    """
    value = json_ld_of(page)
    shown = page.attribute('footer.source a[rel~="license"]', "href")
    licence = page.told("license")
    is_known = licence.get("id", "UNKNOWN") != "UNKNOWN" and bool(licence.get("url"))
    said = value.get("license", "")
    original = value.get("isBasedOn")
    holder = value.get("copyrightHolder") or (isinstance(original, dict) and original.get("copyrightHolder"))
    is_held = bool((page.record or {}).get("agency") or page.told("source").get("name"))
    is_whole = original and value.get("headline") and (holder or not is_held) and (said or not is_known)
    if not is_whole or (said or "") != (shown or ""):
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
        yield "REC001", "", {"reason": f"{page.record_path} is missing or cannot be read"}
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


ARTICLE_CHECKS: Final[tuple[Callable[[Page], Iterator[Finding]], ...]] = (
    check_source_shown,
    check_credit_whole,
    check_source_open,
    check_statement_shown,
    check_data_agrees,
    check_record,
    check_body_is_gated,
)
