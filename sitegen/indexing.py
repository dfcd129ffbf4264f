"""Which parts of the search index a site wants, and the making of those it lacks. An unchanged shard stays as it is."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from itertools import starmap
from typing import Final, NamedTuple

from sitegen.config import SEOUL, Config
from sitegen.content import MemoryPlace, Progress
from sitegen.errors import UsageError
from sitegen.languages import primary_language
from sitegen.output.publish import Publication
from sitegen.problems import Problem, Severity, Where
from sitegen.runtime.collector import without_collector
from sitegen.runtime.executor import Executor, Job
from sitegen.runtime.fingerprint import name_of
from sitegen.runtime.spans import STAGE, timed
from sitegen.search.agencies import Names
from sitegen.search.calendar import Paged, shards_of
from sitegen.search.index import ENTRY, FOLDER, Work, make_all, top_files, write_files
from sitegen.search.shard import LANGUAGE, ShardIndex
from sitegen.site.assemble import Assembly
from sitegen.site.face import Face
from sitegen.site.urls import output_path
from sitegen.version import code_version

MODULE: Final = "js/search/pagefind.js"
KEPT: Final = "search"  # the parts of the memory that are ours
WORDS: Final = " words"  # the end of the names of those that hold what a dictionary said
READINGS: Final = " readings"  # and what was read of a shard's pages
PART_NAME: Final = re.compile(rf"{KEPT} ([0-9a-f]+)")  # of what is remembered of a part, with its key

Words = dict[bytes, bytes]


class Remembered(NamedTuple):
    """Tells what is remembered of the last site, in the process that asks."""

    place: MemoryPlace
    is_first: bool = True  # there was no site

    def words(self) -> Mapping[bytes, bytes]:
        """Return what a dictionary said of texts, by their digests."""
        memory = self.place.memory()
        if memory is None:
            return {}
        shards = (memory.part(name, Words) for name in sorted(memory.names(f"{KEPT} ")) if name.endswith(WORDS))
        return {digest: said for shard in shards if shard for digest, said in shard.items()}

    def readings(self, work: Work) -> bytes:
        """Return what was read of the pages of a shard that began on the same day."""
        memory = self.place.memory()
        return memory.part(readings_name(work), bytes) or b"" if memory is not None else b""


def readings_name(work: Work) -> str:
    """Return the name of what is remembered of a shard's pages: by its oldest day, which an edit seldom changes."""
    return f"{KEPT} {work.language} {work.pages[-1].day}{READINGS}"


class Part(NamedTuple):
    """A shard, or all articles in another language: what it is made of, under the key of all that."""

    work: Work
    key: bytes

    @property
    def name(self) -> str:
        """Return the name of what is remembered of it."""
        return f"{KEPT} {self.key.hex()}"


class Index(NamedTuple):
    """The index a site wants: its parts, newest first, and the key of the files they share."""

    parts: tuple[Part, ...] = ()
    key: bytes = b""
    module: str = ""
    agencies: tuple[Names, ...] = ()

    @property
    def pages(self) -> int:
        """Return how many pages are in it."""
        return sum(len(part.work.pages) for part in self.parts)


def want_index(
    assembly: Assembly, config: Config, publication: Publication, assets: Sequence[tuple[str, str]]
) -> Index:
    """Say which index the new site has."""
    parts = tuple(parts_of(assembly, config, publication.wanted))
    module = module_in(assets)
    key = name_of("search", code_version(), module, config.agencies, [part.key for part in parts])
    index = Index(parts, key, module, config.agencies)
    for part in parts:
        publication.want(dict.fromkeys(files_there(part, publication), part.key))
    publication.want(dict.fromkeys(publication.group(index.key), index.key))
    return index


def module_in(assets: Sequence[tuple[str, str]]) -> str:
    """Return the address of the module that searches. Raises UsageError where the theme has none."""
    module = dict(assets).get(MODULE)
    if module is None:
        where, details = Where(path="static"), (("name", MODULE),)
        raise UsageError(Problem(code="FILE006", severity=Severity.ERROR, where=where, details=details))
    return module


def kept_index(publication: Publication, assets: Sequence[tuple[str, str]]) -> list[str]:
    """Want the index of the last site as it stands, whatever the pages say now; return its files, if it is there.

    Not where the modules that read it have changed: they change names, too.
    """
    known, module = publication.old.known, module_in(assets)
    top = known.get(f"{FOLDER}/{ENTRY}")
    if top is None or module not in known:
        return []
    keys = {top[0], *(bytes.fromhex(name) for name in map(key_in, publication.memory.names(f"{KEPT} ")) if name)}
    files = {path: key for path, (key, _) in known.items() if key in keys}
    if not files.keys().isdisjoint(publication.wanted) or not all(starmap(publication.stands, files.items())):
        return []
    publication.want(files)
    return list(files)


def key_in(name: str) -> str:
    """Return the key in the name of what is remembered of a part, as text; nothing in names of other things."""
    found = PART_NAME.fullmatch(name)
    return found[1] if found else ""


def keep_index(files: Sequence[str], publication: Publication, **_: object) -> int:
    """Bring the files of an index that is kept; return how many pages have been indexed: none."""
    missing = publication.missing(files)
    assert not missing, "what is kept stands"
    return 0


def parts_of(assembly: Assembly, config: Config, keys: Mapping[str, bytes]) -> list[Part]:
    """Return the parts of the index; `keys` are those of the pages' files."""
    by_language: defaultdict[str, list[Paged]] = defaultdict(list)
    for face in assembly.site.faces:
        path = output_path(face.url)
        language = primary_language(face.lang or config.language)
        by_language[language].append(Paged(path, face.url, day_of(face), keys[path]))
    works = [Work(LANGUAGE, config.analyser, tuple(shard)) for shard in shards_of(by_language.pop(LANGUAGE, []))]
    works += [Work(language, "", tuple(pages)) for language, pages in sorted(by_language.items())]
    return [Part(work, part_key(work)) for work in works]


def part_key(work: Work) -> bytes:
    """Return the name of all that a part depends on. What a page says, where and of which day, its key says."""
    return name_of(KEPT, code_version(), work.language, work.analyser, *[page.key for page in work.pages])


def day_of(face: Face) -> date | None:
    """Return the day of an article in Seoul, by which shards are cut."""
    published = face.published
    if published is None:
        return None
    try:
        return published.date() if published.tzinfo is SEOUL else published.astimezone(SEOUL).date()
    except OverflowError:  # the first or last day there is
        return published.date()


def files_there(part: Part, publication: Publication) -> list[str]:
    """Return the files of a part, if all of them stand and it is known what is in them."""
    files = publication.group(part.key)
    return files if files and publication.memory.has_part(part.name) else []


def about(part: Part, publication: Publication) -> ShardIndex | None:
    """Return what the memory knows of a part."""
    known: ShardIndex | None = publication.memory.part(part.name, ShardIndex)
    return known


@timed(STAGE, "index")
@without_collector()
def index_pages(index: Index, publication: Publication, *, executor: Executor, progress: Progress) -> int:
    """Make the parts of the index that do not stand; return how many pages are in it. Raises ToolError."""
    known = {
        part.key: one
        for part in index.parts
        if is_there(files_there(part, publication), part.key, publication) and (one := about(part, publication))
    }
    missing = [part for part in index.parts if part.key not in known]
    made = make_missing(missing, publication, executor=executor, progress=progress)
    if missing or not is_there(publication.group(index.key), index.key, publication):
        write_top(index, known | made, publication)
    forget_others(index, publication)
    return index.pages


def make_missing(
    parts: Sequence[Part], publication: Publication, *, executor: Executor, progress: Progress
) -> dict[bytes, ShardIndex]:
    """Make parts of the index, each worth a process, and remember what is in them; return that by their keys."""
    memory = publication.memory
    known = Remembered(MemoryPlace.of(memory), is_first=not memory.names(f"{KEPT} "))
    folder = publication.stage.folder
    job = Job(
        partial(make_all, site_dir=folder, known=known),
        reads=lambda work: [f"{folder}/{page.path}" for page in work.pages],
        is_heavy=True,
    )
    results = executor.map(job, [part.work for part in parts])
    made, total = {}, sum(len(part.work.pages) for part in parts)
    for part, result in zip(parts, results, strict=True):
        publication.want(dict.fromkeys(result.files, part.key))
        memory.keep({part.name: result.about}, ShardIndex)
        memory.keep({f"{part.name}{WORDS}": result.words or None}, Words)
        memory.keep({readings_name(part.work): result.readings or None}, bytes)
        made[part.key] = result.about
        progress("index", sum(one.pages for one in made.values()), total)
    return made


def is_there(files: Sequence[str], key: bytes, publication: Publication) -> bool:
    """Return whether files made from a key stand in the stage; those that the old site has are brought."""
    return bool(files) and not publication.missing([path for path in files if publication.wanted.get(path) == key])


def write_top(index: Index, known: Mapping[bytes, ShardIndex], publication: Publication) -> None:
    """Write the files that all parts share. `known`: what is in the parts, by their keys."""
    shards: list[ShardIndex] = []
    others: list[ShardIndex] = []
    for part in index.parts:
        (shards if part.work.language == LANGUAGE else others).append(known[part.key])
    files = top_files(shards, others, index.module, index.agencies)
    publication.want(dict.fromkeys(write_files(publication.stage.folder, files), index.key))


def forget_others(index: Index, publication: Publication) -> None:
    """Let the memory forget parts that are no longer in the index."""
    names = {f"{part.name}{kind}" for part in index.parts for kind in ("", WORDS)}
    names |= {readings_name(part.work) for part in index.parts}
    publication.memory.keep(dict.fromkeys(publication.memory.names(f"{KEPT} ") - names), ShardIndex)
