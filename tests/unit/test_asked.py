"""Which static files a theme asks for: the others change no page."""

import pytest

from sitegen.render.asked import asked_by
from sitegen.theme_files import builtin_folders

FILES = ("css/site.css", "img/icon.svg", "img/logo.png", "js/search/a.js", "js/search/b.js", "images/2026/강.png")


@pytest.mark.parametrize(
    ("template", "asked"),
    [
        ('{{ "img/icon.svg"|asset }}', ["img/icon.svg"]),
        ("{{'img/icon.svg' | asset}}", ["img/icon.svg"]),
        ('{{- "img/icon.svg"\n  |asset -}}', ["img/icon.svg"]),
        ('{{ f(1, "img/icon.svg"|asset, "css/site.css"|asset) }}', ["css/site.css", "img/icon.svg"]),
        ('{{ "/x/" ~ "img/icon.svg"|asset }}', ["img/icon.svg"]),
        ('{{ (["a"] + "js/search/"|assets)|join(" ") }}', ["js/search/a.js", "js/search/b.js"]),
        ('{{ "images/2026/강.png"|asset }}', ["images/2026/강.png"]),
        ('{{ "img/none.svg"|asset }}', []),
        ("{{ page.title|assetless }} assets", []),
    ],
)
def test_what_is_named_by_a_plain_text_is_asked_for(template, asked):
    """By its name, or by what its name begins with."""
    found = asked_by([template.encode()])

    assert [name for name in FILES if found.has(name)] == asked


@pytest.mark.parametrize(
    "template",
    [
        "{{ name|asset }}",
        '{{ ("img/" ~ name)|asset }}',
        '{{ "img/" "icon.svg"|asset }}',
        '{{ "IMG/ICON.SVG"|lower|asset }}',
        r'{{ "img\u002ficon.svg"|asset }}',
        """{{ "it's"|asset }}""",
        '{{ ["img/icon.svg"]|map("asset")|first }}',
        "{{ names|map('assets') }}",
        "{% filter asset %}img/icon.svg{% endfilter %}",
        '{{ "img/icon.svg"|asset }}{{ name|asset }}',
        '{{ ""|assets }}',
    ],
)
def test_where_a_name_is_put_together_any_file_may_be_asked_for(template):
    """A file that is asked for and not known would be a fault of the template."""
    found = asked_by([template.encode()])

    assert all(map(found.has, FILES))


def test_our_own_theme_asks_for_its_own_files_alone():
    """Else every picture that comes would change every page."""
    templates, _ = builtin_folders()
    found = asked_by(path.read_bytes() for path in sorted(templates.rglob("*")) if path.is_file())

    assert found.has("css/site.css")
    assert found.has("js/search/engine.js")
    assert not found.has("images/2026/강.png")
