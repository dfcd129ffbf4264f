"""Files → a folder that is at every moment wholly the old site or wholly the new one.

The new site is written beside the output, then the two folders change names in one system call (Linux: renameat2 with
RENAME_EXCHANGE; elsewhere two renames, and a build that was killed between them is healed by the next). A lock keeps
two builds apart. No links are ever written: GitHub Pages refuses them.
"""

import ctypes
import errno
import glob
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final, TextIO

from sitegen.errors import UsageError, system_error
from sitegen.model import OutputFile
from sitegen.problems import Problem, Severity, Where
from sitegen.runtime.files import write_bytes
from sitegen.runtime.interrupts import deaf, made

MARKER: Final = ".sitegen"
REPOSITORY: Final = ".git"
MARKER_TEXT: Final = b"This folder is made by sitegen; every build replaces it.\n"
LARGE: Final = 1 << 20  # bytes: files that are not held in memory
AT_FDCWD: Final = -100
RENAME_EXCHANGE: Final = 2
FIXED: Final = frozenset({errno.EBUSY, errno.EXDEV})  # of a folder that a disk is mounted on, or a lower layer holds
TAKEN: Final = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK})  # of a lock
CLASHING: Final = frozenset({errno.ENOTDIR, errno.EISDIR})  # of a file where a folder is, and the other way round


class Stage:
    """The site under construction, beside the folder it will replace.

    It begins empty, or as the site before the last one, which was kept as a spare: then only what has changed since
    must be written, and the cost is in proportion to the change.
    """

    def __init__(self, output_dir: Path) -> None:
        self.output_dir = output_dir
        self.folder = output_dir.with_name(f".{output_dir.name}.next")
        self.previous = output_dir.with_name(f".{output_dir.name}.previous")
        self.is_new = False  # it began empty

    def heal(self) -> None:
        """Bring back the site that a killed build left between two names; remove what it shared with its workers.

        What is no folder where the spare should be is nobody's; a link's target stays as it is.
        """
        if self.previous.exists() and not self.output_dir.exists():
            self.previous.rename(self.output_dir)
        if self.previous.exists():
            remove_tree(self.previous)
        if self.folder.is_symlink() or self.folder.is_file():
            self.folder.unlink()
        remove_shared(self.output_dir)

    def begin(self) -> None:
        """Begin with an empty folder."""
        if self.folder.exists():
            remove_tree(self.folder)
        self.folder.mkdir(parents=True)
        self.is_new = True

    def write(self, file: OutputFile) -> None:
        """Write one file; its path is made of parts that urls.py has checked."""
        write_file(self.folder, file)

    def take(self, source: Path, path: str) -> Path:
        """Take a file from elsewhere, however large, and return where it lies now. Raises OSError."""
        from shutil import copyfile  # noqa: PLC0415  much to load for what few builds do

        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return copyfile(source, target)

    def copy(self, path: str) -> None:
        """Take a file from the site that stands."""
        source = self.output_dir / path
        if source.stat().st_size > LARGE:
            self.take(source, path)
        else:
            write_bytes(self.folder, path, source.read_bytes())

    def remove(self, path: str) -> None:
        """Remove a file of the spare, and the folders that it leaves empty."""
        target = self.folder / path
        target.unlink(missing_ok=True)
        with suppress(OSError):  # one that is not empty stays, and so do those above it
            for parent in target.parents:
                if parent == self.folder:
                    break
                parent.rmdir()

    def prune(self) -> None:
        """Remove folders with nothing in them."""
        for folder, _, _ in os.walk(self.folder, topdown=False):
            with suppress(OSError):
                Path(folder).rmdir()
        self.folder.mkdir(exist_ok=True)

    def exchange(self) -> None:
        """Put the stage in the output's place; what was there takes its own. Raises ToolError where it has to stay."""
        try:
            self.change_places()
        except OSError as error:
            if error.errno in FIXED:
                raise system_error("TOOL007", str(self.output_dir), error) from error
            raise

    def change_places(self) -> None:
        """Let stage and output change places. Raises OSError."""
        if not self.output_dir.exists():
            self.folder.rename(self.output_dir)
        elif not exchange(self.folder, self.output_dir):
            with deaf():
                self.output_dir.rename(self.previous)
                try:
                    self.folder.rename(self.output_dir)
                except OSError:
                    self.previous.rename(self.output_dir)
                    raise
                self.previous.rename(self.folder)

    def discard(self) -> None:
        """Remove the stage, or after the exchange what was there."""
        remove_tree(self.folder, ignore_errors=True)


def remove_tree(folder: Path, *, ignore_errors: bool = False) -> None:
    """Remove a folder with all that is in it. Raises OSError."""
    from shutil import rmtree  # noqa: PLC0415  much to load for what most builds never do

    rmtree(folder, ignore_errors=ignore_errors)


def scratch_of(output_dir: Path) -> Path:
    """Return what the paths of files begin with that a build into this folder shares with workers elsewhere."""
    return output_dir.with_name(f".{output_dir.name}.shared")


def write_file(folder: Path, file: OutputFile) -> None:
    """Write one file below `folder`."""
    write_bytes(folder, file.path, file.data)


def exchange(first: Path, second: Path) -> bool:
    """Let two folders change names in one step; return whether the system can."""
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):
        return False
    status = library.renameat2(AT_FDCWD, os.fsencode(first), AT_FDCWD, os.fsencode(second), RENAME_EXCHANGE)
    if status == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):  # an old kernel, or a file system without it
        return False
    raise OSError(code, os.strerror(code), str(second))


@contextmanager
def staged(output_dir: Path) -> Iterator[Stage]:
    """Give a stage for `output_dir` under its lock; a failure discards it. Raises ToolError, UsageError.

    Who interrupts a build does not wait until a large site is cleared away: a spare stays, as after a kill.
    """
    with told(output_dir):
        output_dir.parent.mkdir(parents=True, exist_ok=True)
        with locked(output_dir):
            stage = Stage(output_dir)
            stage.heal()
            try:
                with one_a_place(stage):
                    yield stage
            except KeyboardInterrupt:
                if stage.is_new:
                    stage.discard()
                raise
            except BaseException:
                stage.discard()
                raise


@contextmanager
def told(output_dir: Path) -> Iterator[None]:
    """Tell what the system refuses: to write the output, or to read something else. Raises ToolError."""
    try:
        yield
    except OSError as error:
        place = Path(error.filename or output_dir)
        code = "TOOL001" if is_about(place, output_dir) else "TOOL008"
        raise system_error(code, str(place), error) from error


@contextmanager
def one_a_place(stage: Stage) -> Iterator[None]:
    """Tell where a static file and a page's folder want one place. Raises UsageError."""
    try:
        yield
    except OSError as error:
        place = Path(error.filename or stage.output_dir)
        if error.errno in CLASHING and place.is_relative_to(stage.folder):
            name = first_file(place.relative_to(stage.folder), stage.folder)
            raise refused("USE007", stage.output_dir, name=name) from error
        raise


def first_file(path: Path, stage: Path) -> str:
    """Return the part of a path where a file stands, or is to stand, instead of a folder."""
    parts = [parent for parent in reversed(path.parents) if (stage / parent).is_file()]
    return (parts[0] if parts else path).as_posix()


def is_about(path: Path, output_dir: Path) -> bool:
    """Return whether a path is the output folder, something in it, something that builds keep beside it, or above."""
    path, output = path.absolute(), output_dir.absolute()
    if output.is_relative_to(path) or path.is_relative_to(output):
        return True
    beside = path.relative_to(output.parent).parts[:1] if path.is_relative_to(output.parent) else ()
    return any(name.startswith(f".{output.name}.") for name in beside)


def locked(output_dir: Path) -> AbstractContextManager[None]:
    """Hold an output folder; raise UsageError when another build holds it."""
    return held_alone(output_dir.with_name(f".{output_dir.name}.lock"), refused("USE004", output_dir))


@contextmanager
def held_alone(path: Path, refusal: UsageError) -> Iterator[None]:
    """Hold a lock file; raise `refusal` when another command holds it. The system frees it when a command dies."""
    with made(partial(lock, path, refusal), partial(unlock, path)):
        yield


def lock(path: Path, refusal: UsageError) -> TextIO:
    """Open and lock a file."""
    stream = path.open("a")  # open until it is unlocked
    try:
        is_ours = try_lock(stream) and is_same_file(stream, path)
    except OSError as error:  # some file systems lock nothing
        unlock(path, stream)
        raise system_error("TOOL013", str(path), error) from error
    if not is_ours:
        stream.close()
        raise refusal
    return stream


def unlock(path: Path, stream: TextIO) -> None:
    """Remove a lock file while it is locked: whoever comes next makes its own."""
    with suppress(PermissionError):  # Windows keeps a file that is open
        path.unlink(missing_ok=True)
    stream.close()


def is_same_file(stream: TextIO, path: Path) -> bool:
    """Return whether the locked file is still the one under that name (its last holder removes it)."""
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except FileNotFoundError:
        return False


def try_lock(stream: TextIO) -> bool:
    """Return whether the lock could be taken; raise OSError where nobody has it and it cannot be."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415

            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in TAKEN:
            raise
        return False
    return True


def check_output(output_dir: Path, inputs: tuple[tuple[str, Path], ...]) -> None:
    """Raise UsageError for an output folder that is not ours, that one stands in, or that overlaps an input.

    `inputs`: names and folders.
    """
    resolved = output_dir.resolve()
    if resolved == Path.cwd():
        raise refused("USE009", output_dir)
    for name, folder in inputs:
        source = folder.resolve()
        if resolved == source or resolved.is_relative_to(source) or source.is_relative_to(resolved):
            raise refused("USE003", output_dir, folder=name)
    if output_dir.is_symlink():  # what is put in place would take the link's, not the folder's
        raise refused("USE010", output_dir, target=str(resolved))
    if output_dir.exists() and not output_dir.is_dir():
        raise refused("USE002", output_dir)
    if output_dir.is_dir() and any(output_dir.iterdir()) and not (output_dir / MARKER).is_file():
        raise refused("USE002", output_dir)
    if os.path.lexists(output_dir / REPOSITORY):
        raise refused("USE006", output_dir, name=REPOSITORY)


def refused(code: str, output_dir: Path, **details: str) -> UsageError:
    """Return the error for a folder that is left alone."""
    return UsageError(
        Problem(code=code, severity=Severity.ERROR, where=Where(path=str(output_dir)), details=tuple(details.items()))
    )


def spares_of(output_dir: Path) -> tuple[Path, ...]:
    """Return the folders that builds keep beside an output folder."""
    return tuple(output_dir.with_name(f".{output_dir.name}.{end}") for end in ("next", "previous"))


def remove_output(output_dir: Path) -> list[Path]:
    """Remove an output folder of ours and what builds left beside it; return the folders that were there.

    Raises ToolError, and UsageError while a build is at work there.
    """
    if not output_dir.parent.is_dir():
        return []
    with told_removing(output_dir), locked(output_dir):
        folders = [folder for folder in (output_dir, *spares_of(output_dir)) if folder.is_dir()]
        for folder in folders:
            remove_tree(folder)
        remove_shared(output_dir)
    return folders


@contextmanager
def told_removing(folder: Path) -> Iterator[None]:
    """Tell what the system refuses to remove of a folder. Raises ToolError."""
    try:
        yield
    except OSError as error:  # which part it was, the error does not always say
        raise system_error("TOOL009", str(folder), error) from error


def remove_shared(output_dir: Path) -> None:
    """Remove what killed builds shared with workers elsewhere."""
    scratch = scratch_of(output_dir)
    for path in scratch.parent.glob(f"{glob.escape(scratch.name)}-*"):
        path.unlink(missing_ok=True)
