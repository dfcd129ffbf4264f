"""`python tests/bench/scale.py`: what sites of different sizes cost, with the default theme and the search.

One run a size: cold, with nothing to do, after an edit, after a checkout; then how large what they made is.
"""

import argparse
import os
import tempfile
from pathlib import Path

from run import Ours

SIZES = "1000,10000,100000"
MEGABYTE = 1_000_000


def size_of(folder: Path) -> tuple[int, float]:
    """Return how many files are below a folder, and their bytes in MB."""
    sizes = [(Path(place) / name).stat().st_size for place, _, names in os.walk(folder) for name in names]
    return len(sizes), sum(sizes) / MEGABYTE


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=SIZES, help=f"numbers of articles (default: {SIZES})")
    parser.add_argument(
        "--folder", type=Path, help="where the sites are made: tmpfs, for a disk's noise hides the rest"
    )
    options = parser.parse_args()
    for count in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory(dir=options.folder, prefix="scale-") as folder:
            ours = Ours(Path(folder), count, ())
            ours.measure()
            print(f"{count} articles")
            for name, row in ours.rows.items():
                print(f"  {name:<16}{row.cpu[0]:>9.2f} CPU s{row.wall[0]:>9.2f} s{row.peak:>7.0f} MB")
            for name in ("content", "public", "public/search", "cache"):
                files, megabytes = size_of(Path(folder, name))
                print(f"  {name:<16}{files:>9} files{megabytes:>9.1f} MB", flush=True)


if __name__ == "__main__":
    main()
