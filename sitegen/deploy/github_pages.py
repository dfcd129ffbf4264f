"""The files GitHub Pages reads: `.nojekyll` (publish as it is) and robots.txt with the sitemap's address.

Its own domain is set there; who publishes a branch instead keeps it in static/CNAME, copied like any static file.
"""

from sitegen.config import Config
from sitegen.model import OutputFile
from sitegen.site.urls import SITEMAP_URL, absolute_url


def pages_files(config: Config) -> list[OutputFile]:
    """Return the files a host reads; the site's own robots.txt in static/ wins."""
    files = [OutputFile(path=".nojekyll", data=b"")]
    if not any((folder / "robots.txt").is_file() for folder in config.static_dirs):
        lines = ["User-agent: *", "Allow: /"]
        if config.base_url:
            lines.append(f"Sitemap: {absolute_url(SITEMAP_URL, config.base_url)}")
        files.append(OutputFile(path="robots.txt", data="\n".join([*lines, ""]).encode()))
    return files
