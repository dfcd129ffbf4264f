"""Theme → what of a site's own shows nowhere: words, templates and blocks that no page asks for."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from jinja2 import nodes

from sitegen.problems import Problem, Severity, Where
from sitegen.render.sources import WORDS, plain_name, text_of, used_by
from sitegen.render.theme import LIKE, TEMPLATE_ENDS, TEMPLATES, Theme, line_of, words_in

BEGINNING: Final = re.compile(rb"""["']([\w-]+)["']\s*~""")  # of a key that a template puts together
# A block that is shown at another place as well, by `self`, or by what has been given it: `{% set s = self %}`.
CALLED: Final = re.compile(rb"""\bself\s*(?:\.\s*|\[\s*["'])(\w+)""")
GIVEN: Final = re.compile(rb"""[=(,]\s*self\b(?!\s*[.\[(\w])""")
MAY_BE_CALLED: Final = re.compile(rb"""[\w)\]]\s*(?:\.\s*|\[\s*["'])(\w+)""")

Trees = Mapping[str, nodes.Template]


def idle_parts(theme: Theme, trees: Trees) -> Iterator[Problem]:
    """Yield what of a site's own theme shows nowhere. Raises jinja2.TemplateError for words that cannot be read.

    `trees`: the templates that pages are made of, read.
    """
    yield from idle_words(theme)
    yield from idle_templates(theme)
    yield from idle_blocks(theme, trees)


def used_templates(theme: Theme) -> set[str]:
    """Return the names of the templates that pages are made of, or may be."""
    templates = theme.sources.templates()
    return {name for page in TEMPLATES.values() for name, _ in used_by(page, templates)}


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
    for name in sorted(strange.keys() - used_templates(theme)):
        where = Where(path=theme.shown(strange[name].path), line=1, column=1)
        ko, en = "지우거나, 다른 템플릿에서 불러 주세요", "delete it, or include it in another template"
        details = (("name", name), *hints_for(name, ours, ko, en))
        yield Problem(code="TPL004", severity=Severity.WARNING, where=where, details=details)


def idle_blocks(theme: Theme, trees: Trees) -> Iterator[Problem]:
    """TPL005: no page shows a block that none of the templates has which its own one extends."""
    called = {name.decode() for data in theme.sources.templates().values() for name in called_in(data)}
    *own, ours = theme.sources.layers or ({},)
    for name, tree in trees.items():
        above, source = trees_above(name, trees), theme.sources.find(name)
        if (
            not above or source is None or (own and source == ours.get(name))
        ):  # a plain base may leave out what ours say
            continue
        known = {block.name for one in above for block in one.find_all(nodes.Block)}
        for block in (one for one in outer_blocks(tree) if one.name not in known | called):
            where = Where(path=theme.shown(source.path), line=block.lineno, column=1)
            ko = "지우거나, 바탕 템플릿(extends)에 있는 이름으로 고쳐 주세요"
            en = "delete it, or give it a name that the template it extends has"
            details = (("name", block.name), *hints_for(block.name, known, ko, en))
            yield Problem(code="TPL005", severity=Severity.WARNING, where=where, details=details)


def called_in(data: bytes) -> list[bytes]:
    """Return the names of the blocks that a template may show at another place as well."""
    return (MAY_BE_CALLED if GIVEN.search(data) else CALLED).findall(data)


def trees_above(name: str, trees: Trees) -> list[nodes.Template]:
    """Return the templates that one extends, the nearest first; none where one of them is not written out."""
    found: dict[str, nodes.Template] = {}
    while extended := list(trees[name].find_all(nodes.Extends)):
        parent = extended[0].template
        is_sure = all(any(one is part for part in trees[name].body) for one in extended)  # none of them in an `if`
        name = plain_name(str(parent.value)) if is_sure and isinstance(parent, nodes.Const) else ""
        if name not in trees or name in found:
            return []
        found[name] = trees[name]
    return list(found.values())


def outer_blocks(tree: nodes.Template) -> list[nodes.Block]:
    """Return the blocks of a template that stand in no other."""
    blocks = list(tree.find_all(nodes.Block))
    inner = {id(block) for outer in blocks for block in outer.find_all(nodes.Block)}
    return [block for block in blocks if id(block) not in inner]


def hints_for(name: str, known: Iterable[str], ko: str, en: str) -> tuple[tuple[str, str], ...]:
    """Return what a name of a site's own that nothing asks for was meant to be, else what to do about it."""
    from difflib import get_close_matches  # noqa: PLC0415  only now

    if near := get_close_matches(name, [*known], 1, LIKE):
        ko, en = f'혹시 "{near[0]}"인가요?', f'did you mean "{near[0]}"?'
    return (("hint_ko", ko), ("hint_en", en))
