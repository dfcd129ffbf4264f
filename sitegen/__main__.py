"""`python -m sitegen`: the same as the `sitegen` script."""

import sys

from sitegen.cli import main

if __name__ == "__main__":
    sys.exit(main())
