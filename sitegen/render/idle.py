"""Theme → what of a site's own shows nowhere: words that no template asks for, templates that no page is made of."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

import jinja2

from sitegen.problems import Problem, Severity, Where
from sitegen.render.sources import WORDS, text_of, used_by
from sitegen.render.theme import TEMPLATE_ENDS, TEMPLATES, Theme, ThemeSettings, line_of, words_in

BEGINNING: Final = re.compile(rb"""["']([\w-]+)["']\s*~""")  # of a key that a template puts together


def idle_parts(settings: ThemeSettings) -> Iterator[Problem]:
    """Yield what of a site's own theme shows nowhere. Raises TemplateError for words that cannot be read."""
    theme = Theme(settings)
    try:
        yield from idle_words(theme)
    except jinja2.TemplateError as error:
        raise theme.template_error(error) from error
    yield from idle_templates(theme)


def idle_words(theme: Theme) -> Iterator[Problem]:
    """TPL002: words of a site's own that neither our templates nor its own ask for are misspelt, or have gone."""
    files = theme.word_files()
    if len(files) < 2:  # noqa: PLR2004  ours alone
        return
    templates = theme.sources.templates().items()
    known, asked = words_in(files[0]), b"".join(data for name, data in templates if not name.startswith(WORDS))
    beginnings = tuple(found.decode() for found in BEGINNING.findall(asked))  # `"notice_" ~ kind`
    for source in files[1:]:
        for key in words_in(source):
            name = key.removesuffix("_one").encode()
            if (
                key in known
                or key.startswith(beginnings)
                or any(quote + name + quote in asked for quote in (b'"', b"'"))
            ):
                continue
            where = Where(path=theme.shown(source.path), line=line_of(key, text_of(source)), column=1)
            hints = hints_for(key, known, "지우거나, 템플릿에서 써 주세요", "delete them, or use them in a template")
            details = (("key", key), *hints)
            yield Problem(code="TPL002", severity=Severity.WARNING, where=where, details=details)


def idle_templates(theme: Theme) -> Iterator[Problem]:
    """TPL004: a template of a site's own is one that pages are made of; another name means nothing."""
    *own, ours = theme.sources.layers or ({},)
    added = {name: source for layer in own for name, source in layer.items() if name not in ours}
    strange = {name: source for name, source in added.items() if name.endswith(TEMPLATE_ENDS)}
    if not strange:
        return
    templates = theme.sources.templates()
    used = {name for page in TEMPLATES.values() for name, _ in used_by(page, templates)}
    for name in sorted(strange.keys() - used):
        where = Where(path=theme.shown(strange[name].path), line=1, column=1)
        ko, en = "지우거나, 다른 템플릿에서 불러 주세요", "delete it, or include it in another template"
        details = (("name", name), *hints_for(name, ours, ko, en))
        yield Problem(code="TPL004", severity=Severity.WARNING, where=where, details=details)


def hints_for(name: str, known: Iterable[str], ko: str, en: str) -> tuple[tuple[str, str], ...]:
    """Return what a name of a site's own that nothing asks for was meant to be, else what to do about it."""
    from difflib import get_close_matches  # noqa: PLC0415  only now

    if near := get_close_matches(name, [*known], 1, 0.6):
        ko, en = f'혹시 "{near[0]}"인가요?', f'did you mean "{near[0]}"?'
    return (("hint_ko", ko), ("hint_en", en))
