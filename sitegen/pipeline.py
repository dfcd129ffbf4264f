"""The build on one screen: content folder → published site. READ FIRST.

read_content (workers) → assemble → plan → compare with what stands → render (workers) → index → publish.

A second build makes again only what has changed: docs/architecture.md.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Final

from sitegen import __version__
from sitegen.beside import found_beside, sound_theme
from sitegen.checks.policy import ended_waivers, idle_rules, idle_waivers
from sitegen.config import SEOUL, Config
from sitegen.content import Content, Entries, Progress, due, memory_of, read_content
from sitegen.deploy.github_pages import pages_files
from sitegen.errors import system_error, tool_error
from sitegen.folders import check_folders
from sitegen.model import BuildResult, OutputFile, WriteResult
from sitegen.output.assets import Assets, collect_assets, static_files
from sitegen.output.copies import Copy, copies_now, published
from sitegen.output.publish import Publication
from sitegen.output.sheets import paper_of
from sitegen.output.writer import staged, write_file
from sitegen.prepare import Fate
from sitegen.problems import Problem, sort_problems
from sitegen.render.asked import asked_by
from sitegen.render.record import record_file
from sitegen.render.sources import script_folders, sources_of, version_now
from sitegen.render.theme import TEMPLATES, ThemeSettings, looks_of, theme_of
from sitegen.runtime.executor import Executor, Job, Shared, WorkerDied
from sitegen.runtime.fingerprint import name_of
from sitegen.runtime.spans import STAGE, TEMPLATE, span, timed
from sitegen.runtime.stamps import ANYWHERE, Look
from sitegen.runtime.store import StoreError
from sitegen.site.about import about_entry
from sitegen.site.assemble import Assembly, assemble
from sitegen.site.face import Face, face_of
from sitegen.site.plan import Plan, Step
from sitegen.site.urls import ABOUT_URL, RECORD, output_path, record_url
from sitegen.version import code_version
from sitegen.views import ArticlePage, Page, SiteView

LISTED: Final = 20  # articles on a page that is none itself, about: what a worker uses of the plan


def build(
    config: Config, *, executor: Executor, progress: Progress, look: Look | None = None, index_later: bool = False
) -> BuildResult:
    """Build the site and put it in place of the old one. Raises SitegenError; the old site then stays.

    `look` is told what was seen of all folders: as long as that is so, another build would do nothing.
    `index_later`: with the search index as it stands, if one does; another build brings it up to date.
    """
    with guarded():
        check_folders(config)
        look = look_around(config, look or Look())
    with guarded(), memory_of(config) as memory, staged(config.output_dir) as stage, stopping(executor):
        static = static_files(config.static_dirs)
        assets = collect_assets(static, config.styling, pages_files(config), config.cleaning.image_hosts)
        copies = copies_now({name: static[name] for name in assets.copies}, memory, look)
        theme = theme_settings(config, assets)
        content, keep = read_content(
            config,
            static=static,
            memory=memory,
            executor=executor,
            progress=progress,
            look=look,
            meanwhile=theme_of(theme).load,
        )
        remarks = (*sound_theme(theme, memory), *assets.problems)
        static_pages, entries = with_about(content, config)
        assembly = assemble(content.faces(Fate.PUBLISHED), static_pages, config, static)
        plan = Plan(assembly, config, entries)
        publication = Publication(stage, memory)
        want_static(assets, copies, publication)
        files = want_all(plan, theme, publication)
        index, is_old = want_search(assembly, config, assets, publication, later=index_later)
        publication.clear()
        write_static(assets, copies, static, publication)
        missing = positions_of_missing(files, publication)
        folder = publication.stage.folder
        render_pages(plan, missing, theme, folder, executor=executor, progress=progress, meanwhile=keep)
        indexed = index(executor=executor, progress=progress)
        executor.rest()
        result, look.left[str(config.output_dir)] = publication.finish()
    look.kept = content, plan, publication
    beside = found_beside(plan, config, static, remarks, look, publication.wanted)
    done = summed_up(content, assembly, config, len(plan), indexed, result, beside)
    return replace(done, is_index_old=is_old)


def look_around(config: Config, look: Look) -> Look:
    """Take the stamps of the theme and of our own code before any of it is read."""
    for folder in (*config.template_dirs, *config.static_dirs):
        look.at(str(folder))
    look.at(str(Path(__file__).parent), (f"{ANYWHERE}__pycache__",))
    ends = (waiver.until for waiver in config.waivers if waiver.until is not None and config.is_in_force(waiver))
    look.until = min((end_of(day) for day in ends), default=look.until)
    return look


def end_of(day: date) -> float:
    """Return the time at which a day ends in Seoul, in seconds."""
    return datetime.combine(day, time.max, SEOUL).timestamp()


class guarded:  # noqa: N801  reads as a statement
    """Turns a worker's death, a store's, or what cannot be read into the error a user can act on."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, WorkerDied):
            raise tool_error("TOOL003", "sitegen", str(error)) from error
        if isinstance(error, StoreError):
            raise tool_error("TOOL004", "--store", str(error)) from error
        if isinstance(error, OSError):
            raise system_error("TOOL008", str(error.filename or "sitegen"), error) from error


@contextmanager
def stopping(executor: Executor) -> Iterator[None]:
    """End the work of a build that fails before what it writes to is cleared away."""
    try:
        yield
    except BaseException:
        executor.stop()
        raise


def with_about(content: Content, config: Config) -> tuple[list[Face], Entries]:
    """Return the static pages, and what finds all entries; a site without its own `about` gets a plain one."""
    pages = content.faces(Fate.PAGE)
    if any(face.url == ABOUT_URL for face in pages):
        return pages, content.entries
    entry = about_entry(config)
    face = face_of(entry, name_of(entry), config.timezone)
    return [*pages, face], replace(content.entries, own=((face.key, entry),))


def want_static(assets: Assets, copies: Iterable[Copy], publication: Publication) -> None:
    """Say which static files the new site has."""
    publication.want({file.path: name_of(file.data) for file in assets.files})
    publication.want({copy.name: copy.digest for copy in copies})


@timed(STAGE, "assets")
def write_static(assets: Assets, copies: Iterable[Copy], static: Mapping[str, Path], publication: Publication) -> None:
    """Write the static files that no tree has."""
    files = {file.path: file for file in assets.files}
    for path in publication.missing(files):
        publication.stage.write(files[path])
    found = {copy.name: copy for copy in copies}
    for name in publication.missing(found):
        publication.want({name: published(found[name], static[name], publication.stage)})


def theme_settings(config: Config, assets: Assets) -> ThemeSettings:
    """Return what renders the pages."""
    template_dirs, static_dirs = (tuple(map(str, folders)) for folders in (config.template_dirs, config.static_dirs))
    version = version_now(template_dirs, static_dirs)
    asked = asked_by(sources_of(template_dirs, static_dirs, version).templates().values())
    return ThemeSettings(
        template_dirs=template_dirs,
        static_dirs=static_dirs,
        assets=tuple((name, address) for name, address in assets.addresses if asked.has(name)),
        version=version,
        base_path=config.base_path,
        site=SiteView(
            title=config.title,
            description=config.description,
            language=config.language,
            author=config.author,
            contact=config.contact,
            base_url=config.base_url,
            nav=config.nav,
            lists=config.archives,
            has_search=config.search,
            image_hosts=config.cleaning.image_hosts,
            generator=f"sitegen {__version__}",
            paper=paper_of(config.styling),
        ),
    )


@timed(STAGE, "keys")
def want_all(plan: Plan, theme: ThemeSettings, publication: Publication) -> list[tuple[str, ...]]:
    """Say which pages the new site has: their files, by what they are made from. Return the files of each."""
    looks = looks_of(theme, code_version())
    files = list(map(files_of, plan.steps))
    keys = (plan.key(position, looks) for position in range(len(plan)))
    publication.want({path: key for paths, key in zip(files, keys, strict=True) for path in paths})
    return files


def want_search(
    assembly: Assembly, config: Config, assets: Assets, publication: Publication, *, later: bool
) -> tuple[Callable[..., int], bool]:
    """Say which search index the new site has.

    Return what makes it and says how many pages it has indexed, and whether it is that of the last site.
    """
    if not config.search:
        return (lambda **_: 0), False
    from sitegen.indexing import index_pages, keep_index, kept_index, want_index  # noqa: PLC0415  much to load

    if later and (kept := kept_index(publication, assets.addresses)):
        return partial(keep_index, kept, publication), True
    return partial(index_pages, want_index(assembly, config, publication, assets.addresses), publication), False


def files_of(step: Step) -> tuple[str, ...]:
    """Return the files of a page: an article has a record beside it."""
    path = output_path(step.url)
    return (path, output_path(record_url(step.url))) if step.kind is ArticlePage else (path,)


@timed(STAGE, "compare")
def positions_of_missing(files: Sequence[Sequence[str]], publication: Publication) -> list[int]:
    """Return the positions of pages whose files no tree has. `files`: those of each page."""
    away = publication.away
    odd = (position for position, paths in enumerate(files) if not away.isdisjoint(paths))
    return [position for position in odd if publication.missing(files[position])]


@timed(STAGE, "render")
def render_pages(  # noqa: PLR0913  what a build brings along
    plan: Plan,
    missing: Sequence[int],
    theme: ThemeSettings,
    folder: Path,
    *,
    executor: Executor,
    progress: Progress,
    meanwhile: Callable[[], None],
) -> None:
    """Render these pages, which no tree has, into a folder. `meanwhile`: what to do while workers render."""
    shared = executor.share(plan)
    try:
        job = Job(
            partial(render_all, plan=shared, settings=theme, folder=folder),
            reads=plan.sources_of,
            folders=(*theme.template_dirs, *script_folders(theme.static_dirs)),
            weight=lambda place: 1 if plan.steps[place].kind is ArticlePage else LISTED,
        )
        results = executor.map(job, missing)
        meanwhile()
        for done, _ in enumerate(results, 1):
            progress("write", done, len(missing))
    finally:
        shared.forget()


def render_all(positions: Sequence[int], plan: Shared[Plan], settings: ThemeSettings, folder: Path) -> Sequence[int]:
    """Render pages of the plan and write them, one step after the other as in prepare.py: the work of a worker."""
    pages = [plan.get()[position] for position in positions]
    files = [rendered(page, settings) for page in pages]
    files += [recorded(page, settings) for page in pages if isinstance(page, ArticlePage)]
    for file in files:
        write_file(folder, file)
    return positions


def rendered(page: Page, settings: ThemeSettings) -> OutputFile:
    """Return a page's file."""
    with span(TEMPLATE, TEMPLATES[type(page)]):
        return theme_of(settings).render(page)


def recorded(page: ArticlePage, settings: ThemeSettings) -> OutputFile:
    """Return the record that lies beside an article."""
    with span(TEMPLATE, RECORD):
        return record_file(page, settings.site)


@timed(STAGE, "report")
def summed_up(  # noqa: PLR0913, PLR0917  all that a build knows in the end
    content: Content,
    assembly: Assembly,
    config: Config,
    pages: int,
    indexed: int,
    result: WriteResult,
    beside: Iterable[Problem],
) -> BuildResult:
    """Return what the build did. `beside`: problems of what is no content."""
    found = [*content.problems, *assembly.problems, *beside]
    found += [*ended_waivers(config), *idle_rules(config, content.paths)]
    found += idle_waivers(config, found)
    fates = Counter(one.fate for one in content.records)
    site = assembly.site
    contested = fates[Fate.PUBLISHED] - len(site.faces) - len(site.tombstones)
    return BuildResult(
        articles=len(site.faces),
        held_back=fates[Fate.HELD_BACK] + contested,
        left_out=fates[Fate.DRAFT] + fates[Fate.FUTURE],
        pages=pages,
        indexed=indexed,
        problems=tuple(sort_problems(found)),
        write=result,
        due=due(content.records, config.now.timestamp()),
    )
