"""Pictures: shown when they are the site's own files or of an allowed host; else a link with the host, or words."""

from urllib.parse import unquote

from sitegen.clean.address import clean_url, host_of, is_host_of
from sitegen.clean.rules import Work
from sitegen.clean.tree import Element, excerpt
from sitegen.model import Image


def link_remote_pictures(root: Element, work: Work) -> None:
    """Drop the copy of the lead picture; turn pictures that may not load into links."""
    visit(root, work, inside_link=False)


def visit(element: Element, work: Work, *, inside_link: bool) -> None:
    """Replace the pictures among `element`'s children."""
    kept: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str) or child.tag != "img":
            if isinstance(child, Element):
                visit(child, work, inside_link=inside_link or child.tag == "a")
            kept.append(child)
            continue
        kept.extend(replacement(child, work, inside_link=inside_link))
    element.children = kept


def replacement(picture: Element, work: Work, *, inside_link: bool) -> list[Element | str]:
    """Return what stands in the place of one picture."""
    written = picture.attributes.get("src", "")
    src, alt = clean_url(written), " ".join(picture.attributes.get("alt", "").split())
    if work.lead_image and written.strip() == work.lead_image:
        work.found("duplicate-feature-image", excerpt(written))
        return []
    if written and not src:
        work.found("bad-url", excerpt(written))
    if not src:
        return [Element("img", {"alt": alt})] if alt else []
    host = host_of(src)
    if not host and unquote(src.partition("?")[0]).removeprefix("/") not in work.settings.pictures:
        work.found("missing-picture", excerpt(src))
        return [alt] if alt else []
    if not host or is_host_of(host, work.settings.image_hosts):
        work.images.append(Image(src=src, alt=alt, shown=True))
        if src.startswith("/"):
            src = work.settings.base_path + src[1:]
        sizes = {name: value for name, value in picture.attributes.items() if name in ("width", "height")}
        described = {"alt": alt} if "alt" in picture.attributes else {}
        return [Element("img", {"src": src, **described, **sizes})]
    work.images.append(Image(src=src, alt=alt, shown=False))
    work.found("image->link", excerpt(src))
    words = f"{alt or '그림'} ({host})"
    return [words] if inside_link else [Element("a", {"href": src}, [words])]
