"""`takedown PATH|URL`: an article becomes a notice; no trace of its text is left in the content folder, memo or spares.

What stays: the address, the title (unless another is given), the date and the source, so that readers learn what
happened and where to ask. Past states of a git repository are not touched; the command says how they are.
"""

import argparse
import html
import re
import shutil
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from sitegen.build_command import executor_of
from sitegen.clean.body import clean_body
from sitegen.config import Config
from sitegen.errors import ContentError, UsageError
from sitegen.importers.capture import Capture
from sitegen.importers.content_file import written
from sitegen.importers.quick_yaml import yaml_of
from sitegen.importers.store import CAPTURES, write
from sitegen.model import Article, Entry, SourceFile
from sitegen.options import config_of, folder, jobs_of, misused
from sitegen.output.writer import spares_of
from sitegen.phrases import say
from sitegen.pipeline import read_content
from sitegen.prepare import Fate
from sitegen.problems import Problem, Severity, Where
from sitegen.read.article import parse_article
from sitegen.read.discover import SUFFIXES, discover
from sitegen.site.urls import identity
from sitegen.terminal import Terminal
from sitegen.values import changed

MIN_INK: Final = 18  # of a sentence that tells one text from another
SENTENCES: Final = 12  # the longest ones, by which a text is known again
SENTENCE_END: Final = re.compile(r"(?<=[.!?。])\s+|\n")
JSON_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
MAX_UNPACKED: Final = 60_000_000  # bytes of a zip archive that are looked through


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What a takedown did: the notice's file, what was removed, and files that still hold sentences of the text."""

    path: Path
    removed: tuple[Path, ...]
    still: tuple[Path, ...]


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Take an article down, and say what is left to do."""
    config = config_of(options)
    if not options.reason or not options.reason.strip():
        raise misused("--reason", "까닭을 적어 주세요", "say why", '--reason "…"', '--reason "…"')
    article = article_at(options.what, config, jobs_of(options, config))
    notice = {
        "kind": options.notice,
        "date": f"{config.now:%Y-%m-%d}",
        "reason": " ".join(options.reason.split()),
        "replaced_by": options.replaced_by,
    }
    gone = take_down(article, notice, options.title, config, folder(options.cache, ".cache"))
    lines = [say(terminal.language, "takedown_done", path=str(gone.path))]
    lines += [say(terminal.language, "takedown_removed", path=str(path)) for path in gone.removed]
    lines += [say(terminal.language, "takedown_still", path=str(path)) for path in gone.still]
    traces = (gone.path, *(path for path in gone.removed if CAPTURES in path.parts))
    listed = " ".join(f"--path {shown_quoted(path)}" for path in traces)
    lines += [say(terminal.language, "takedown_next"), say(terminal.language, "takedown_git", paths=listed)]
    value: dict[str, object] = {
        "path": str(gone.path),
        "removed": [str(path) for path in gone.removed],
        "still": [str(path) for path in gone.still],
    }
    terminal.result(value, "\n".join(lines))
    return 0


def shown_quoted(path: Path) -> str:
    """Return a path as a shell takes it."""
    text = path.as_posix()
    return text if re.fullmatch(r"[\w./-]+", text) else "'" + text.replace("'", "'\\''") + "'"


def article_at(what: str, config: Config, jobs: int) -> Article:
    """Return the article that a path or an address names. Raises UsageError (TAKE001)."""
    path = Path(what)
    if path.suffix.lower() in SUFFIXES and path.is_file():
        if not path.resolve().is_relative_to(config.content_dir.resolve()):
            raise not_found(what)
        return article_in(config.content_dir / path.resolve().relative_to(config.content_dir.resolve()), config)
    try:
        wanted = f"/{unquote(urlsplit(what).path).removeprefix(config.base_path).lstrip('/')}".removesuffix(
            "index.html"
        )
        name = identity(unicodedata.normalize("NFC", wanted if wanted.endswith("/") else f"{wanted}/"))
    except ValueError as error:
        raise not_found(what) from error
    with ExitStack() as stack:
        content = read_content(with_open_doors(config), executor=executor_of(jobs, stack), progress=lambda *_: None)
    found = [entry for entry in content.entries(Fate.PUBLISHED) if name in names_of(entry)]
    if not found:
        raise not_found(what)
    return article_in(config.content_dir / found[0].article.path, config)


def with_open_doors(config: Config) -> Config:
    """Return settings under which drafts and articles still to come have addresses, too; the memo is left alone."""
    return replace(config, drafts=True, future=True, cache_path=None)


def names_of(entry: Entry) -> set[str]:
    """Return the addresses that lead to an entry."""
    return {identity(url if url.endswith("/") else f"{url}/") for url in (entry.url, *entry.article.aliases)}


def not_found(what: str) -> UsageError:
    """Return the error for something that is no article."""
    return UsageError(Problem(code="TAKE001", severity=Severity.ERROR, where=Where(path=what)))


def article_in(path: Path, config: Config) -> Article:
    """Return the article of a file; one whose head nobody can read has its name for a title."""
    source = SourceFile(path=path.relative_to(config.content_dir).as_posix(), shown=str(path), data=path.read_bytes())
    try:
        return parse_article(source, config.timezone)[0]
    except ContentError:
        article = parse_article(changed(source, data=b""), config.timezone)[0]
        return changed(article, title=article.slug, body=source.data.decode("utf-8", "replace"))


def take_down(article: Article, notice: dict[str, Any], title: str | None, config: Config, cache: Path) -> Gone:
    """Write the notice; remove the captures, memo and spares that hold the text."""
    path = config.content_dir / article.path
    sentences = sentences_of(article)
    write(path, notice_file(article, notice, title))
    digests = {article.source.sha256, *(revision.sha256 for revision in article.origin.revisions)} - {""}
    removed = []
    for capture in files_below(config.content_dir / CAPTURES):
        if capture.name.partition(".")[0] in digests or holds(capture, sentences):
            capture.unlink()
            removed.append(capture)
    removed += removed_copies(config, cache)
    others = (file for file in discover(config.content_dir)[0] if file != path)
    return Gone(path=path, removed=tuple(removed), still=tuple(file for file in others if holds(file, sentences)))


def removed_copies(config: Config, cache: Path) -> Iterator[Path]:
    """Remove the memo of cleaned bodies, the preview and the spares of the output; yield what was there."""
    for pattern in ("*.sqlite", "*.sqlite-*"):
        for file in sorted(cache.glob(pattern)):
            file.unlink()
            yield file
    preview = cache / "preview"
    for copy in (preview, *spares_of(preview), *spares_of(config.output_dir)):
        if copy.is_dir():
            shutil.rmtree(copy)
            yield copy


def notice_file(article: Article, notice: dict[str, Any], title: str | None) -> bytes:
    """Return the content file of a notice: it keeps the article's address, and nothing that it said."""
    source = {name: getattr(article.source, name) for name in ("name", "site", "url", "id")}
    head: dict[str, Any] = {
        "title": title or article.title or article.slug,
        "date": written(article.published),
        "slug": article.slug,
        "permalink": article.permalink,
        "aliases": list(article.aliases),
        "lang": article.lang,
        "source": {name: value for name, value in source.items() if value},
        "notice": {name: value for name, value in notice.items() if value},
    }
    return f"---\n{yaml_of({name: value for name, value in head.items() if value})}---\n".encode()


def sentences_of(article: Article) -> tuple[str, ...]:
    """Return the longest sentences of an article without white space: what its text is known by."""
    text = clean_body(article.body, article.body_format).text
    inked = {ink(sentence) for sentence in SENTENCE_END.split(f"{article.summary}\n{text}")}
    return tuple(sorted((one for one in inked if len(one) >= MIN_INK), key=len, reverse=True)[:SENTENCES])


def ink(text: str) -> str:
    """Return a text without white space, NFC."""
    return "".join(unicodedata.normalize("NFC", text).split())


def files_below(top: Path) -> list[Path]:
    """Return the files below a folder, in order."""
    return sorted(path for path in top.rglob("*") if path.is_file()) if top.is_dir() else []


def holds(file: Path, sentences: tuple[str, ...]) -> bool:
    """Return whether a file holds one of the sentences, however it is encoded, escaped or packed."""
    data = file.read_bytes()
    return any(any(sentence in text for sentence in sentences) for text in texts_in(data, str(file)))


def texts_in(data: bytes, shown: str) -> Iterator[str]:
    """Yield what a file says, white space aside: as it stands, without its tags, and unescaped."""
    if data.startswith(b"PK\x03\x04"):
        yield from (text for part in parts_of(data) for text in texts_in(part, shown))
        return
    try:
        text = Capture(data, shown).text
    except ContentError:
        text = data.decode("utf-8", "replace")
    plain = html.unescape(html.unescape(JSON_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)))
    for said in (plain, re.sub(r"<[^>]*>", "", plain), plain.replace("\\n", "\n").replace('\\"', '"')):
        yield ink(said)


def parts_of(data: bytes) -> Iterator[bytes]:
    """Yield the files of a zip archive, as far as they are reasonable."""
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as stream:
                    part = stream.read(left)
                left -= len(part)
                yield part
                if left <= 0:
                    return
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return
