"""A note that a build leaves: what it was asked, what it saw, what it said. The same again needs no build.

What decides is each file's stamp, and where that is another (a fresh checkout, a file merely touched) its digest.
Imports next to nothing, for the same reason as stamps.py.
"""

import marshal
import os
import sys
import zlib

from sitegen.runtime.stamps import (
    FolderStamp,
    Look,
    Stamp,
    digest_at,
    identity_of,
    is_settled,
    stamp_of,
    stamps_again,
    unsettled,
)

FORM = f"10 {sys.version}"
CHECK_BYTES = 4
SIZE_BYTES = 8  # of the length of its first part, which stands before it
SUFFIX = ".note"
NUMBER_LETTERS = 8  # of a note's name
KEPT = 8  # notes in one folder: with `--now` every day has a command of its own
LARGEST = 1 << 20  # bytes: of larger files only the stamp is noted
# What a build was asked: the current folder, its arguments, the environment it may read, which of a site's own folders
# there are (one that comes later has not been seen), where those lead that are links, and where that site and our code
# lie (a second copy is another).
Pairs = tuple[tuple[str, str], ...]
Command = tuple[str, tuple[str, ...], Pairs, tuple[str, ...], Pairs, tuple[str, str]]
# What it said: standard output (`\0` stands for its seconds), standard error, exit status.
Said = tuple[str, str, int]
# A folder that was read: path, names passed over, its files' stamps, and digests (of those read).
Seen = tuple[str, tuple[str, ...], dict[str, Stamp], dict[str, bytes]]
# One that was written: path, device and inode, the stamps of its files and of its folders.
Left = tuple[str, tuple[int, int], dict[str, Stamp], dict[str, FolderStamp]]
# Libraries' folders are noted with the time (ns) of their last change. What was written comes last, as a part of its
# own: it is unpacked only if all that was read is as it was.
Note = tuple[Command, Said, tuple[float, float], list[Seen], list[tuple[str, int]], list[Left]]
SCRIPT = "build.py"
OWN_FOLDERS = ("templates", "static")
LED_FOLDERS = ("content", "_site", *OWN_FOLDERS)  # that nobody names, so that a build goes by where they lead
READ_NAMES = ("LANG", "LANGUAGE", "SOURCE_DATE_EPOCH", "TZ")
READ_STARTS = ("LC_", "SITEGEN_")


def command_of(arguments: list[str]) -> Command:
    """Return what a build is asked by these arguments, here and now."""
    environment = (
        (name, value) for name, value in os.environ.items() if name in READ_NAMES or name.startswith(READ_STARTS)
    )
    root = site_root()
    own = tuple(name for name in OWN_FOLDERS if os.path.isdir(os.path.join(root, name)))
    places = root, os.path.dirname(__file__)
    return os.getcwd(), tuple(arguments), tuple(sorted(environment)), own, led_from(root), places


def led_from(root: str) -> Pairs:
    """Return where those of a site's folders lead that are links, by their names."""
    paths = ((name, os.path.join(root, name)) for name in LED_FOLDERS)
    return tuple((name, os.path.realpath(path)) for name, path in paths if os.path.islink(path))


def site_root() -> str:
    """Return where a site's folders lie that nobody names: beside build.py, or here for the `sitegen` script."""
    script = sys.argv[0]
    return os.path.dirname(os.path.realpath(script)) if os.path.basename(script) == SCRIPT else os.getcwd()


def note_path(cache: str, command: Command) -> str:
    """Return where the last build of a command left its note."""
    name = zlib.crc32("\0".join((command[0], *command[1])).encode("utf-8", "surrogateescape"))
    return os.path.join(cache, f"{name:08x}{SUFFIX}")


def said_before(cache: str, command: Command, look: Look) -> Said | None:
    """Return what the last build of this command said, if all that it saw is as it was, its output too; else None.

    `look` remembers what has been seen by then: a build need not look again.
    """
    taken = look.taken
    try:
        with open(note_path(cache, command), "rb") as stream:
            check, data = stream.read(CHECK_BYTES), memoryview(stream.read())
        if zlib.crc32(data).to_bytes(CHECK_BYTES) != check:
            return None
        size = int.from_bytes(data[:SIZE_BYTES])
        form, asked, said, window, read, libraries = marshal.loads(data[SIZE_BYTES:])
        if form != FORM or asked != command or not window[0] <= taken / 1e9 < window[1]:
            return None
        if libraries != libraries_now([folder for folder, _ in libraries]):
            return None
        again = all_seen_again(read, look)
        if again is None:
            return None
        written = marshal.loads(data[SIZE_BYTES + size :])
        if not all(map(is_as_left, written)):
            return None
        if again != read:
            leave(cache, (asked, said, window, again, libraries, written))
        out, err, status = said
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return str(out), str(err), int(status)


def all_seen_again(folders: list[Seen], look: Look) -> list[Seen] | None:
    """Return folders as they are seen now if all of them have the same files with the same bytes. Raises OSError."""
    again = []
    for folder in folders:
        found = seen_again(folder, look)
        if found is None:
            return None
        again.append(found)
    return again


def seen_again(folder: Seen, look: Look) -> Seen | None:
    """Return a folder as it is seen now if it has the same files with the same bytes. Raises OSError."""
    path, passed, stamps, digests = folder
    found = look.first_at(path, passed)
    if found.keys() != stamps.keys():
        return None
    others = {name: stamp for name, stamp in found.items() if stamp != stamps[name]}
    if not others:
        return folder
    if any(name not in digests or stamp[0] != stamps[name][0] for name, stamp in others.items()):
        return None
    if any(digest_at(f"{path}/{name}") != digests[name] for name in others):
        return None
    now = {name: stamp if is_settled(stamp, look.taken) else unsettled(stamp) for name, stamp in others.items()}
    return path, passed, {**stamps, **now}, digests


def is_as_left(folder: Left) -> bool:
    """Return whether a folder is the one that was written, with the same files. Raises OSError."""
    path, identity, stamps, folders = folder
    return identity_of(path) == identity and stamps_again(path, stamps, folders) == stamps


def seen_of(look: Look) -> list[Seen] | None:
    """Return what a build has seen, as it is noted; None if a later edit of one of the files might not be noticed."""
    seen: list[Seen] = []
    for path, (passed, _, stamps) in look.folders.items():
        digests = digests_now(path, stamps, look.digests.get(path, {}), look.taken)
        noted = {name: stamp if is_settled(stamp, look.taken) else unsettled(stamp) for name, stamp in stamps.items()}
        if any(stamp[1] < 0 and name not in digests for name, stamp in noted.items()):
            return None
        seen.append((path, passed, noted, digests))
    return seen


def digests_now(folder: str, stamps: dict[str, Stamp], known: dict[str, bytes], taken: int) -> dict[str, bytes]:
    """Return digests of a folder's files: those `known` from reading, and of files that are as they were at `taken`."""
    found = dict(known)
    for name, stamp in stamps.items():
        if name in known or stamp[0] > LARGEST or not is_settled(stamp, taken):
            continue
        try:
            found[name] = digest_at(f"{folder}/{name}")
            if stamp_of(os.stat(f"{folder}/{name}")) != stamp:
                del found[name]
        except OSError:
            continue
    return found


def libraries_now(folders: list[str]) -> list[tuple[str, int]]:
    """Return the folders of libraries with the time of their last change. Raises OSError."""
    return [(folder, os.stat(folder).st_mtime_ns) for folder in folders]


def leave(cache: str, note: Note) -> None:
    """Leave the note of a build. One that cannot be written is none."""
    command, said, window, read, libraries, written = note
    path = note_path(cache, command)
    beside = f"{path}.{os.getpid()}{SUFFIX}"
    try:
        first = marshal.dumps((FORM, command, said, window, read, libraries))
        with open(beside, "wb") as stream:
            data = len(first).to_bytes(SIZE_BYTES) + first + marshal.dumps(written)
            stream.write(zlib.crc32(data).to_bytes(CHECK_BYTES) + data)
        os.replace(beside, path)
        forget(cache, but=KEPT)
    except (OSError, ValueError):
        try:  # noqa: SIM105  contextlib is much to load
            os.unlink(beside)
        except OSError:  # it never came to be
            pass


def is_note(name: str) -> bool:
    """Return whether a file of a cache folder is a note of ours, or one that was being written."""
    number = name.partition(".")[0]
    return name.endswith(SUFFIX) and len(number) == NUMBER_LETTERS and set(number) <= set("0123456789abcdef")


def forget(cache: str, but: int = 0) -> list[str]:
    """Remove the notes in a cache folder but for the newest; return their paths. What builds said may quote a text."""
    names = os.listdir(cache) if os.path.isdir(cache) else []
    paths = [os.path.join(cache, name) for name in names if is_note(name)]
    notes = sorted(paths, key=os.path.getmtime, reverse=True)
    for path in notes[but:]:
        os.unlink(path)
    return notes[but:]
