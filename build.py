"""`python build.py` builds the site; `python build.py --help` says what else there is."""

import sys

from sitegen.start import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
