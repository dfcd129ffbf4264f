"""Licence × (changed, unchanged) × (earning money or not) × (with a picture or not): every cell as built.

Read a row as: under this licence, is the text shown when it was not changed; when it was changed; and on a site that
earns money (`-` = not published at all)?
"""

import re
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


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, SiteTest]:
    """Give two sites with every article of the table: one that earns money and one that does not."""
    made = {}
    for commercial in (False, True):
        site = made[commercial] = SiteTest(tmp_path_factory.mktemp("matrix"))
        site.write("static/images/a.png", b"png")
        for (licence, *_), changed, picture in product(ROWS, (False, True), (False, True)):
            name = name_of(licence, changed=changed, picture=picture)
            image = '\n\n<img src="/images/a.png" alt="">' if picture else ""
            site.article(name, body=f"{TEXT}{image}", more="changes: [title-change]\n" if changed else "")
            path = site.folder / f"content/{name}.md"
            source = f"source: {{text_sha256: {text_digest(TEXT)}, id: {name}, name"
            text = path.read_text("utf-8").replace("id: KOGL-1", f"id: {licence}").replace("source: {name", source)
            text = text.replace("kind: page-mark, text: 공공누리 제1유형", "kind: manual, text: 담당자 확인")
            path.write_text(re.sub(r"view\?id=\d+", f"view?id={name}", text), "utf-8")
        site.build(commercial=commercial)
    return made


def name_of(licence: str, *, changed: bool, picture: bool) -> str:
    """Return the name of a cell's article."""
    return f"{licence.lower().replace('.', '')}{'-changed' if changed else ''}{'-picture' if picture else ''}"


@pytest.mark.parametrize(("licence", "changed", "commercial", "picture", "shown"), CELLS)
def test_the_built_page_shows_what_the_licence_lets_it_show(
    sites: dict[bool, SiteTest], licence: str, *, changed: bool, commercial: bool, picture: bool, shown: str
) -> None:
    """The law in a table: 17 licences, 136 pages."""
    site, name = sites[commercial], name_of(licence, changed=changed, picture=picture)
    url = f"/2026/03/{name}/"
    found = [problem.code for problem in site.result.problems if problem.where.path.endswith(f"/{name}.md")]

    if shown == "-":
        assert url not in site.urls()
        assert "LIC010" in found
        return
    page = site.page(url)
    # a picture that the licence does not cover is taken out, and that is a change of its own
    is_closed = licence in ("KOGL-3", "KOGL-4", "CC-BY-ND-4.0", "CC-BY-NC-ND-4.0")
    expected = "link" if picture and is_closed else shown
    marked = licence not in ("KR-ART24-2", "EXPIRED", "PERMISSION", "UNKNOWN")
    assert page.count("article .body") == (expected == "text")
    assert (TEXT in page.text("article")) == (expected == "text")
    assert page.count("article img") == 0
    assert found.count("LIC012") == picture
    assert page.count('footer.source a[rel="license"]') == marked
    assert ("본문을 싣지 않고 원문으로 안내합니다" in page.text("footer.source")) == (expected == "link")
    assert ("고쳐 씀" in page.text("footer.source")) == (changed and shown == "text" and says_changes(licence))


def says_changes(licence: str) -> bool:
    """Return whether the credit of a licence tells what was changed: where the licence itself asks for it."""
    return licence.startswith(("KOGL", "CC"))
