"""`python -m sitegen`: the same as the `sitegen` script."""

from sitegen.start import run

if __name__ == "__main__":
    run()
