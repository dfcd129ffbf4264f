"""Readable case files (tests/cases) → one test per case. A malformed file fails loudly, before any test runs.

A case is `## the sentence that must stay true`, option lines (`- name: value`), a fenced block that goes in and
one that must come out. A module that says `CASES = "clean"` gets every case of tests/cases/clean as `case`.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sitegen.checks.content import check_content
from sitegen.config import Config
from sitegen.model import Article, CleanBody, Evidence, Licence, Source
from sitegen.problems import Where
from sitegen.runtime.fingerprint import name_of
from sitegen.site.assemble import assemble
from sitegen.site.entry import settle
from sitegen.site.face import face_of
from sitegen.site.plan import Plan

SEOUL = ZoneInfo("Asia/Seoul")
CASES_DIR = Path(__file__).parents[1] / "cases"
FENCE = re.compile(r"(`{3,})([\w-]*)")
BODY_LINE = 20
PLACES = tuple(
    (field, line, 3)
    for line, field in enumerate(
        (
            "title",
            "date",
            "kind",
            "license",
            "source",
            "source.url",
            "source.text_sha256",
            "permalink",
            "slug",
            "description",
            "contacts",
        ),
        2,
    )
)
OPTION = re.compile(r"- ([a-z_]+):(?: (.*))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block: the word after its fence, and its text without the last line end."""

    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case of a case file. `options` are the `- name: value` lines in order."""

    title: str
    place: str
    options: tuple[tuple[str, str], ...]
    given: Block
    expected: Block

    def all(self, name: str) -> list[str]:
        """Return every value given for an option."""
        return [value for key, value in self.options if key == name]

    def has(self, name: str) -> bool:
        """Return whether an option is given."""
        return bool(self.all(name))

    def one(self, name: str, default: str = "") -> str:
        """Return the last value given for an option."""
        return next(reversed(self.all(name)), default)

    def listed(self, name: str) -> tuple[str, ...]:
        """Return the comma-separated values of an option."""
        return tuple(part.strip() for part in self.one(name).split(",") if part.strip())


class MalformedCaseError(Exception):
    """A case file that cannot be read as cases."""


def read_cases(text: str, name: str) -> list[Case]:
    """Return the cases of a file. Raises MalformedCaseError with `name:line`."""
    lines = text.splitlines()
    cases: list[Case] = []
    title, start, options, blocks = "", 0, [], []
    position = 1 if text.startswith("# ") else 0
    while position < len(lines):
        line, position = lines[position], position + 1
        fence, option = FENCE.fullmatch(line), OPTION.fullmatch(line)
        if line.startswith("## "):
            cases += finished(title, f"{name}:{start}", options, blocks)
            title, start, options, blocks = line[3:].strip(), position, [], []
        elif fence and title:
            block, position = fenced(lines, position, fence, name)
            blocks.append(block)
        elif option and title:
            options.append((option[1], (option[2] or "").strip()))
        elif line.strip():
            message = f"{name}:{position}: neither title, option nor fenced block: {line[:40]}"
            raise MalformedCaseError(message)
    cases += finished(title, f"{name}:{start}", options, blocks)
    if not cases:
        message = f"{name}:1: no cases"
        raise MalformedCaseError(message)
    return cases


def fenced(lines: list[str], position: int, fence: re.Match[str], name: str) -> tuple[Block, int]:
    """Return the block whose first line is at `position`, and the position after its closing fence."""
    end = next((number for number in range(position, len(lines)) if lines[number] == fence[1]), None)
    if end is None:
        message = f"{name}:{position}: this fence is not closed"
        raise MalformedCaseError(message)
    return Block(language=fence[2], text="\n".join(lines[position:end])), end + 1


def finished(title: str, place: str, options: list[tuple[str, str]], blocks: list[Block]) -> list[Case]:
    """Return the case that ends here; none before the first title."""
    if not title:
        return []
    if len(blocks) != 2:
        message = f"{place}: “{title}” has {len(blocks)} fenced blocks, a case has two"
        raise MalformedCaseError(message)
    return [Case(title=title, place=place, options=tuple(options), given=blocks[0], expected=blocks[1])]


def cases_of(topic: str) -> list[Case]:
    """Return every case of a topic; two cases of one title are an error."""
    found: dict[str, Case] = {}
    for path in sorted((CASES_DIR / topic).glob("*.md")):
        for case in read_cases(path.read_text("utf-8"), f"{topic}/{path.name}"):
            if case.title in found:
                message = f"{case.place}: this title is used at {found[case.title].place} too"
                raise MalformedCaseError(message)
            found[case.title] = case
    if not found:
        message = f"no case files for “{topic}”"
        raise MalformedCaseError(message)
    return list(found.values())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that asks for `case` every case of its module's CASES."""
    if "case" in metafunc.fixturenames:
        cases = cases_of(metafunc.module.CASES)
        metafunc.parametrize("case", cases, ids=[case.title for case in cases])


@pytest.fixture
def case_reader():
    """Give the reader of case files."""
    return read_cases


@pytest.fixture
def config_of(tmp_path):
    """Give the function that makes settings; what it is not told is plain."""

    def make(**settings):
        plain = {
            "content_dir": tmp_path / "content",
            "output_dir": tmp_path / "_site",
            "template_dirs": (),
            "static_dirs": (),
            "settings_path": tmp_path / "content" / "site.toml",
            "timezone": SEOUL,
            "now": datetime(2026, 3, 1, 9, 0, tzinfo=SEOUL),
        }
        return Config(**{**plain, **settings})

    return make


@pytest.fixture
def article_of():
    """Give the function that makes an article; what it is not told is sound, so that no check complains."""

    def make(slug="a", **fields):
        plain = {
            "path": f"articles/{slug}.md",
            "where": Where(path=f"content/articles/{slug}.md", line=1, column=1),
            "slug": slug,
            "title": f"글 {slug}",
            "published": datetime(2024, 5, 3, tzinfo=SEOUL),
            "agencies": ("하천환경청",),
            "categories": ("환경",),
            "lang": "ko",
            "source": Source(
                name="견본브리핑", site="https://press.example.go.kr", url=f"https://press.example.go.kr/news/{slug}"
            ),
            "licence": Licence(id="KOGL-1", evidence=Evidence(kind="page-mark", text="제1유형")),
        }
        return Article(**{**plain, **fields})

    return make


@pytest.fixture
def entry_of(article_of, config_of):
    """Give the function that settles an article with a body into an entry."""

    def make(slug="a", text="하천을 고친다.", config=None, **fields):
        body = CleanBody(html=f"<p>{text}</p>" if text else "", text=text)
        return settle(article_of(slug, **fields), body, config or config_of()).entry

    return make


@pytest.fixture
def face(entry_of):
    """Give the function that settles an article and returns what the site sees of it."""

    def make(slug="a", **fields):
        entry = entry_of(slug, **fields)
        return face_of(entry, name_of(entry), SEOUL)

    return make


@pytest.fixture
def pages_of(config_of):
    """Give the function that plans the pages of a site of these entries."""

    def make(entries, static_pages=(), **settings):
        config = config_of(**settings)
        known = {name_of(entry): entry for entry in (*entries, *static_pages)}
        faces, pages = ([face_of(one, name_of(one), SEOUL) for one in some] for some in (entries, static_pages))
        return Plan(assemble(faces, pages, config), config, lambda face: known[face.key])

    return make


@pytest.fixture
def check(article_of, config_of):
    """Give the function that settles and checks an article; its body and settings may be given."""

    def checked(*, body=None, text="", config=None, **fields):
        sound = CleanBody(html="<p>글이다.</p>", text="글이다.")
        article = article_of(places=PLACES, body_line=BODY_LINE, body=text, **fields)
        settings = config_of(**(config or {}))
        return check_content(settle(article, body or sound, settings), settings)

    return checked


def body_of(text="글이다.", **fields):
    """Return a body that says `text`."""
    return CleanBody(html=f"<p>{text}</p>" if text else "", text=text, **fields)
