"""Templates against the types of their pages and against the words of the interface, before anything is rendered."""

import dataclasses
import enum
import re
import string
import tomllib
import types
import typing
from pathlib import Path

import pytest
from jinja2 import meta, nodes

from sitegen import views
from sitegen.render.sources import version_now
from sitegen.render.theme import TEMPLATES, Theme, ThemeSettings
from tests.conftest import site_view

FOLDER = Path(__file__).parents[2] / "templates"
PAGES = sorted(
    path.relative_to(FOLDER).as_posix() for pattern in ("*.html", "feeds/*.xml") for path in FOLDER.glob(pattern)
)
PARTIALS = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("partials/*.html"))
SITE = site_view(has_search=True)
SETTINGS = ThemeSettings(
    template_dirs=(str(FOLDER),),
    static_dirs=(),
    assets=(),
    site=SITE,
    base_path="/",
    version=version_now((str(FOLDER),), ()),
)
ENVIRONMENT = Theme(SETTINGS).environment
PAGE_LINE = re.compile(r"\{# page: (\w+) #\}")
WORDS = {
    language: tomllib.loads((FOLDER / "words" / f"{language}.toml").read_text("utf-8")) for language in ("ko", "en")
}
IN_SCOPE = {"page", "site", "early_script", "content_security_policy"}


def tree_of(name):
    """Return the syntax tree of a template."""
    return ENVIRONMENT.parse((FOLDER / name).read_text("utf-8"))


def page_types(name):
    """Return the types line 1 of a template names: one, or for the base all of them."""
    named = PAGE_LINE.fullmatch((FOLDER / name).read_text("utf-8").splitlines()[0])[1]
    kind = getattr(views, named)
    return typing.get_args(kind) or (kind,)


def members(kind):
    """Return the type of every field and property of a dataclass."""
    hints = typing.get_type_hints(kind)
    properties = {name: str for name, value in vars(kind).items() if isinstance(value, property)}
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)} | properties


def without_none(hint):
    """Return an optional type without its None."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        parts = [part for part in typing.get_args(hint) if part is not type(None)]
        return parts[0] if len(parts) == 1 else None
    return hint


class Walk:
    """Follows every attribute chain of a template through the types, into the macros it calls."""

    def __init__(self):
        self.wrong = set()
        self.words = {}
        self.seen = set()
        self.template = ""
        self.macros = {}

    def page(self, name, kind):
        """Walk a page template whose page is of one type."""
        self.template, self.macros = name, self.macros_of(name)
        self.body(tree_of(name).body, {"page": kind, "site": views.SiteView})

    def macros_of(self, name):
        """Return the macros a template may call, its own and imported ones, with the template they stand in."""
        tree = tree_of(name)
        macros = {macro.name: (name, macro) for macro in tree.find_all(nodes.Macro)}
        for imported in tree.find_all(nodes.FromImport):
            source = imported.template.value
            theirs = {macro.name: (source, macro) for macro in tree_of(source).find_all(nodes.Macro)}
            macros |= {entry: theirs[entry] for entry in imported.names}
        return macros

    def body(self, parts, scope):
        """Walk statements in order."""
        for part in parts:
            self.statement(part, scope)

    def statement(self, node, scope):
        """Walk one node with the names it may use."""
        match node:
            case nodes.Macro():
                return  # walked where it is called, with the types of that call
            case nodes.For():
                inner = typing.get_args(self.type_of(node.iter, scope) or str)
                scope = {**scope, node.target.name: inner[0] if inner else None, "loop": None}
                self.body([*([node.test] if node.test else []), *node.body, *node.else_], scope)
            case nodes.Expr():
                self.type_of(node, scope)
            case _:
                self.body(node.iter_child_nodes(), scope)

    def type_of(self, node, scope):
        """Return the type of an expression, or None where it is not known; note what is wrong on the way."""
        match node:
            case nodes.Name():
                return scope.get(node.name)
            case nodes.Getattr():
                return self.attribute(node, self.type_of(node.node, scope))
            case nodes.Call(node=nodes.Name()) | nodes.Filter(name="shared", node=nodes.Name()):
                return self.call(node, scope)
            case nodes.Filter(name="t"):
                self.word(node, scope)
        kinds = [self.type_of(child, scope) for child in node.iter_child_nodes() if isinstance(child, nodes.Expr)]
        others = [child for child in node.iter_child_nodes() if not isinstance(child, nodes.Expr)]
        self.body(others, scope)
        if isinstance(node, nodes.Or | nodes.And | nodes.CondExpr):
            return next((kind for kind in kinds if kind is not None), None)
        return str if isinstance(node, nodes.Filter | nodes.Concat | nodes.Const) else None

    def attribute(self, node, kind):
        """Return the type of an attribute; note one that does not exist."""
        kind = without_none(kind)
        if kind is None:
            return None
        if dataclasses.is_dataclass(kind):
            known = members(kind)
            if node.attr not in known:
                self.wrong.add(f"{self.template}:{node.lineno}: {kind.__name__} has no {node.attr}")
            return known.get(node.attr)
        of_enum = {"value", "name"} if isinstance(kind, type) and issubclass(kind, enum.Enum) else set()
        if isinstance(kind, type) and not hasattr(kind, node.attr) and node.attr not in of_enum:
            self.wrong.add(f"{self.template}:{node.lineno}: {kind.__name__} has no {node.attr}")
        return None

    def call(self, node, scope):
        """Walk the macro that is called, with the types of its arguments."""
        given = {pair.key: self.type_of(pair.value, scope) for pair in node.kwargs}
        if node.node.name not in self.macros:
            return None
        template, macro = self.macros[node.node.name]
        names = [argument.name for argument in macro.args]
        if node.args or set(given) != set(names):
            self.wrong.add(f"{self.template}:{node.lineno}: {macro.name} takes {names} by name, not {sorted(given)}")
        key = (template, macro.name, tuple(sorted((name, str(kind)) for name, kind in given.items())))
        if key not in self.seen:
            self.seen.add(key)
            outside = self.template, self.macros
            self.template, self.macros = template, self.macros_of(template)
            self.body(macro.body, {name: given.get(name) for name in names})
            self.template, self.macros = outside
        return str

    def word(self, node, scope):
        """Note the words a `t` filter asks for, with the names of its values."""
        values = {pair.key for pair in node.kwargs}
        for key in self.keys(node.node, scope):
            self.words.setdefault((key, f"{self.template}:{node.lineno}"), set()).update(values)

    def keys(self, node, scope):
        """Return every key an expression can be."""
        match node:
            case nodes.Const():
                return [node.value]
            case nodes.CondExpr():
                return [*self.keys(node.expr1, scope), *self.keys(node.expr2, scope)]
            case nodes.Concat(nodes=[nodes.Const() as start, nodes.Getattr(attr="value") as end]):
                kind = without_none(self.type_of(end.node, scope))
                return [f"{start.value}{member.value}" for member in kind]
            case nodes.Getattr(attr="value") if (kind := without_none(self.type_of(node.node, scope))) is not None:
                return [member.value for member in kind]
        return [f"a computed key on line {node.lineno}"]


def walked():
    """Return the walk over every template with every type its page may have."""
    walk = Walk()
    for name in PAGES:
        for kind in page_types(name):
            walk.page(name, kind)
    return walk


WALK = walked()


def test_every_attribute_a_template_uses_is_a_field_of_its_page():
    """A misspelt field would stop a build at the one article that has it."""
    walk = WALK

    wrong = sorted(walk.wrong)

    assert wrong == []


def test_the_walk_finds_what_is_wrong():
    """A test that cannot fail proves nothing."""
    walk = Walk()
    walk.template = "x.html"
    scope = {"page": views.ArticlePage}
    text = "{{ page.entry.article.titel }}{% for tag in page.tags %}{{ tag.name }}{{ tag.label }}{% endfor %}"

    walk.body(ENVIRONMENT.parse(text).body, scope)

    assert sorted(walk.wrong) == ["x.html:1: Article has no titel", "x.html:1: Crumb has no name"]


@pytest.mark.parametrize("name", PAGES)
def test_line_1_names_the_type_of_the_page_and_the_theme_agrees(name):
    """Whoever edits a template sees in its first line what it may use."""
    kinds = page_types(name)

    used = {kind for kind, template in TEMPLATES.items() if template == name}

    assert used == (set() if name == "base.html" else set(kinds))
    assert len(kinds) == (len(TEMPLATES) if name == "base.html" else 1)


@pytest.mark.parametrize("name", PAGES + PARTIALS)
def test_no_template_trusts_markup_by_itself(name):
    """The gate's word for it is the only one; `|safe` would let foreign markup through."""
    text = (FOLDER / name).read_text("utf-8")

    filters = {node.name for node in tree_of(name).find_all(nodes.Filter)}

    assert "safe" not in filters
    assert "autoescape" not in text
    assert "Markup" not in text


@pytest.mark.parametrize("name", PAGES + PARTIALS)
def test_nothing_but_page_and_site_is_in_scope(name):
    """A template that reads anything else depends on something nobody sees."""
    tree = tree_of(name)

    names = meta.find_undeclared_variables(tree) - {"self", *Walk().macros_of(name)}

    assert names <= (IN_SCOPE if name in PAGES else set())


@pytest.mark.parametrize("name", PAGES + PARTIALS)
def test_includes_are_written_out(name):
    """A computed include hides which templates a page is made of."""
    tree = tree_of(name)

    references = list(meta.find_referenced_templates(tree))

    assert None not in references
    assert all((FOLDER / reference).is_file() for reference in references)


def names_in(text):
    """Return the names of a text's places."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def base_keys(language):
    """Return the keys of a language without the singular ones."""
    return {key for key in WORDS[language] if not key.endswith("_one")}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_word_a_template_asks_for_exists_with_its_values(language):
    """A missing word stops the build in one language only, where nobody of us looks."""
    words = WORDS[language]

    missing = {place for key, place in WALK.words if key not in words}
    unfilled = {place: key for (key, place), values in WALK.words.items() if not names_in(words.get(key, "")) <= values}
    useless = {
        (place, key)
        for (key, place), values in WALK.words.items()
        if values - names_in(words.get(key, "")) - names_in(words.get(f"{key}_one", "")) - {"n"}
    }

    assert missing == set()
    assert unfilled == {}
    assert useless == set()


def test_both_languages_have_the_same_words_with_the_same_places():
    """A site in English must not lack what a site in Korean says."""
    korean, english = base_keys("ko"), base_keys("en")

    places = {key for key in korean & english if names_in(WORDS["ko"][key]) != names_in(WORDS["en"][key])}

    assert korean == english
    assert places <= {"index_description"}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_singular_belongs_to_a_plural_and_needs_no_more_values(language):
    """A key like `articles_one` alone is never read."""
    words = WORDS[language]

    singular = {key for key in words if key.endswith("_one")}

    assert {key.removesuffix("_one") for key in singular} <= words.keys()
    assert all(names_in(words[key]) <= names_in(words[key.removesuffix("_one")]) for key in singular)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_word_is_used(language):
    """A word nobody reads still has to be translated by everyone."""
    asked = {key for key, _ in WALK.words}

    idle = base_keys(language) - asked

    assert idle == set()


@pytest.mark.parametrize("name", PAGES + PARTIALS)
def test_words_of_the_interface_stand_in_the_words_files(name):
    """A Korean word inside a template stays Korean on an English site."""
    tree = tree_of(name)

    texts = [part.data for part in tree.find_all(nodes.TemplateData)]

    assert not [text for text in texts if re.search(r"[가-힣]", text)]
