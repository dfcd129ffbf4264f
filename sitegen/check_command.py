"""`check`: the content and the finished pages, asked everything; one code or one article, explained."""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from sitegen.beside import found_beside, sound_theme
from sitegen.build_command import assembled, executor_of
from sitegen.checks.age import count_behind
from sitegen.checks.catalogue import explained, markdown
from sitegen.checks.pages import check_output
from sitegen.checks.policy import OF_OTHER_SITES, ended_waivers, idle_rules, idle_waivers
from sitegen.checks.sarif import sarif_of
from sitegen.config import Config
from sitegen.content import Content, Progress, memory_of, read_content
from sitegen.deploy.github_pages import pages_files
from sitegen.errors import ContentError, told_writing
from sitegen.folders import check_content_folder
from sitegen.licence.changes import change_of
from sitegen.model import Article, CleanBody, Entry, Source
from sitegen.options import config_of, folder, jobs_of, misused, program
from sitegen.output.assets import collect_assets, static_files
from sitegen.output.cache import LINKS
from sitegen.output.pictures import measured, with_pictures
from sitegen.output.writer import MARKER
from sitegen.phrases import say
from sitegen.pipeline import files_of, guarded, theme_settings, with_about
from sitegen.prepare import Prepared, body_of, prepare
from sitegen.problems import Problem, Severity, sort_problems
from sitegen.read.article import parse_article
from sitegen.read.discover import CAPTURES, read_source
from sitegen.runtime.stamps import Look
from sitegen.site.assemble import Assembly
from sitegen.site.plan import Plan
from sitegen.terminal import Terminal, tell


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Check what is there; exit 3 for a fault of ours, 1 for an error (with --strict for a warning), else 0."""
    if options.explain:
        return explain(options.explain, terminal)
    config = config_of(options)
    if options.explain_article:
        return explain_article(Path(options.explain_article), config, terminal)
    check_content_folder(config)
    with terminal.progress() as progress:
        problems, articles, entries = check_content(config, jobs_of(options, config), progress)
        pages = 0
        if (config.output_dir / MARKER).is_file():
            pages, found = check_output(config, progress)
            problems += found
            tell_age(count_behind(entries, config.output_dir), config, terminal)
        if options.external:
            problems += check_links(entries, config, folder(options.cache, ".cache"), terminal, progress)
    problems += idle_waivers(config, problems, frozenset() if options.external else OF_OTHER_SITES)
    problems = sort_problems(problems)
    if options.sarif:
        with told_writing(str(options.sarif)):
            write_sarif(options.sarif, problems, terminal)
    report(problems, articles, pages, config, terminal, is_silent=str(options.sarif) == "-")
    found_levels = {problem.severity for problem in problems}
    if Severity.BUG in found_levels:
        return 3
    return 1 if Severity.ERROR in found_levels or (options.strict and Severity.WARNING in found_levels) else 0


def check_content(config: Config, jobs: int, progress: Progress) -> tuple[list[Problem], int, list[Entry]]:
    """Return what a build would find, the number of content files, and the articles that are published."""
    with guarded(), ExitStack() as stack:
        memory = stack.enter_context(memory_of(config))
        static, executor = static_files(config.static_dirs), executor_of(jobs, stack)
        content, _ = read_content(config, Look(), static=static, memory=memory, executor=executor, progress=progress)
        assembly = assembled(content, config)
        problems = [*content.problems, *assembly.problems]
        problems += [
            *ended_waivers(config),
            *idle_rules(config, content.paths),
            *asked_beside(assembly, content, config),
        ]
        return problems, len(content.records), [content.entries(face) for face in assembly.site.faces]


def asked_beside(assembly: Assembly, content: Content, config: Config) -> list[Problem]:
    """Return what a build of this site would find beside its articles."""
    static = static_files(config.static_dirs)
    assets = collect_assets(static, config.styling, pages_files(config), config.cleaning.image_hosts)
    _, entries = with_about(content, config)
    plan = Plan(assembly, config, entries)
    places = {*assets.copies, *(file.path for file in assets.files)}.union(*map(files_of, plan.steps))
    remarks = (*sound_theme(theme_settings(config, assets)), *assets.problems)
    return found_beside(plan, config, static, remarks, Look(), places)


def tell_age(behind: int, config: Config, terminal: Terminal) -> None:
    """Say that the pages are older than the content: what was mended since, they do not show."""
    if behind:
        words = {"n": f"{behind:,}", "folder": f"{config.output_dir}/", "program": program()}
        terminal.note(say(terminal.language, "check_old_output", **words))


def check_links(
    entries: list[Entry], config: Config, cache: Path, terminal: Terminal, progress: Progress
) -> list[Problem]:
    """Ask where links lead; say how many were asked."""
    try:
        from sitegen.checks.external import ask_all  # noqa: PLC0415  needs the extra `links`
    except ModuleNotFoundError as error:
        if error.name != "urllib3":
            raise
        raise misused("--external", "urllib3가 없습니다", "urllib3 is not installed", "pip install urllib3") from error
    with told_writing(str(cache / LINKS)):
        problems, asked, left = ask_all(entries, config, cache / LINKS, progress)
    terminal.note(say(terminal.language, "links_asked", n=f"{asked:,}", left=f"{left:,}"))
    return problems


def report(
    problems: list[Problem], articles: int, pages: int, config: Config, terminal: Terminal, *, is_silent: bool
) -> None:
    """Print the findings and a line that sums them up."""
    counts = Counter(problem.severity.value for problem in problems)
    if not terminal.as_json:
        terminal.problems(problems)
    if not pages and not terminal.as_json:
        terminal.note(say(terminal.language, "check_no_output", folder=f"{config.output_dir}/", program=program()))
    if is_silent or (terminal.quiet and not terminal.as_json):
        return
    shown = ", ".join(f"{say(terminal.language, name)} {counts[name]:,}" for name in map(str, Severity) if counts[name])
    line = say(
        terminal.language,
        "check_done",
        articles=f"{articles:,}",
        pages=f"{pages:,}",
        found=shown or say(terminal.language, "check_nothing"),
    )
    value: dict[str, object] = {
        "articles": articles,
        "pages": pages,
        "counts": dict(counts),
        "problems": [terminal.problem_value(problem) for problem in problems],
    }
    terminal.result(value, line)


def write_sarif(path: Path, problems: list[Problem], terminal: Terminal) -> None:
    """Write the findings as SARIF, `-` for standard output."""
    text = json.dumps(sarif_of(problems, terminal.language), ensure_ascii=False, indent=2) + "\n"
    if str(path) == "-":
        tell(sys.stdout, text)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", errors="backslashreplace")  # the names of files may be no text


def explain(code: str, terminal: Terminal) -> int:
    """Explain a code; `all` gives the whole catalogue (docs/checks.md)."""
    try:
        text = markdown().rstrip() if code.lower() == "all" else explained(code.upper(), terminal.language)
    except KeyError as error:
        raise misused("--explain", "그런 코드가 없습니다", "there is no such code", "--explain all") from error
    terminal.result({"code": code, "text": text}, text)
    return 0


def explain_article(path: Path, config: Config, terminal: Terminal) -> int:
    """Tell the whole trail of an article: where it is from, what was done to it, by which rules, with excerpts."""
    config = replace(
        config,
        drafts=True,
        future=True,
        cache_path=None,
        cleaning=with_pictures(config.cleaning, measured(static_files(config.static_dirs), {})),
    )
    if not os.path.isfile(path) or not path.resolve().is_relative_to(config.content_dir.resolve()):
        raise misused(
            "--explain-article",
            f"콘텐츠 폴더에 그런 글이 없습니다: {path}",
            f"there is no such article in the content folder: {path}",
            "글 파일의 경로를 적어 주세요",
            "name the file of an article",
        )
    path = config.content_dir / path.resolve().relative_to(config.content_dir.resolve())
    prepared = prepare(path, config)
    rows = list(trail(path, prepared, config))
    value: dict[str, object] = {
        "trail": [{"what": name, "words": words} for name, words in rows],
        "problems": [terminal.problem_value(problem) for problem in prepared.problems],
    }
    lines = [f"{say(terminal.language, f'trail_{name}')}: {told(name, words, terminal)}" for name, words in rows]
    terminal.result(value, "\n".join(lines))
    if not terminal.as_json:
        terminal.problems(prepared.problems)
    return 0


def told(name: str, words: str, terminal: Terminal) -> str:
    """Return the words of a step for a reader: some are one of a few."""
    return say(terminal.language, f"{name}_{words}") if name in ("fate", "source_by", "shown") else words


def trail(path: Path, prepared: Prepared, config: Config) -> Iterator[tuple[str, str]]:
    """Yield what happened to an article, step by step: (name of the step, words)."""
    yield "file", str(path)
    yield "fate", prepared.fate.value
    try:
        article, _ = parse_article(read_source(path, config.content_dir), config.timezone)
    except ContentError:
        return
    body, entry = body_of(article, config), prepared.entry
    if entry:
        yield "address", entry.url
    yield "title", article.title
    yield from source_steps(article, body, entry, config)
    if entry:
        proof = entry.licence.evidence
        words = joined(proof.kind, proof.text, proof.url, proof.seen) if proof else "—"
        yield "licence", f"{entry.licence.id} ({words})"
        yield "shown", "link-only" if entry.link_only else "text"
    yield from capture_steps(article.source, config)
    if entry:
        yield "text", entry.provenance.text_sha256 or "—"
    yield from change_steps(article, body)


def source_steps(article: Article, body: CleanBody, entry: Entry | None, config: Config) -> Iterator[tuple[str, str]]:
    """Yield the source of an article, and what has named it."""
    source = entry.article.source if entry else article.source
    yield "source", joined(source.name, source.url or source.site, source.id)
    rule = config.rule_for(article.path)
    by = "head" if article.source.name else "body" if body.credited.name else "rule" if rule else "nowhere"
    yield "source_by", by


def capture_steps(source: Source, config: Config) -> Iterator[tuple[str, str]]:
    """Yield when an article came, and the capture it came in with the files of it that are kept."""
    if source.retrieved:
        yield "retrieved", source.retrieved
    if source.sha256:
        kept = sorted((config.content_dir / CAPTURES / source.sha256[:2]).glob(f"{source.sha256}*"))
        yield "capture", joined(source.sha256, *map(str, kept))


def change_steps(article: Article, body: CleanBody) -> Iterator[tuple[str, str]]:
    """Yield what importer, source and rules have changed in an article, the text before and after."""
    if article.origin.profile:
        yield "importer", f"{article.origin.profile} ({article.origin.capture})"
    for revision in article.origin.revisions:
        yield "revision", joined(revision.revision, revision.sha256, revision.seen)
        for edit in revision.edits:
            yield "edit", f"{edit.before} [-{edit.old}-] {{+{edit.new}+}} {edit.after}"
    for change in article.changes:
        yield "change", f"{change} (T{change_of(change).tier})"
    for removal in body.removals:
        yield "removal", f"{removal.rule} (T{change_of(removal.rule).tier}) {removal.excerpt}".rstrip()


def joined(*words: str) -> str:
    """Return the words that are said, in one line."""
    return " · ".join(filter(None, words))
