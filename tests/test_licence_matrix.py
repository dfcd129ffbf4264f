"""Licence × (changed, unchanged) × (earning money or not) × (with a picture or not): every cell as built.

Read a row as: under this licence, is the text shown when it was not changed; when it was changed; and on a site that
earns money (`-` = not published at all)?
"""

from itertools import product

import pytest

from sitegen.site.entry import text_digest
from tests.conftest import SiteTest

TEXT = "강물이 맑아졌다고 하천관리청이 밝혔다."
# licence: unchanged, changed, unchanged for money, changed for money
MATRIX = """
KOGL-0            text  text  text  text
KOGL-1            text  text  text  text
KOGL-2            text  text  -     -
KOGL-3            text  link  text  link
KOGL-4            text  link  -     -
CC-BY-4.0         text  text  text  text
CC-BY-SA-4.0      text  text  text  text
CC-BY-NC-4.0      text  text  -     -
CC-BY-ND-4.0      text  link  text  link
CC-BY-NC-SA-4.0   text  text  -     -
CC-BY-NC-ND-4.0   text  link  -     -
CC0-1.0           text  text  text  text
OGL-3.0           text  text  text  text
KR-ART24-2        text  text  text  text
EXPIRED           text  text  text  text
PERMISSION        text  text  text  text
UNKNOWN           text  text  text  text
"""
ROWS = [line.split() for line in MATRIX.strip().splitlines()]
CELLS = [
    (licence, changed, commercial, picture, shown[2 * commercial + changed])
    for (licence, *shown), changed, commercial, picture in product(ROWS, (False, True), (False, True), (False, True))
]


@pytest.mark.parametrize(("licence", "changed", "commercial", "picture", "shown"), CELLS)
def test_the_built_page_shows_what_the_licence_lets_it_show(
    site: SiteTest, licence: str, *, changed: bool, commercial: bool, picture: bool, shown: str
) -> None:
    """The law in a table: 17 licences, 136 pages."""
    more = "changes: [title-change]\n" if changed else ""
    image = '\n\n<img src="/images/a.png" alt="">' if picture else ""
    site.write("static/images/a.png", b"png").article("river", body=f"{TEXT}{image}", more=more)
    path = site.folder / "content/river.md"
    digest = f"source: {{text_sha256: {text_digest(TEXT)}, name"
    text = path.read_text("utf-8").replace("id: KOGL-1", f"id: {licence}").replace("source: {name", digest)
    path.write_text(text, "utf-8")
    site.build(commercial=commercial)

    if shown == "-":
        assert "/2026/03/river/" not in site.urls()
        assert [problem.code for problem in site.problems("LIC010")] == ["LIC010"]
        return
    page = site.page("/2026/03/river/")
    # a picture that the licence does not cover is taken out, and that is a change of its own
    is_closed = licence in ("KOGL-3", "KOGL-4", "CC-BY-ND-4.0", "CC-BY-NC-ND-4.0")
    expected = "link" if picture and is_closed else shown
    assert page.count("article .body") == (expected == "text")
    assert (TEXT in page.text("article")) == (expected == "text")
    assert page.count("article img") == 0
    assert len(site.problems("LIC012")) == picture
    assert page.count('footer.source a[rel="license"]') == (
        licence not in ("KR-ART24-2", "EXPIRED", "PERMISSION", "UNKNOWN")
    )
    assert ("본문을 싣지 않고 원문으로 안내합니다" in page.text("footer.source")) == (expected == "link")
    assert ("고쳐 씀" in page.text("footer.source")) == (changed and shown == "text" and says_changes(licence))


def says_changes(licence: str) -> bool:
    """Return whether the credit of a licence tells what was changed: where the licence itself asks for it."""
    return licence.startswith(("KOGL", "CC"))
