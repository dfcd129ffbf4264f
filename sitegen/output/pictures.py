"""Static files → the pictures an article may show, with their sizes. What was measured once is not opened again."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from sitegen.config import Cleaning
from sitegen.runtime.stamps import Stamp

PICTURES: Final = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
DRAWING: Final = ".svg"  # has no size of its own, as a rule; every theme has one


class Measured(NamedTuple):
    """A picture among the static files: its name, its file's stamp, its width and height (pixels; 0: not told)."""

    name: str
    stamp: Stamp
    width: int
    height: int


def measured(files: Mapping[str, Path], known: Mapping[str, Measured]) -> list[Measured]:
    """Return the pictures among static files, by name; of those that are what they were, the size is `known`."""
    found: list[Measured] = []
    for name in sorted(name for name in files if name.lower().endswith(PICTURES)):
        try:
            status = files[name].stat()
        except OSError:  # it has gone meanwhile
            continue
        stamp = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        last = known.get(name)
        if last is not None and last.stamp == stamp:
            found.append(last)
        else:
            found.append(Measured(name, stamp, *size_of(files[name])))
    return found


def size_of(picture: Path) -> tuple[int, int]:
    """Return the width and height of a picture as it is shown, in pixels; zeros where it does not tell."""
    if picture.name.lower().endswith(DRAWING):
        return 0, 0
    import imagesize  # noqa: PLC0415  60 ms, for it loads what fetches pictures, too; most sites have none

    try:
        width, height = imagesize.get(picture)
    except (OSError, ValueError, TypeError, ArithmeticError, LookupError):  # damaged, or no picture at all
        return 0, 0
    return (int(width), int(height)) if min(width, height) > 0 else (0, 0)


def with_pictures(cleaning: Cleaning, pictures: Iterable[Measured]) -> Cleaning:
    """Return what the cleaner is told, with the pictures that are there, in the order of their names."""
    known = tuple(pictures)
    sizes = tuple((one.name, one.width, one.height) for one in known if one.width)
    return replace(cleaning, pictures=frozenset(one.name for one in known), sizes=sizes)
