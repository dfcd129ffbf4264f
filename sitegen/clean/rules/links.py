"""Links: a clean address or none. A link without one leaves its words."""

from sitegen.clean.address import clean_url
from sitegen.clean.rules import Work
from sitegen.clean.tree import Element, excerpt


def clean_links(root: Element, work: Work) -> None:
    """Clean every link's address; unwrap links that lead nowhere. Links inside the page wait for the headings' ids."""
    for element in root.elements():
        links = [child for child in element.children if isinstance(child, Element) and child.tag == "a"]
        for link in links:
            clean_link(link, work)
        if links:
            element.children = [part for child in element.children for part in unwrapped(child)]


def clean_link(link: Element, work: Work) -> None:
    """Clean one link's address in place."""
    written = link.attributes.get("href")
    if written is None:
        return
    if written.startswith("#") and len(written) > 1:
        link.attributes["href"] = written
        return
    url = clean_url(written)
    if not url:
        work.found("bad-url", excerpt(written))
        del link.attributes["href"]
        return
    work.links.append(url)
    if url.startswith("/"):
        url = work.settings.base_path + url[1:]
    link.attributes["href"] = url


def unwrapped(child: "Element | str") -> list["Element | str"]:
    """Return a link without address as its content (an old named anchor stays until ids are settled)."""
    if isinstance(child, str) or child.tag != "a" or "href" in child.attributes:
        return [child]
    return [*child.children] if "id" not in child.attributes else [child]
