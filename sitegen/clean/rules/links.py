"""Links: a clean address or none. A link without one leaves its words."""

from sitegen.clean.address import clean_url
from sitegen.clean.rules import Work
from sitegen.clean.tree import TRANSPARENT, Element, excerpt


def clean_links(_root: Element, work: Work) -> None:
    """Clean every link's address; a link that leads nowhere becomes its words.

    Links inside the page wait until the headings' anchors are settled.
    """
    for link in work.reading.links:
        written = link.attributes.get("href")
        if written is None:
            link.tag = TRANSPARENT
        elif not (written.startswith("#") and len(written) > 1):
            clean_link(link, written, work)


def clean_link(link: Element, written: str, work: Work) -> None:
    """Clean one link's address in place."""
    url = clean_url(written)
    if not url:
        work.found("bad-url", excerpt(written))
        link.tag, link.attributes = TRANSPARENT, {}
        return
    work.links.append(url)
    link.attributes["href"] = work.settings.base_path + url[1:] if url.startswith("/") else url
