"""The plain `/about/` of a site that has not written its own."""

import html
from dataclasses import replace

from sitegen.clean.body import clean_body
from sitegen.config import Config
from sitegen.model import Article, BodyFormat, Entry
from sitegen.problems import Where
from sitegen.site.entry import settle_page
from sitegen.site.urls import ABOUT_URL
from sitegen.site.words import ABOUT, WHOM


def about_entry(config: Config) -> Entry:
    """Return the page in the site's language."""
    language = config.language
    title, text = ABOUT[language]
    if config.contact:
        text = text.replace(WHOM[language], f'<a href="{html.escape(config.contact)}">{WHOM[language]}</a>')
    body = clean_body(text, BodyFormat.HTML, config.cleaning)
    article = Article(path="pages/about.md", where=Where(path=ABOUT_URL), slug="about", title=title, lang=language)
    return replace(settle_page(article, body, config), url=ABOUT_URL)
