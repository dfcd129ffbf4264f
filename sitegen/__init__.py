"""sitegen: a static site generator for republished public news."""

__version__ = "0.1.0"
