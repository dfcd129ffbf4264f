"""What a page's own content security policy keeps a browser from loading or running; nobody else says so."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from typing import Final

from selectolax.lexbor import LexborNode

from sitegen.checks.page import Finding, Page, is_sound
from sitegen.clean.address import host_of
from sitegen.config import Config

POLICY: Final = 'meta[http-equiv="Content-Security-Policy" i]'
# What our own policy permits beyond files of the site's own, pictures of allowed hosts and one script within the page.
OURS: Final = {"script-src": {"'wasm-unsafe-eval'"}}
OWN: Final = frozenset({"'self'", "'none'"})
NO_FALLBACK: Final = ("form-action", "base-uri")  # to `default-src`: without them all is permitted
SCRIPTS: Final = frozenset({"", "module", "importmap", "speculationrules", "text/javascript", "application/javascript"})
# What loads a file: the elements, the attribute that names it, and the directive that is asked (of what is loaded
# ahead, its kind tells). Frames, and scripts of other hosts, SEC002 tells.
LOADING: Final = (
    ("img[src], input[type=image][src]", "src", "img-src"),
    ("img[srcset], picture source[srcset]", "srcset", "img-src"),
    ("video[poster]", "poster", "img-src"),
    ("video[src], audio[src], video source[src], audio source[src], track[src]", "src", "media-src"),
    ("link[rel~=icon], link[rel~=apple-touch-icon]", "href", "img-src"),
    ("link[rel~=stylesheet]", "href", "style-src"),
    ("link[rel~=modulepreload]", "href", "script-src"),
    ("link[rel~=manifest]", "href", "manifest-src"),
    ("link[rel~=preload]", "href", ""),
    ("form[action]", "action", "form-action"),
    ("[formaction]", "formaction", "form-action"),
    ("base[href]", "href", "base-uri"),
)
AHEAD: Final = {
    "image": "img-src",
    "style": "style-src",
    "script": "script-src",
    "font": "font-src",
    "fetch": "connect-src",
}
SHOWN_CHARS: Final = 80

Policy = Mapping[str, tuple[str, ...]]  # the sources that each directive permits


def check_policy(page: Page, config: Config) -> Iterator[Finding]:
    """SEC003: a page uses nothing that its own content security policy blocks: readers would not see it.

    Style stands in static/css/parts/, scripts in static/js/, both in files of the site's own; hosts of pictures are
    named under image_hosts in [cleaning].

    SEC004: a page has our policy, or a closer one: it loads nothing from elsewhere and runs nothing that a text brings.
    """
    if not page.kind or page.kind == "redirect":  # a file of the owner's own; a page that loads nothing
        return
    policies = [policy_of(meta) for meta in page.tree.css(POLICY)]
    if not policies:
        yield "SEC004", "", {"what": "Content-Security-Policy"}
        return
    policy = policies[0]
    yield from (("SEC004", "Content-Security-Policy", {"what": what}) for what in dict.fromkeys(beyond(policy, config)))
    for words, what in dict.fromkeys((*unloaded(page, policy), *not_run(page, policy), *unstyled(page, policy))):
        yield "SEC003", words, {"what": what[:SHOWN_CHARS]}


def policy_of(meta: LexborNode) -> dict[str, tuple[str, ...]]:
    """Return what a policy permits: of a directive that stands twice, the first counts."""
    rows = [row.split() for row in (meta.attributes.get("content") or "").split(";")]
    return {row[0].lower(): tuple(row[1:]) for row in reversed(rows) if row}


def beyond(policy: Policy, config: Config) -> Iterator[str]:
    """Yield what a policy permits and ours does not."""
    yield from (name for name in NO_FALLBACK if name not in policy)
    if policy.get("default-src") != ("'none'",):
        yield "default-src"
    pictures = {f"https://{wild}{host}" for host in config.cleaning.image_hosts for wild in ("", "*.")}
    for name, sources in policy.items():
        scripts = [source for source in sources if name == "script-src" and source.startswith("'sha256-")]
        permitted = {*OWN, *OURS.get(name, ()), *(pictures if name == "img-src" else ()), *scripts[:1]}
        yield from (f"{name} {source}" for source in sources if source not in permitted)


def sources_of(policy: Policy, directive: str) -> tuple[str, ...]:
    """Return from where a policy permits what a directive is about."""
    return policy.get(directive, ("*",) if directive in NO_FALLBACK else policy.get("default-src", ("*",)))


def permits(page: Page, policy: Policy, directive: str, address: str) -> bool:
    """Return whether a policy lets a page load what stands at an address."""
    host = host_of(address)
    if not host or host == page.output.host:
        return not {"'self'", "*"}.isdisjoint(sources_of(policy, directive))
    is_secure = address.lower().startswith("https:")
    return any(
        source == "*"
        or (is_secure and source in ("https:", f"https://{host}"))
        or (is_secure and source.startswith("https://*.") and host.endswith(source.removeprefix("https://*")))
        for source in sources_of(policy, directive)
    )


def unloaded(page: Page, policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield the files that a page asks for and may not load: the words to look for, and what to show of them."""
    for selector, attribute, directive in LOADING:
        for node in page.tree.css(selector):
            value = node.attributes.get(attribute) or ""
            asked = directive or AHEAD.get(node.attributes.get("as") or "", "default-src")
            parts = (part.split() for part in (value.split(",") if attribute == "srcset" else [value]))
            blocked = [part[0] for part in parts if part and not permits(page, policy, asked, part[0])]
            if blocked and is_sound(value):  # else SEC002 tells it
                yield blocked[0], f'<{node.tag} {attribute}="{blocked[0]}">'


def not_run(page: Page, policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield the scripts within a page that may not run; what is no script is data."""
    sources = sources_of(policy, "script-src")
    for script in page.tree.css("script:not([src])"):
        text = script.text()
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        is_script = (script.attributes.get("type") or "").strip().lower() in SCRIPTS
        if is_script and text.strip() and not {"'unsafe-inline'", f"'sha256-{digest}'"} & set(sources):
            yield text, f"<script>{text.strip()}"


def unstyled(page: Page, policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield the style within a page that has no effect; of an article's text SEC001 tells it."""
    if "'unsafe-inline'" in sources_of(policy, "style-src"):
        return
    yield from (("<style", "<style>") for _ in page.tree.css("style"))
    told = {node.mem_id for node in page.tree.css(".body [style]")} if page.kind == "article" else set()
    for node in page.tree.css("[style]"):
        if node.mem_id not in told:
            yield 'style="', f'<{node.tag} style="{node.attributes.get("style") or ""}">'
