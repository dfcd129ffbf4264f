"""`python build.py` builds the site; `python build.py --help` says what else there is."""

from sitegen.start import run

if __name__ == "__main__":
    run()
