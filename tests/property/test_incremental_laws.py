"""Whatever is edited, in whatever order: the site that goes on from the last one is the site made from nothing."""

import shutil
import sqlite3
import tempfile
from contextlib import ExitStack, closing, suppress
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from sitegen.errors import SitegenError
from sitegen.runtime.executor import PoolExecutor, SerialExecutor
from tests.conftest import NOW, SiteTest, png

NAMES = ("강", "호수", "sea", "B", "b", "2019-12-03-눈")
TITLES = ("강이 맑다", "호수를 고친다", "R&D <지원>", "강이 맑다")
DATES = ("2026-03-02", "2026-03-02T09:00:00+09:00", "2025-12-31", "2027-01-01", "1988-10-09T02:30:00+09:00", "")
BODIES = (
    "본문입니다.",
    "**굵은** 글\n\n- 하나\n- 둘",
    "<p style='color:red'>붉은 글</p><script>x()</script>",
    "",
    "글 ![강](/img/강.png)",
)
MORE = (
    "", "tags: [물, AI]\n", "tags: [ai]\n", "slug: other\n", "permalink: /p/\n", "aliases: [/old/, /a.html]\n",
    "aliases: [/a.html/]\n", "draft: true\n", "categories: [재난]\n", "agency: [가, 나]\n", "license: KOGL-4\n",
    "notice: {kind: withdrawn, date: 2026-03-05}\n", "corrections: [{date: 2026-03-03, text: 고침}]\n", "unknown: 1\n",
    "media: [{src: /img/강.png, license: CC0-1.0, credit: 김사진}]\nimage: /img/강.png\n",
    "notice: {kind: withdrawn, date: 2027-01-05}\n", "corrections: [{date: 2027-01-03, text: 고침}]\n", "title: [\n",
)  # fmt: skip
SETTINGS = (
    "", '[site]\ntitle = "다른 이름"\n', "[site]\npage_size = 2\n", '[site]\narchives = ["category", "year"]\n',
    '[site]\nlanguage = "en"\n', '[site]\nindexing = "self"\nbase_url = "https://name.example/repo/"\n',
    '[cleaning]\ndisable = ["promo"]\n', '[policy]\nSRC005 = "warning"\n', '[theme]\ncolours = {accent = "#123456"}\n',
    '[[sources]]\npaths = ["**"]\nindexing = "self"\n',
)  # fmt: skip
# Front matter gets a line, or the body a paragraph below what lists show of it.
AMENDMENTS = (
    ("subtitle: 덧붙임", ""),
    ("tags: [새것]", ""),
    ("", "덧붙인 글"),
    ("updated: 2026-04-01", ""),
    ("", "둘째"),
)
THEME = {
    "templates/partials/footer.html": (
        "{% macro site_footer(site) %}<footer>아래</footer>{% endmacro %}",
        "{% macro site_footer(site) %}<footer>{{ site.title }}</footer>{% endmacro %}",
        "{% macro other(site) %}{% endmacro %}",
    ),
    "templates/redirect.html": ('<!doctype html><a href="{{ page.target|link }}">{{ page.title }}</a>',),
    "templates/words/ko.toml": ('home = "처음으로"\n',),
    "static/css/own.css": ("p{color:red}", "p{color:blue}"),
    "static/img/강.png": ("그림", png(3, 2), png(2, 3)),
    "static/img/산.png": (png(3, 2),),
    "content/pages/about.md": ("---\ntitle: 소개\n---\n우리\n", "---\ntitle: 알림\naliases: [/us/]\n---\n우리\n"),
}


NUMBERS = st.integers(0, 99)
EDITS = st.one_of(
    st.tuples(
        st.just("write"), st.sampled_from(NAMES), st.sampled_from(("md", "html")), st.sampled_from(MORE),
        st.sampled_from(TITLES), st.sampled_from(DATES), st.sampled_from(BODIES),
    ),
    st.tuples(st.just("amend"), NUMBERS, st.sampled_from(AMENDMENTS)),
    st.tuples(st.just("delete"), NUMBERS),
    st.tuples(st.just("rename"), NUMBERS, st.sampled_from(NAMES), st.sampled_from(("", "2026/03/", "articles/"))),
    st.tuples(st.just("put"), st.just("content/site.toml"), st.sampled_from(SETTINGS)),
    st.sampled_from([("put", path, text) for path, texts in THEME.items() for text in (None, *texts)]),
    st.tuples(st.just("meddle"), st.sampled_from(("gone", "changed", "added", "memory", "parts", "spare", "spare changed")), NUMBERS),
)  # fmt: skip


class Edits(RuleBasedStateMachine):
    """A site under random edits, with two outputs: one that goes on from the last, one made from nothing each time."""

    @initialize()
    def begin(self):
        """Begin with two articles."""
        self.folder = Path(tempfile.mkdtemp(prefix="edits-"))
        self.site = SiteTest(self.folder)
        self.site.article("강").article("호수", title="호수를 고친다", date="2026-03-01")

    @rule(
        edits=st.lists(EDITS, min_size=1, max_size=3),
        jobs=st.sampled_from((1, 1, 1, 2)),
        future=st.booleans(),
        days=st.sampled_from((0, 0, 60)),
    )
    def edit_and_build(self, edits, jobs, future, days):
        """Edit, then build both ways, today or later; every byte must agree."""
        for name, *details in edits:
            getattr(self, name)(*details)
        self.build(jobs, future=future, now=NOW + timedelta(days=days))

    def write(self, name, suffix, more, title, date, body):
        """Write an article, new or in place of another."""
        self.site.article(name, more=more, title=title, date=date, body=body)
        if suffix == "html":
            (self.folder / f"content/{name}.md").replace(self.folder / f"content/{name}.html")

    def amend(self, number, lines):
        """Add to an article what only its own page shows."""
        path, (line, paragraph) = self.article_at(number), lines
        if path.is_file():
            text = path.read_text("utf-8")
            path.write_text(text.replace("kind:", f"{line}\nkind:", 1) + f"\n\n{paragraph}\n", "utf-8")

    def delete(self, number):
        """Delete an article."""
        self.article_at(number).unlink(missing_ok=True)

    def rename(self, number, name, folder):
        """Rename an article; another may lose its place."""
        path = self.article_at(number)
        target = self.folder / "content" / f"{folder}{name}{path.suffix}"
        if path.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)

    def article_at(self, number):
        """Return one of the articles; a path that is none where there are none."""
        paths = sorted(path for path in (self.folder / "content").rglob("*") if path.suffix in (".md", ".html"))
        return paths[number % len(paths)] if paths else self.folder / "none"

    def put(self, path, text):
        """Add or change a file of the settings or the theme, or take it away."""
        if text is None:
            (self.folder / path).unlink(missing_ok=True)
        else:
            self.site.write(path, text)

    def meddle(self, how, number):
        """Somebody touches what builds have made."""
        files = sorted(path for path in self.site.output.rglob("*") if path.is_file() and path.name != ".sitegen")
        if not files:
            return
        path = files[number % len(files)]
        if how == "gone":
            path.unlink()
        elif how == "changed":
            path.write_text("남의 손")
        elif how == "added":
            path.with_name("남의 것.html").write_text("남의 손")
        elif how == "memory":
            (self.folder / "memory.sqlite").write_bytes(b"damaged")
        elif how == "parts":
            self.turn_parts(number)
        elif how == "spare":
            shutil.rmtree(self.folder / "._site.next", ignore_errors=True)
        else:
            spare = self.folder / "._site.next" / path.relative_to(self.site.output)
            spare.parent.mkdir(parents=True, exist_ok=True)
            spare.write_text("남의 손")

    def turn_parts(self, number):
        """Give every part of the memory the value of another, as many names further."""
        with (
            suppress(sqlite3.DatabaseError),  # somebody has been here before
            closing(sqlite3.connect(self.folder / "memory.sqlite")) as database,
            database,
        ):
            if not database.execute("SELECT name FROM sqlite_master WHERE name = 'part'").fetchall():
                return
            rows = database.execute("SELECT name, value FROM part ORDER BY name").fetchall()
            turned = [(rows[(place + number) % len(rows)][1], name) for place, (name, _) in enumerate(rows)]
            database.executemany("UPDATE part SET value = ? WHERE name = ?", turned)

    def build(self, jobs, **how):
        """Build both ways and compare: files, findings, counts, and the failure if there is one."""
        before, clean = self.site.files(), self.folder / "clean"
        with ExitStack() as stack:
            executor = stack.enter_context(PoolExecutor(jobs, worth=1)) if jobs > 1 else SerialExecutor()
            memory = self.folder / "memory.sqlite"
            found, error = self.result_of(executor=executor, cache_path=memory, **how)
        expected, expected_error = self.result_of(executor=SerialExecutor(), output_dir=clean, **how)
        assert str(error) == str(expected_error)
        if error is not None:
            assert self.site.files() == before
            return
        files = {path.relative_to(clean).as_posix(): path.read_bytes() for path in clean.rglob("*") if path.is_file()}
        shutil.rmtree(clean)
        assert self.site.files() == files
        assert found.problems == expected.problems
        assert (found.articles, found.pages, found.left_out) == (expected.articles, expected.pages, expected.left_out)
        assert all(path.stat().st_nlink == 1 for path in self.site.output.rglob("*") if path.is_file())

    def result_of(self, **how):
        """Build, and return what came of it: a result, or why there is none."""
        try:
            return self.site.build(**how).result, None
        except SitegenError as error:
            return None, error

    def teardown(self):
        """Remove the site."""
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder, ignore_errors=True)


TestEdits = Edits.TestCase
TestEdits.settings = settings(max_examples=20, stateful_step_count=10, deadline=None)
