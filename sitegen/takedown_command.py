"""`takedown PATH|URL`: an article becomes a notice; no trace of its text is left in content, memory or spares.

What stays: the address, the title (unless another is given), the date and the source, so that readers learn what
happened and where to ask. Past states of a git repository are not touched; the command says how they are.
"""

import argparse
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sitegen.build_command import executor_of
from sitegen.characters import whole_number_in
from sitegen.checks.persons import resident_number_in
from sitegen.clean.body import clean_body
from sitegen.config import Config, memories_of
from sitegen.content import memory_of, read_content
from sitegen.errors import ContentError, UsageError, told_writing
from sitegen.folders import check_content_folder
from sitegen.importers.content_file import written
from sitegen.importers.quick_yaml import yaml_of
from sitegen.importers.store import digest_of_title
from sitegen.model import Article, SourceFile
from sitegen.options import config_of, folder, jobs_of, misused, program
from sitegen.output.assets import static_files
from sitegen.output.cache import PREVIEW
from sitegen.output.content_lock import LOCK, changing
from sitegen.output.writer import MARKER, locked, spares_of
from sitegen.phrases import say
from sitegen.pipeline import guarded
from sitegen.prepare import Fate
from sitegen.problems import Problem, Severity, Where
from sitegen.read.article import ADDRESS, parse_article
from sitegen.read.discover import CAPTURES, SUFFIXES, discover, is_static_page
from sitegen.reasons import in_korean
from sitegen.repository import is_shallow, names_of, repository_of
from sitegen.runtime.note import forget
from sitegen.runtime.stamps import Look
from sitegen.runtime.whole import write_whole
from sitegen.site.assemble import path_of
from sitegen.site.entry import settle
from sitegen.site.face import Face
from sitegen.site.urls import alias_url, decoded, host_form, identity, own_path, permalink_url
from sitegen.terminal import Terminal
from sitegen.theme_files import is_installed
from sitegen.traces import files_below, held, sentences_of
from sitegen.values import changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What a takedown did: the notice's file, what was removed, and what is still there.

    `still` hold sentences of the text; `files` are static ones that the article alone named.
    """

    path: Path
    removed: tuple[Path, ...]
    still: tuple[Path, ...]
    files: tuple[Path, ...]


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Take an article down, and say what is left to do."""
    config = config_of(options)
    check_content_folder(config)
    check_words(options)
    article = article_at(options.what, config, jobs_of(options, config))
    notice = {
        "kind": options.notice,
        "date": f"{config.now:%Y-%m-%d}",
        "reason": " ".join(options.reason.split()),
        "replaced_by": options.replaced_by,
    }
    cache = folder(options.cache, ".cache")
    with (
        told_writing(str(config.content_dir)),
        changing(config.content_dir),
        no_build(config.output_dir, cache / PREVIEW),
    ):
        gone = take_down(article, notice, options.title, config, cache)
    lines = [say(terminal.language, "takedown_done", path=str(gone.path))]
    lines += [say(terminal.language, "takedown_removed", path=str(path)) for path in gone.removed]
    lines += [say(terminal.language, "takedown_still", path=str(path)) for path in gone.still]
    lines += [say(terminal.language, "takedown_file", path=str(path)) for path in gone.files]
    lines.append(say(terminal.language, "takedown_next", program=program()))
    lines += past_lines(gone, terminal.language)
    value: dict[str, object] = {
        "path": str(gone.path),
        "removed": [str(path) for path in gone.removed],
        "still": [str(path) for path in gone.still],
        "files": [str(path) for path in gone.files],
    }
    terminal.result(value, "\n".join(lines))
    return 0


def past_lines(gone: Gone, language: str) -> Iterator[str]:
    """Yield how the past of a repository is rewritten, under all the names that the article and its captures had."""
    repository = repository_of(gone.path)
    if repository is None:
        return
    traces = (gone.path, *(path for path in gone.removed if CAPTURES in path.parts))
    inside = [Path(os.path.relpath(path.resolve(), repository)).as_posix() for path in traces]
    known = {name: names_of(name, repository) for name in inside}
    names = dict.fromkeys((*inside, *chain.from_iterable(known.values())))
    taken = [name for name in names if name not in inside and (repository / name).exists()]
    listed = " ".join(f"--path {shown_quoted(name)}" for name in names if name not in taken)
    yield say(language, "takedown_git", paths=listed)
    if is_shallow(repository):
        yield say(language, "takedown_git_shallow")
    yield from (say(language, "takedown_git_taken", path=name) for name in taken)
    if unknown := [name for name, found in known.items() if not found]:
        yield say(language, "takedown_git_unknown", paths=", ".join(unknown))


@contextmanager
def no_build(*outputs: Path) -> Iterator[None]:
    """Hold output folders: a build at work would bring the text back. Raises UsageError (USE004)."""
    with ExitStack() as stack:
        for output in dict.fromkeys(map(Path.resolve, outputs)):
            if output.parent.is_dir():
                stack.enter_context(locked(output))
        yield


def check_words(options: argparse.Namespace) -> None:
    """Refuse what a notice could not say. Raises UsageError."""
    if not options.reason or not options.reason.strip():
        raise misused("--reason", "까닭을 적어 주세요", "say why", '--reason "…"')
    numbered = next((name for name in ("reason", "title") if resident_number_in(getattr(options, name) or "")), "")
    if numbered:
        raise misused(
            f"--{numbered}",
            "주민등록번호로 보이는 숫자가 있습니다",
            "looks like a resident registration number",
            "그 번호를 빼고 적어 주세요",
            "leave the number out",
        )
    check_successor(options.notice, options.replaced_by)


def check_successor(notice: str, address: str) -> None:
    """Refuse what replaces an article where no notice could lead there. Raises UsageError."""
    flag, example = "--replaced-by", "--replaced-by /2026/04/new/"
    if notice == "replaced" and not address:
        raise misused(flag, "바뀐 글의 주소가 빠졌습니다", "is missing: what it was replaced by", example)
    if address and notice != "replaced":
        ko, en = f"--notice {notice}와 함께 쓸 수 없습니다", f"does not go with --notice {notice}"
        raise misused(flag, ko, en, "--notice replaced")
    if address and not ADDRESS.match(address):
        ko, en = "/나 https://로 시작하는 주소를 적어 주세요", "write an address that begins with / or https://"
        raise misused(flag, ko, en, example)
    if address.startswith("/"):
        path = re.split("[?#]", address, maxsplit=1)[0]
        try:
            permalink_url(path)
            identity(decoded(path))
        except ValueError as error:
            ko, en = f"글로 이어질 수 없는 주소입니다: {in_korean(str(error))}", f"cannot lead to an article: {error}"
            raise misused(flag, ko, en, example) from error


def shown_quoted(text: str) -> str:
    """Return a path as a shell takes it."""
    return text if re.fullmatch(r"[\w./-]+", text) else "'" + text.replace("'", "'\\''") + "'"


def article_at(what: str, config: Config, jobs: int) -> Article:
    """Return the article that a path or an address names, with its source settled. Raises UsageError (TAKE001)."""
    path = Path(what)
    if path.suffix.lower() in SUFFIXES and path.is_file():
        wanted = path.resolve()
        found = [file for file in discover(config.content_dir)[0] if file.resolve() == wanted]
        if not found or is_static_page(found[0].relative_to(config.content_dir).as_posix()):
            raise not_found(what)
        return article_in(found[0], config)
    host, names = identities_of(what, config)
    for settings in (config, replace(config, drafts=True, future=True)):  # what is published comes first
        with guarded(), ExitStack() as stack:
            memory = stack.enter_context(memory_of(replace(settings, cache_path=None)))
            executor, static = executor_of(jobs, stack), static_files(settings.static_dirs)
            content, _ = read_content(
                settings, Look(), static=static, memory=memory, executor=executor, progress=lambda *_: None
            )
        face = face_known_as(names, sorted(content.faces(Fate.PUBLISHED), key=path_of), config.homes)
        if face is None:
            continue
        article = article_in(config.content_dir / face.path, config)
        if host and host in map(host_of, (article.source.url, article.source.site)):
            break  # that is the original's address
        return article
    raise not_found(what)


def face_known_as(names: Sequence[str], faces: Sequence[Face], homes: Sequence[str]) -> Face | None:
    """Return the article that stands under the first name that any does, or that an older address led to."""
    for name in names:
        own = (face for face in faces if identity(face.url) == name)
        led = (face for face in faces if name in known_aliases(face, homes))
        for face in chain(own, led):
            return face
    return None


def known_aliases(face: Face, homes: Sequence[str]) -> Iterator[str]:
    """Yield the forms under which an article's old addresses are known; one of another site leads nowhere."""
    for alias in face.aliases:
        with suppress(ValueError):
            yield identity_of_alias(own_path(alias, homes))


def identities_of(what: str, config: Config) -> tuple[str, list[str]]:
    """Return the host of an address, if it is not surely ours, and the forms under which this site may know its path.

    Where `site.base_url` is not set, any host may be ours, and the first part of the path may be the repository's name.
    Raises UsageError for another site's address.
    """
    try:
        parts = urlsplit(what)
        own, host = host_of(config.base_url), host_of(what)
        if own and host and host != own:
            raise not_found(what)
        base = unquote(config.base_path)
        path = f"/{unquote(parts.path).removeprefix(base).lstrip('/')}".removesuffix("index.html")
        paths = [path]
        if host and not own:
            paths.append(f"/{path.lstrip('/').partition('/')[2]}")
        return "" if own else host, list(map(identity_of_alias, paths))
    except ValueError as error:
        raise not_found(what) from error


def host_of(address: str) -> str:
    """Return the host of an address, as machines ask for it. Raises ValueError."""
    return host_form(urlsplit(address).netloc)


def identity_of_alias(path: str) -> str:
    """Return the form under which a path of this site is known: with or without the final `/`."""
    try:
        return identity(alias_url(path))
    except ValueError:  # no address that the site has
        path = decoded(path)
        return identity(unicodedata.normalize("NFC", path if path.endswith(("/", ".html")) else f"{path}/"))


def not_found(what: str) -> UsageError:
    """Return the error for something that is no article."""
    return UsageError(Problem(code="TAKE001", severity=Severity.ERROR, where=Where(path=what)))


def article_in(path: Path, config: Config) -> Article:
    """Return the article of a file, its source settled; one whose head nobody can read has its name for a title."""
    source = SourceFile(path=path.relative_to(config.content_dir).as_posix(), shown=str(path), data=path.read_bytes())
    try:
        article = parse_article(source, config.timezone)[0]
    except ContentError:
        empty = parse_article(changed(source, data=b""), config.timezone)[0]
        return changed(empty, title=empty.slug, body=source.data.decode("utf-8", "replace"))
    settled = settle(article, clean_body(article.body, article.body_format), config).entry.article
    return changed(article, source=settled.source)


def take_down(article: Article, notice: dict[str, Any], title: str | None, config: Config, cache: Path) -> Gone:
    """Remove the captures that hold the text, write the notice, remove memory and spares."""
    path = config.content_dir / article.path
    captures = config.content_dir / CAPTURES
    ours = (path, config.content_dir / LOCK)
    others = [file for file in files_below(config.content_dir) if file not in ours and captures not in file.parents]
    others += [file for folder in own_static(config) for file in files_below(folder)]
    sentences = sentences_of(article)
    shared = {sentence for file in others for sentence in held(file, sentences)}
    # by a sentence that other articles have, too, nobody can tell whose capture it is
    own = tuple(sentence for sentence in sentences if sentence not in shared)
    digests = {article.source.sha256, *(revision.sha256 for revision in article.origin.revisions)} - {""}
    removed, still = [], [file for file in others if held(file, sentences)]
    for capture in files_below(captures):
        if capture.name.partition(".")[0] in digests or held(capture, own):
            capture.unlink()
            removed.append(capture)
        elif held(capture, sentences):
            still.append(capture)
    files = files_named_by(path, others, config)
    # after the captures: whoever is broken off and begins again must still know the text
    write_whole(path, notice_file(article, notice, title))
    removed += removed_copies(config, cache)
    return Gone(path=path, removed=tuple(removed), still=tuple(still), files=files)


def files_named_by(path: Path, others: Sequence[Path], config: Config) -> tuple[Path, ...]:
    """Return the site's own static files that an article names, and no other file does."""
    text = named_in(path)
    files = {name: file for name, file in static_files(own_static(config)).items() if f"/{name}" in text}
    for other in others if files else ():
        if other.suffix.lower() in SUFFIXES:
            words = named_in(other)
            files = {name: file for name, file in files.items() if f"/{name}" not in words}
    return tuple(files.values())


def named_in(path: Path) -> str:
    """Return the text of a content file with the names in it as files have them."""
    return unicodedata.normalize("NFC", unquote(path.read_text("utf-8", "replace")))


def own_static(config: Config) -> list[Path]:
    """Return the folders of static files that somebody may have put a file of the site into."""
    return [folder for folder in config.static_dirs if not is_installed(folder)]


def removed_copies(config: Config, cache: Path) -> Iterator[Path]:
    """Remove the memory and notes of builds, the preview and the spares of the output; yield what was there."""
    for file in memories_of(config.content_dir, cache):  # whether this command would use them or not
        file.unlink()
        yield file
    yield from map(Path, forget(str(cache)))
    preview = cache / PREVIEW
    copies = (preview, *spares_of(preview)) if (preview / MARKER).is_file() else ()
    for copy in (*copies, *spares_of(config.output_dir)):
        if copy.is_dir():
            shutil.rmtree(copy)
            yield copy


def notice_file(article: Article, notice: dict[str, Any], title: str | None) -> bytes:
    """Return the content file of a notice: it keeps the article's address, and nothing that it said.

    The digests stay, so that neither the same capture nor another of the same text is imported again.
    """
    source = {name: getattr(article.source, name) for name in ("name", "site", "url", "id", "sha256", "revision")}
    origin = article.origin
    item = whole_number_in(origin.item)
    day = f"{article.published:%Y-%m-%d}" if article.published else ""
    was_titled = digest_of_title(article.title, day).hex() if title and article.title else ""
    made = {
        "profile": origin.profile or "takedown",
        "capture": origin.capture,
        "item": item,
        "place": origin.place,
        "was_titled": was_titled,
    }
    head: dict[str, Any] = {
        "title": title or article.title or article.slug,
        "date": written(article.published),
        "embargo_until": written(article.embargo_until),
        "slug": article.slug,
        "permalink": article.permalink,
        "aliases": list(article.aliases),
        "lang": article.lang,
        "draft": article.draft,
        "source": {name: value for name, value in source.items() if value},
        "notice": {name: value for name, value in notice.items() if value},
        "import": {name: value for name, value in made.items() if value},
    }
    return f"---\n{yaml_of({name: value for name, value in head.items() if value})}---\n".encode()
