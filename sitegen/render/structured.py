"""An article page as JSON-LD: schema.org NewsArticle with its original, its holder and its licence."""

from sitegen.model import Correction, Kind
from sitegen.render.filters import iso_date
from sitegen.render.quick_json import json_of
from sitegen.site.urls import absolute_url
from sitegen.views import ArticlePage, SiteView


def news_article(page: ArticlePage, site: SiteView) -> str:
    """Return the JSON text of a page's NewsArticle, safe inside a script element."""
    text = json_of(news_article_value(page, site)).decode()
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def news_article_value(page: ArticlePage, site: SiteView) -> dict[str, object]:
    """Return the NewsArticle: the mirror publishes, the institution made and holds it, isBasedOn is the original.

    What the mirror wrote itself, after an original, is not the institution's; the original is.
    """
    article, attribution = page.entry.article, page.attribution
    here = absolute_url(page.url, site.base_url)
    mirror = {"@type": "Organization", "name": site.title, "url": absolute_url("/", site.base_url)}
    institutions = [{"@type": "GovernmentOrganization", "name": name} for name in article.agencies]
    holder: object = institutions if len(institutions) > 1 else institutions[0] if institutions else None
    maker = {"@type": "Organization", "name": attribution.institution} if attribution.institution else None
    held_by = holder or maker
    is_ours = article.kind is Kind.DERIVED
    based_on: dict[str, object] = {
        "@type": "NewsArticle",
        "publisher": {"@type": "Organization", "name": article.source.name, "url": article.source.site or None},
        "copyrightHolder": held_by if is_ours else None,
    }
    if article.source.url:
        based_on |= {"@id": article.source.url, "url": article.source.url}
    value: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": f"{here}#article",
        "mainEntityOfPage": here,
        "headline": article.title,
        "alternativeHeadline": article.subtitle,
        "image": absolute_url(article.image, site.base_url),
        "description": page.description,
        "inLanguage": article.lang,
        "articleSection": article.categories[0] if article.categories else "",
        "datePublished": iso_date(article.published) if article.published else "",
        "dateModified": iso_date(article.updated) if article.updated else "",
        "author": mirror if is_ours else holder,
        "copyrightHolder": None if is_ours else held_by,
        "copyrightYear": article.year,
        "creditText": ", ".join(dict.fromkeys(filter(None, (attribution.institution, attribution.source_name)))),
        "copyrightNotice": attribution.sentence,
        "license": attribution.licence_url,
        "correction": [correction_value(correction) for correction in article.corrections] or None,
        "isBasedOn": based_on,
        "publisher": mirror,
        "sdPublisher": mirror,
        "sdDatePublished": article.source.retrieved,
    }
    return {key: without_nothing(part) for key, part in value.items() if part not in ("", None)}


def correction_value(correction: Correction) -> dict[str, object]:
    """Return a correction as schema.org's CorrectionComment."""
    return {"@type": "CorrectionComment", "text": correction.text, "datePublished": correction.date or None}


def without_nothing(value: object) -> object:
    """Return a mapping without the keys that have no value."""
    if isinstance(value, dict):
        return {key: without_nothing(part) for key, part in value.items() if part not in ("", None)}
    if isinstance(value, list):
        return [without_nothing(part) for part in value]
    return value
