"""The search index between builds: what is made again, what is kept, and what may follow its pages."""

import shutil

import pytest

from tests.conftest import SiteTest


def test_an_edit_indexes_its_shard_again_and_no_other(site: SiteTest) -> None:
    """Two parts, Korean and English: an edit of one leaves the other's files as they are."""
    site.article("가", title="취수원 점검").article(
        "b", title="Water levels", more="lang: en\n", body="River levels rise."
    )
    cache = site.folder / "cache.sqlite"
    site.build(search=True, cache_path=cache)
    before = site.files()

    site.article("b", title="Water levels", more="lang: en\n", body="River levels fall again.")
    site.build(search=True, cache_path=cache)
    after = site.files()

    assert folders(after, "search/en/") != folders(before, "search/en/")
    shard = next(path for path in before if path.endswith(".pf_fragment") and "/en/" not in path).rpartition("/")[0]
    assert folders(after, shard) == folders(before, shard)
    site.build(search=True)
    assert folders(after, "search/") == folders(site.files(), "search/")


def test_a_name_of_an_agency_changes_what_all_shards_share_and_no_shard(site: SiteTest) -> None:
    """A short name is for readers: what the articles say stays as it is."""
    cache = site.folder / "cache.sqlite"
    site.article("가", body="하천관리청이 밝혔다. 하천관리청은 쉰다.").build(search=True, cache_path=cache)
    before = index_of(site.files())

    site.write("content/site.toml", '[[agencies]]\nname = "하천관리청"\nshort = ["하천청"]\n')
    after = index_of(site.build(search=True, cache_path=cache).files())

    assert "하천관리청 하천청" in after["search/entry.json"].decode()
    assert [path for path in before if after.get(path) != before[path]] == ["search/entry.json"]


def test_an_index_may_follow_its_pages(site):
    """A preview shows an edit at once; the next build makes of it the site that is made from nothing."""
    cache = site.folder / "memory.sqlite"
    site.article("강").article("호수", more="lang: en\n").build(search=True, cache_path=cache)
    before = site.files()
    first = (
        site.article("강", body="황조롱이가 날았다.")
        .article("들")
        .build(search=True, cache_path=cache, index_later=True)
    )
    pages, index = site.page("/2026/03/강/").text(".body"), index_of(site.files())
    second = site.article("강", body="황조롱이가 앉았다.").build(search=True, cache_path=cache, index_later=True)

    assert (pages, first.result.indexed, first.result.is_index_old) == ("황조롱이가 날았다.", 0, True)
    assert index == index_of(second.files()) == index_of(before)

    after = site.build(search=True, cache_path=cache).files()
    shutil.rmtree(site.output)
    assert after == site.build(search=True).files()
    assert index_of(after).keys() != index.keys()


@pytest.mark.parametrize("damaged", ["*.pf_fragment", "*.pf_index", "lex.*", "entry.json"])
def test_a_damaged_spare_costs_no_file_of_the_index(damaged: str, site: SiteTest) -> None:
    """A build that was killed has taken some files of a shard; the shard stands unchanged in the next site."""
    cache, spare = site.folder / "memory.sqlite", site.folder / "._site.next/search"
    site.article("가").article("나", more="lang: en\n")
    for number in range(4):
        site.write("content/pages/us.md", f"---\ntitle: 우리\n---\n{number}")
        site.build(search=True, cache_path=cache)
        if number == 2:
            found = min(spare.rglob(damaged))
            found.unlink()
            found.mkdir()
    after = site.files()

    shutil.rmtree(site.output)
    assert after == site.build(search=True).files()


def test_what_lies_beside_the_index_is_not_kept_with_it(site: SiteTest) -> None:
    """Pages and static files below /search/ go when they are gone, and a folder may follow a file."""
    cache = site.folder / "memory.sqlite"
    site.write("static/search/own.txt", "글").article("가", more="aliases: [/search/a.html]\n").article("나")
    site.build(search=True, cache_path=cache)
    (site.folder / "static/search/own.txt").unlink()
    site.article("가", more="permalink: /search/a.html/\n").build(search=True, cache_path=cache, index_later=True)

    assert site.result is not None
    assert site.result.is_index_old
    assert not (site.output / "search/own.txt").exists()
    assert (site.output / "search/a.html/index.html").is_file()


def test_the_index_is_made_at_once_where_its_modules_have_changed(site: SiteTest) -> None:
    """The index that stands names modules that are gone."""
    cache = site.folder / "memory.sqlite"
    site.article("가").build(search=True, cache_path=cache)
    site.write("static/js/search/words.js", "export const wordsOf = () => [];")

    site.build(search=True, cache_path=cache, index_later=True)

    assert site.result is not None
    assert not site.result.is_index_old


def test_without_an_index_none_follows(site):
    """The first build of a preview, and one after somebody's hands were in the index, makes all of it."""
    cache = site.folder / "memory.sqlite"
    first = site.article("강").build(search=True, cache_path=cache, index_later=True).files()
    (site.output / "search/entry.json").write_text("{}")

    again = site.build(search=True, cache_path=cache, index_later=True).files()

    assert first == again
    assert (site.result.indexed, site.result.is_index_old) == (1, False)


def index_of(files):
    """Return the files of the search index; the search page is none of them."""
    return {path: data for path, data in files.items() if path.startswith("search/") and path != "search/index.html"}


def test_what_is_remembered_of_a_shard_changes_no_byte(site: SiteTest) -> None:
    """Pages that were read before are not read again; an edit, a new page and one that is gone are seen."""
    cache = site.folder / "cache.sqlite"
    site.article("가", title="취수원 점검").article("나", body="수질을 살폈다.").build(search=True, cache_path=cache)

    for name, body in (
        ("가", "하천을 살폈다."),
        ("나", "하천을 고쳤다."),
        ("다", "하천에 갔다."),
        ("가", "강을 살폈다."),
    ):
        site.article(name, body=body).build(search=True, cache_path=cache)
    (site.folder / "content/나.md").unlink()
    after = site.build(search=True, cache_path=cache).files()

    shutil.rmtree(site.output)
    assert after == site.build(search=True).files()


def folders(files: dict[str, bytes], below: str) -> dict[str, bytes]:
    """Return the files below a folder."""
    found = {path: data for path, data in files.items() if path.startswith(below)}
    assert found
    return found
