"""Pictures: shown when licensed, and the site's own files or of an allowed host; else a link with the host, or words.

A licence covers words unless it says otherwise: photographs often belong to somebody else.
"""

import re
from bisect import bisect_left
from typing import Final, NamedTuple
from urllib.parse import unquote

from sitegen.clean.address import clean_url, host_of, is_host_of, picture_link, picture_name
from sitegen.clean.folding import APART
from sitegen.clean.rules import Work
from sitegen.clean.tree import TRANSPARENT, Element, excerpt
from sitegen.config import Cleaning
from sitegen.model import Image

HWP_WORDS: Final = re.compile(r"그림입니다\.(?:\s*원본 그림의|$)")  # what HWP says of every picture by itself
LEFT_BEHIND: Final = ("file:", "data:image/")
PLACEHOLDER_CHARS: Final = 200  # of a `data:` address: shorter ones stand for a picture that a script would load


class Seen(NamedTuple):
    """A picture as the static files have it: its width and height (pixels), 0 where it tells none, -1 without it."""

    name: str
    width: int
    height: int


def link_remote_pictures(_root: Element, work: Work) -> None:
    """Turn pictures that may not load into links or words, each in its place; the copy of such a lead picture goes."""
    for picture in work.reading.pictures:
        judge(picture, work)


def judge(picture: Element, work: Work) -> None:
    """Decide about one picture."""
    written = picture.attributes.get("src", "")
    src, alt = clean_url(written), " ".join(picture.attributes.get("alt", "").split())
    is_lead = bool(work.pictures.lead) and picture_name(written) == picture_name(work.pictures.lead)
    if is_lead and not (src and is_shown(src, picture_name(written), work)):
        work.found("duplicate-feature-image", excerpt(written))
        become(picture, "")
        return
    if HWP_WORDS.match(alt):
        alt = ""
    if written and not src:
        work.found("bad-url", excerpt(written))
        if is_left_behind(written):
            work.found("missing-picture", excerpt(written))
    if not src:
        become(picture, alt)
        return
    host = host_of(src)
    is_licensed = work.pictures.may_show(picture_name(written))
    if not host and picture_name(written) not in work.settings.pictures:
        work.images.append(Image(src=src, alt=alt, shown=False))
        work.found("missing-picture", excerpt(unquote(src)))
        become(picture, alt)
    elif not host and not is_licensed:
        work.images.append(Image(src=src, alt=alt, shown=False))
        work.found("unlicensed-picture", excerpt(unquote(src)))
        become(picture, alt)
    elif is_licensed and (not host or (src.startswith("https:") and is_host_of(host, work.settings.image_hosts))):
        work.images.append(Image(src=src, alt=alt, shown=True))
        is_ours = not host and (src.startswith("/") or work.settings.sizes is not None)  # an importer's stay as written
        picture.attributes["src"] = work.settings.base_path + src.removeprefix("/") if is_ours else src
        if "alt" in picture.attributes:
            picture.attributes["alt"] = alt
        keep_room(picture, picture_name(written), work)
    else:
        work.images.append(Image(src=src, alt=alt, shown=False))
        work.found("image->link", excerpt(src))
        become(picture, Element("a", {"href": src}, [picture_link(src, alt, work.settings.language)]))


def is_shown(src: str, name: str, work: Work) -> bool:
    """Return whether a build may show a picture where it stands; what an importer keeps of the lead is its address."""
    if work.settings.sizes is None or not work.pictures.may_show(name):
        return False
    host = host_of(src)
    return is_host_of(host, work.settings.image_hosts) if host else name in work.settings.pictures


def keep_room(picture: Element, name: str, work: Work) -> None:
    """Say how large a shown picture is, so that the words below it do not jump, and that it may load late."""
    sizes = work.settings.sizes
    if sizes is None:  # an importer's: pictures stay as they were written
        return
    picture.attributes["loading"] = "lazy"
    _, width, height = seen_as(name, work.settings)
    if width <= 0:
        return
    written = {key: int(picture.attributes[key]) for key in ("width", "height") if key in picture.attributes}
    if "height" not in written:
        written["height"] = max(1, round(height * written.get("width", width) / width))
    if "width" not in written:
        written["width"] = max(1, round(width * written["height"] / height))
    picture.attributes |= {key: str(written[key]) for key in ("width", "height")}


def seen_as(name: str, settings: Cleaning) -> Seen:
    """Return how the static files have a picture of that name."""
    sizes = settings.sizes or ()
    place = bisect_left(sizes, (name,))
    if place < len(sizes) and sizes[place][0] == name:
        return Seen(*sizes[place])
    return Seen(name, 0, 0) if name in settings.pictures else Seen(name, -1, -1)


def is_left_behind(src: str) -> bool:
    """Return whether an address means a picture of the writer's own machine, or one that lies in the text itself."""
    is_placeholder = src[:5].lower() == "data:" and len(src) <= PLACEHOLDER_CHARS
    return src.lower().startswith(LEFT_BEHIND) and not is_placeholder


def become(picture: Element, words: Element | str) -> None:
    """Put words or a link in the place of a picture. Its words stay in their language."""
    language = {name: value for name, value in picture.attributes.items() if name == "lang"}
    picture.tag, picture.attributes, picture.children = TRANSPARENT, {APART: "", **language}, [words] if words else []
