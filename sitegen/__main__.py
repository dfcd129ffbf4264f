"""`python -m sitegen`: the same as the `sitegen` script."""

import sys

from sitegen.start import main

if __name__ == "__main__":
    sys.exit(main())
