"""article.json: what is known of an article, for machines; of what cleaning took away, rule names and counts only."""

import html
import re
from typing import Any, Final

from sitegen.clean.allowed import HOLLOW
from sitegen.clean.writing import lines_of, with_raised
from sitegen.model import Article, Entry, Licence, OutputFile, Revision
from sitegen.render.filters import iso_date
from sitegen.render.quick_json import json_line_of
from sitegen.site.urls import absolute_url, output_path, record_url
from sitegen.views import ArticlePage, SiteView

VERSION: Final = 1  # of this format
TAG: Final = re.compile("<[^>]*>")
INLINE_TAG: Final = re.compile(rf"</?(?:{'|'.join(sorted(HOLLOW))})(?: [^>]*)?>")


def record_file(page: ArticlePage, site: SiteView) -> OutputFile:
    """Return the file that stands beside an article's page."""
    return OutputFile(path=output_path(record_url(page.url)), data=json_line_of(record_of(page, site)))


def record_of(page: ArticlePage, site: SiteView) -> dict[str, Any]:
    """Return the record of an article; nothing of a text that may not be shown."""
    entry, article = page.entry, page.entry.article
    value: dict[str, Any] = {
        "version": VERSION,
        "url": absolute_url(page.url, site.base_url),
        "title": article.title,
        "subtitle": article.subtitle,
        "date": iso_date(article.published) if article.published else "",
        "year": article.stated_year or "",
        "updated": iso_date(article.updated) if article.updated else "",
        "lang": article.lang,
        "kind": article.kind.value,
        "agency": article.agencies,
        "categories": article.categories,
        "tags": article.tags,
        "summary": entry.summary,
        "source": source_of(article),
        "license": licence_of(entry.licence, page),
        "attribution": page.attribution.sentence,
        "statement": article.source.statement,
        "doubts": page.attribution.doubts,
        "media": [{"src": item.src, "license": item.license, "credit": item.credit} for item in article.media],
        "attachments": [{"label": item.label, "url": item.url} for item in article.attachments],
        "contacts": [{"org": item.org, "unit": item.unit, "tel": item.tel} for item in article.contacts],
        "corrections": [{"date": item.date, "text": item.text} for item in article.corrections],
        "provenance": provenance_of(entry, site),
        "alike": [absolute_url(card.url, site.base_url) for card in page.alike],
        "link_only": entry.link_only,
        "text": "" if entry.link_only else plain_text(entry.body.html),
    }
    return {key: part for key, part in value.items() if part not in ("", (), [], {}, None)}


def source_of(article: Article) -> dict[str, str]:
    """Return where an article comes from."""
    source = article.source
    value = {"name": source.name, "site": source.site, "url": source.url, "id": source.id, "revision": source.revision}
    return {key: part for key, part in value.items() if part}


def licence_of(licence: Licence, page: ArticlePage) -> dict[str, Any]:
    """Return a licence with its proof."""
    proof = licence.evidence
    evidence = {"kind": proof.kind, "text": proof.text, "url": proof.url, "seen": proof.seen} if proof else {}
    value = {
        "id": licence.id,
        "label": page.attribution.licence_label,
        "url": page.attribution.licence_url,
        "scope": licence.scope,
        "ai": licence.ai,
        "evidence": {key: part for key, part in evidence.items() if part},
    }
    return {key: part for key, part in value.items() if part not in ("", {}, False)}


def provenance_of(entry: Entry, site: SiteView) -> dict[str, Any]:
    """Return how the text came here: its capture, who read and cleaned it, by which rules, earlier revisions."""
    article = entry.article
    value = {
        "retrieved": article.source.retrieved,
        "capture_sha256": article.source.sha256,
        "text_sha256": entry.provenance.text_sha256,
        "importer": article.origin.profile,
        "cleaner": site.generator,
        "rules": dict(entry.provenance.rules),
        "changes": article.changes,
        "revisions": [revision_of(revision) for revision in article.origin.revisions],
    }
    return {key: part for key, part in value.items() if part not in ("", (), [], {})}


def revision_of(revision: Revision) -> dict[str, Any]:
    """Return an earlier revision: not what it said, but how many places have changed since."""
    value = {
        "revision": revision.revision,
        "capture_sha256": revision.sha256,
        "replaced": revision.seen,
        "edits": len(revision.edits),
    }
    return {key: part for key, part in value.items() if part}


def plain_text(markup: str) -> str:
    """Return the visible text of markup that has passed the gate, one block a line, white space single."""
    text = TAG.sub("\n", INLINE_TAG.sub("", with_raised(markup)))
    return "\n".join(lines_of(html.unescape(text) if "&" in text else text))
