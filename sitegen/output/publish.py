"""What is wanted → the output folder: only what differs is written, only what nobody has is made.

Three trees: what stands (the last site), the stage (the spare: the site before it, or nothing), what is wanted. A file
of the stage with the wanted key stays; one that stands with it is copied; the rest is made. Then the folders change
names, and what stood is the next spare.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from time import sleep
from typing import Final

from sitegen.model import WriteResult
from sitegen.output.tree import (
    Known,
    Standing,
    Tree,
    brought_up,
    empty_tree,
    is_that,
    keep_tree,
    kept_tree,
    name_trees,
    remains_of,
)
from sitegen.output.writer import MARKER, MARKER_TEXT, Stage
from sitegen.runtime.files import write_bytes
from sitegen.runtime.fingerprint import name_of
from sitegen.runtime.memory import Memory
from sitegen.runtime.spans import STAGE, timed
from sitegen.runtime.stamps import TICK, Written, folder_stamps, folders_of, stamp_of

OUTPUT: Final = "output"  # the parts of the memory that are ours
SPARE: Final = "spare"
TOUCHED: Final = "touched"  # whether a build has begun to change the spare, and not ended


class Publication:
    """One build's way to what is wanted: `want` all of it, `clear`, make what is `missing`, `finish`."""

    @timed(STAGE, "compare")
    def __init__(self, stage: Stage, memory: Memory) -> None:
        self.stage = stage
        self.memory = memory
        self.output, self.spare, self.touched = (
            f"{part} {stage.output_dir.resolve()}" for part in (OUTPUT, SPARE, TOUCHED)
        )
        self.old = Standing(kept_tree(memory, self.output), stage.output_dir)
        spare = kept_tree(memory, self.spare)
        self.left = spare.files() if spare is not None else {}  # in the spare
        self.begun: Tree | None = None  # the stage, if it is the spare just as it was left
        self.base = self.base_of(spare)
        self.wanted: dict[str, bytes] = {}
        self.want({MARKER: name_of(MARKER_TEXT)})

    def base_of(self, spare: Tree | None) -> dict[str, Known]:
        """Return the files that the stage begins with: those of the spare that are as they were left, and no others.

        A killed build has changed some of them, and may have left folders with nothing in them; so may a stranger.
        """
        was_touched = self.memory.part(self.touched, bool)
        self.memory.keep({self.touched: True}, bool)
        if spare is None or not is_that(spare, self.stage.folder):
            self.stage.begin()
            return {}
        files, others, is_whole = remains_of(spare, self.stage.folder)
        for path in others:
            self.stage.remove(path)
        if is_whole and not was_touched:
            self.begun = spare
        else:
            self.stage.prune()
        return files

    def want(self, keys: Mapping[str, bytes]) -> None:
        """Say which files the new site has, and the key of what each is made from."""
        self.wanted |= keys
        self.__dict__.pop("away", None)

    @cached_property
    def groups(self) -> tuple[dict[bytes, list[str]], ...]:
        """Return the files of the spare, and of the site that stands, by what they were made from."""
        return grouped(self.left), grouped(self.old.known)

    def group(self, key: bytes) -> list[str]:
        """Return the files that were made together from `key`, if all of them still stand."""
        for groups, has in zip(self.groups, (self.stays, self.old.has), strict=True):
            paths = groups.get(key, [])
            if paths and all(has(path, key) for path in paths):
                return paths
        return []

    def clear(self) -> None:
        """Remove what nobody wants from the stage, before anything is written where it stood."""
        for path in self.base.keys() - self.wanted.keys():
            self.stage.remove(path)

    @cached_property
    def away(self) -> set[str]:
        """Return the wanted files that the stage does not have, or not as they are wanted."""
        base, nothing = self.base, (None,)
        return {path for path, key in self.wanted.items() if base.get(path, nothing)[0] != key}

    def missing(self, paths: Iterable[str]) -> list[str]:
        """Return which of these wanted files must be made; those that stand somewhere are brought."""
        return [path for path in paths if not self.bring(path, self.wanted[path])]

    def bring(self, path: str, key: bytes) -> bool:
        """Bring a file made from `key` from the old site, unless the stage has it; return whether it is there now."""
        if self.stays(path, key):
            return True
        if not self.old.has(path, key):
            return False
        self.stage.copy(path)
        return True

    def stands(self, path: str, key: bytes) -> bool:
        """Return whether a file made from `key` stands somewhere."""
        return self.stays(path, key) or self.old.has(path, key)

    @timed(STAGE, "publish")
    def finish(self) -> tuple[WriteResult, Written]:
        """Put the new site in place, and remember both; return what was done, and the site as it now stands."""
        stage = self.stage
        for _ in self.missing([MARKER]):
            write_bytes(stage.folder, MARKER, MARKER_TEXT)
        tree = self.tree_of(stage.folder)
        done = WriteResult(written=len(self.wanted), deleted=len(set(self.old.paths()) - self.wanted.keys()))
        sleep(TICK)  # whoever puts a file beside ours from now on gives its folder another stamp
        stage.exchange()
        if self.old.tree is None:
            stage.discard()
        keep_tree(self.memory, tree, self.begun)
        name_trees(self.memory, {self.output: tree, self.spare: self.old.tree})
        self.memory.keep({self.touched: None}, bool)
        stamps = {path: stamp for path, (_, stamp) in tree.files().items()}
        return done, ((*tree.identity,), stamps, tree.folders())

    def tree_of(self, folder: Path) -> Tree:
        """Return the stage as it is left: what stays of the spare has its stamps."""
        away = self.away
        gone = self.base.keys() - self.wanted.keys()
        files: dict[str, Known | None] = dict.fromkeys(gone)
        files |= {path: (self.wanted[path], stamp_of(os.stat(f"{folder}/{path}"))) for path in away}
        tree = self.begun
        if tree is None:
            tree = empty_tree(folder)
            files |= {path: known for path, known in self.base.items() if path not in files}
        folders = folders_of(files)
        return brought_up(tree, files, {**dict.fromkeys(folders), **folder_stamps(str(folder), folders)})

    def stays(self, path: str, key: bytes) -> bool:
        """Return whether the spare has a file at `path` that was made from `key`."""
        known = self.base.get(path)
        return known is not None and known[0] == key


def grouped(files: Mapping[str, Known]) -> dict[bytes, list[str]]:
    """Return the files by what they were made from."""
    groups: defaultdict[bytes, list[str]] = defaultdict(list)
    for path, (key, _) in files.items():
        groups[key].append(path)
    return groups
