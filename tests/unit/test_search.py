"""The search room: words, cuts, shards, the files of the index, and what becomes of a page."""

import gzip
import json
import os
import signal
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import ToolError
from sitegen.search.agencies import names_in
from sitegen.search.analysis import Split, Term
from sitegen.search.calendar import Paged, shards_of
from sitegen.search.chunks import chunks_of, inverted, piece_of
from sitegen.search.document import Anchor, Document, read_document
from sitegen.search.endings import endings_of, may_follow
from sitegen.search.kiwi import Kiwi
from sitegen.search.lexicon import lexicon_of
from sitegen.search.readings import reading_of
from sitegen.search.rules import Rules
from sitegen.search.service import Indexer, check_version, decoded
from sitegen.search.shard import index_shard
from sitegen.search.terms import PLACES, hangul_of, terms_of
from sitegen.search.verbs import composed, letters, stems_of
from sitegen.search.words import WORD, Forms

CASES = Path(__file__).parents[1] / "cases" / "search"
PAGE = """<!doctype html><html lang="ko"><body><nav>차림</nav>
<div data-pagefind-body data-pagefind-meta="summary[data-summary]" data-summary="요약">
<p data-pagefind-ignore><a data-pagefind-filter="agency" data-pagefind-meta="agency">관세청</a>
<a data-pagefind-filter="agency">외교부</a> <time data-pagefind-filter="year:2024">언제</time></p>
<h1>제목&nbsp;하나</h1><h2 id="a">마디</h2><p>첫 <b>문</b>단 a &lt; b</p><p>표<sup>1)</sup> 10<sup>3</sup>m<sup>2</sup></p><table><tr><td>칸</td><td title="1 > 0">옆</td></tr></table>
</div></body></html>"""


def cases(name: str) -> list[tuple[str, str]]:
    """Return the cases of a file that the browser's tests read, too."""
    lines = (line for line in (CASES / name).read_text("utf-8").splitlines() if not line.startswith("#"))
    return [(given.strip(), expected.strip()) for given, _, expected in (line.partition("→") for line in lines)]


@pytest.mark.parametrize(("text", "forms"), cases("words.txt"))
def test_words_are_taken_as_the_browser_takes_them(text: str, forms: str) -> None:
    """Where the two sides disagree, a word in the text can never be found."""
    assert " ".join(Forms().of(text)) == forms


def splits(*texts: str) -> dict[str, Split]:
    """Return what the rules say of the words of a little shard."""
    seen: dict[str, int] = {}
    for form in Forms().of(" ".join(texts)):
        for run in hangul_of(form):
            seen[run] = seen.get(run, 0) + 1
    return Rules().splits(seen, ())


def test_a_noun_is_known_by_its_company() -> None:
    """관세청 stands with 이, 을 and 은; 회의 keeps its 의 although 의 is a particle."""
    found = splits("관세청이 관세청을 관세청은 관세청", "회의 회의를 회의가 회의는")

    assert found["관세청이"].ends[-1] == len("관세청")
    assert found["회의"] == Split(ends=(2,))


def test_a_long_noun_is_cut_into_nouns_that_stand_alone_elsewhere() -> None:
    """A reader types 물자 and wants 불법전략물자."""
    found = splits("불법 불법을 불법은 전략 전략을 전략이 물자 물자를 물자의", "불법전략물자를")

    assert found["불법전략물자를"].starts == (2, 4)
    assert found["불법전략물자를"].ends[-1] == len("불법전략물자")


def test_a_known_noun_is_not_cut_for_a_lone_syllable_before_another() -> None:
    """이야기 is not 이 and 야기."""
    many = " ".join(["야기 야기를 야기한 이야기 이야기를 이야기가 이야기는"] * 20)

    assert splits(many)["이야기를"] == Split(ends=(3,))


def test_what_is_beside_a_known_noun_is_one_too() -> None:
    """A reader types 면허증, which stands nowhere alone, and wants 운전면허증."""
    found = splits("운전 운전을 운전이 운전면허증을")

    assert 2 in found["운전면허증을"].starts


@pytest.mark.parametrize(("form", "stem"), cases("verbs.txt"))
def test_the_stem_of_a_verb_is_among_those_it_may_have(form: str, stem: str) -> None:
    """몰랐다 is of 모르다, 지은 of 짓다."""
    assert stem in stems_of(form)


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=6))
def test_a_word_in_strokes_is_the_same_word_again(word: str) -> None:
    """Every syllable of Hangul, in every neighbourhood."""
    assert composed(letters(word)) == word


def test_a_verb_is_known_by_its_forms() -> None:
    """Of the stems that 노란 may have, 노랗 is the one that has other forms here; a noun is none."""
    found = splits("만드는 만들고 만들었다 만들어서", "노란 노랗고 노랬다", "사고 사고를 사고가 사고의")

    assert {found[word].stem for word in ("만드는", "만들고", "만들었다", "만들어서")} == {"만들"}
    assert {found[word].stem for word in ("노란", "노랗고", "노랬다")} == {"노랗"}
    assert found["사고"].stem == ""


def test_a_dictionary_tells_verbs_from_nouns_and_is_asked_once() -> None:
    """The extra `korean`: 교수들 is 교수, 몰랐다 is of 모르다; what was said of a text is remembered."""
    text = "관세청이 교수들에게 왜 몰랐는지 물었다."
    first, second = Kiwi({}), Kiwi({})
    seen = dict.fromkeys(text.rstrip(".").split(), 1)

    made = first.splits(seen, [text])
    second.known = first.used

    assert made["관세청이"].ends[-1] == 3
    assert made["교수들에게"].ends == (2,)
    assert made["몰랐는지"].stem == "모르"
    assert second.splits(seen, [text]) == made
    assert second.used == first.used


@pytest.mark.parametrize(
    ("ending", "syllable", "fits"),
    [
        ("이", "청", True),
        ("이", "부", False),
        ("로", "일", True),
        ("로", "청", False),
        ("일", "0", False),
        ("에", "년", True),
    ],
)
def test_particles_go_by_the_sound_before_them(ending: str, syllable: str, *, fits: bool) -> None:
    """전문가 is no 전문 with the particle 가; 20일 is no 20 with 일."""
    assert may_follow(ending, syllable) is fits


@given(st.text("가각간갈이을를은는에서하다되들의로기", min_size=1, max_size=12))
def test_a_word_always_may_end_where_it_ends(word: str) -> None:
    """Whatever else is said of it, the whole word stays findable."""
    cuts = endings_of(word)

    assert cuts[0] == len(word)
    assert list(cuts) == sorted(set(cuts), reverse=True)


def test_terms_begin_at_nouns_and_where_the_script_changes() -> None:
    """정상 finds G20정상회의를, and 회의 does."""
    made = terms_of("g20정상회의를", {"정상회의를": Split(starts=(2,), ends=(2, 4))})

    assert [term.text for term in made] == ["g20정상회의를", "20정상회의를", "정상회의를", "회의를"]
    assert made[2] == Term("정상회의를", 0b10, 0b1010)


@given(st.text(min_size=1, max_size=80))
def test_the_first_term_is_the_word_and_its_bits_fit_a_browser(text: str) -> None:
    """A verbatim word is always in the index; a number of 33 bits would not be read."""
    for form in Forms().of(text):
        first, *_ = terms_of(form, {})
        assert first.text == form
        assert 0 <= max(first.starts, first.ends) < 1 << PLACES


DAYS = st.one_of(st.none(), st.dates(date(2015, 1, 1), date(2026, 12, 31)))


@given(st.lists(DAYS, max_size=120), st.integers(3, 30))
def test_shards_hold_every_page_once_in_order(days: list[date | None], most: int) -> None:
    """Date order across shards is exact, and none is larger than it may be unless one day is."""
    dated = sorted((day for day in days if day), reverse=True) + [day for day in days if not day]
    pages = [Paged(f"{n}.html", f"/{n}/", day, b"") for n, day in enumerate(dated)]

    shards = shards_of(pages, most)

    assert [page for shard in shards for page in shard] == pages
    assert all(len(shard) <= most or len({page.day for page in shard}) == 1 for shard in shards)


def test_a_new_article_changes_only_the_newest_shard() -> None:
    """Old shards stay as they are, in the memory and in readers' caches."""
    start = date(2020, 1, 1)
    pages = [Paged(f"{n}", f"/{n}/", start + timedelta(days=n), b"") for n in range(1500)][::-1]
    newest = Paged("new", "/new/", pages[0].day, b"")

    before, after = shards_of(pages, 200), shards_of([newest, *pages], 200)

    assert before[1:] == after[1:]
    assert len(before) > 5


def test_a_page_is_read_by_its_attributes() -> None:
    """Themes say what is searched by Pagefind's own attributes."""
    document = read_document("/a/", PAGE)

    assert document is not None
    assert document.title == "제목 하나"
    assert document.text.splitlines() == ["마디", "첫 문단 a < b", "표1) 10³m2", "칸", "옆"]
    assert document.anchors == (Anchor("h2", "a", "마디", 0),)
    assert document.filters == (("agency", ("관세청", "외교부")), ("year", ("2024",)))
    assert document.meta == (("agency", "관세청"), ("summary", "요약"), ("title", "제목 하나"))
    assert read_document("/b/", "<p>쪽</p>") is None


def a_shard(count: int = 3):
    """Return the index of some pages with words of their own."""
    page = PAGE.replace("첫 <b>문</b>단", "전략물자를 단속했다 {n}호 3.5배")
    documents = [read_document(f"/{n}/", page.replace("{n}", str(n))) for n in range(count)]
    return index_shard([reading_of(document, Forms()) for document in documents if document], Rules())


def test_labels_are_found_but_stand_in_no_excerpt() -> None:
    """An excerpt is of the article's own words."""
    page = '<div data-pagefind-body data-pagefind-index-attrs="data-labels" data-labels="하천관리청 · 수질"><p>물이 맑다.</p></div>'

    document = read_document("/a/", page)

    assert document is not None
    assert (document.text, document.searched) == ("물이 맑다.", "물이 맑다.\n하천관리청 · 수질")


def test_fragments_show_the_text_and_the_index_the_terms() -> None:
    """What a result shows is the article's own text, whatever was indexed for it."""
    about, files = a_shard()

    fragment = json.loads(gzip.decompress(files["1.pf_fragment"]).removeprefix(b"pagefind_dcd"))
    rows = [row for name, data in files.items() if "index" in name for row in cbor2.loads(gzip.decompress(data))]
    assert about.pages == 3
    assert "전략물자를 단속했다 1호" in fragment["content"]
    assert fragment["meta"]["title"] == "제목 하나"
    assert {"전략물자를", "단속했다", "3ꞏ5배"} <= {row[0] for row in rows}
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)


def test_equal_pages_give_equal_files_and_another_word_another_name() -> None:
    """A shard's folder is named by its bytes, so that a reader never mixes two versions."""
    (one, files), (other, again), (more, _) = a_shard(), a_shard(), a_shard(4)

    assert files == again
    assert one == other
    assert one.name != more.name


def test_no_chunk_is_larger_than_it_must_be() -> None:
    """A query fetches a chunk or two: one of them may not be the whole index."""
    terms = {f"가{n:05}": Term(f"가{n:05}", 0, 0) for n in range(3000)}

    chunks = list(chunks_of(((text, [1, n % 97]) for n, text in enumerate(terms)), terms))

    assert len(chunks) > 5
    assert max(len(chunk.content) for chunk in chunks) < 6000
    assert [row[0] for chunk in chunks for row in cbor2.loads(gzip.decompress(chunk.content))] == list(terms)


def test_the_stem_of_a_verb_stands_where_its_form_does() -> None:
    """One more way to find the word; no other word moves for it."""
    terms = {"왜": ("왜",), "전략물자를": ("전략물자를", "물자를"), "몰랐다": ("몰랐다",)}
    pages = [["왜", "전략물자를", "몰랐다"], ["몰랐다"]]

    made = inverted(pages, terms, {"몰랐다": "모르/"})

    assert places(made["모르/"]) == places(made["몰랐다"]) == {0: [3], 1: [0]}


def places(postings: list) -> dict[int, list[int]]:
    """Return postings as pages with their places."""
    found, page = {}, 0
    for further, where in zip(postings[::2], postings[1::2], strict=True):
        page += further
        found[page] = list(accumulate([where] if isinstance(where, int) else where))
    return found


def test_the_index_says_what_pagefind_says_of_the_same_words() -> None:
    """We invert by ourselves, twenty times as fast; which pages have a word, and where, is not ours to decide."""
    pages = ["전략물자를 물자를 단속했다 전략물자를 물자를", "물자를 단속했다 kc 3ꞏ5배", "kc kc 漢字 물자를"]
    ours = inverted([page.split() for page in pages], {word: (word,) for page in pages for word in page.split()}, {})
    with Indexer() as indexer:
        records = ({"type": "AddRecord", "url": f"/{n}/", "content": page} for n, page in enumerate(pages))
        indexer.add([{**record, "language": "ko", "meta": {}, "filters": {}} for record in records])
        files = indexer.files()

    theirs = {}
    for path, data in files.items():
        for words, *_ in [cbor2.loads(decoded(data))] if path.endswith(".pf_index") else []:
            for word, found, variants in words:
                for form, of_form in [*([(word, found)] if found else []), *variants]:
                    theirs[form] = [part for further, marks, *_ in of_form for part in (further, marks[1:])]
    assert {word: places(found) for word, found in theirs.items()} == {word: places(of) for word, of in ours.items()}


def test_the_lexicon_gives_back_every_noun_and_who_has_it() -> None:
    """Front coding is undone line by line; a noun of all shards has no list of them."""
    shards = [a_shard(2)[0], a_shard(3)[0]]

    made = lexicon_of(shards)

    lines = gzip.decompress(made.files[f"lex.{made.pieces[piece_of('전')]}"]).decode().splitlines()
    nouns, before = {}, ""
    for line in lines[1:]:
        code, _, rest = line[1:].partition(" ")
        before = before[: int(line[0], 36)] + code
        nouns[before] = rest
    assert nouns["전략물자"] == f"{2}"
    assert len(json.loads(lines[0])) == 2
    assert made.initials


def test_first_consonants_stand_for_nouns_only() -> None:
    """What is in many pages and never with a particle is an adverb, and what ends as verbs do is one."""
    text = "반드시 하겠다고 하겠다 바닷속을 {n}"
    documents = [Document(f"/{n}/", "글", text.replace("{n}", str(n)), (), (), ()) for n in range(30)]
    about, _ = index_shard([reading_of(document, Forms()) for document in documents], Rules())

    made = lexicon_of([about])

    files = b"".join(gzip.decompress(made.files[f"lex.{name}"]) for name in made.initials.values()).decode()
    assert "바닷속" in files
    assert "반드시" not in files
    assert "하겠다" not in files


def test_an_agency_is_known_by_all_its_names_where_a_site_speaks_of_it() -> None:
    """The browser gets no names that lead nowhere."""
    text = "하천관리청이 질병청과 만났다. 하천관리청은 질병청을 도왔다."
    about, _ = index_shard([reading_of(Document("/a/", "글", text, (), (), ()), Forms())], Rules())

    names = names_in([about], [("하천관리청", "하천청"), ("우주 관리청", "우주청")])

    assert list(names) == [("질병관리청", "질병청"), ("하천관리청", "하천청")]


def test_the_hyphen_of_a_name_tells_where_it_is_parted_in_texts() -> None:
    """The index has K-POP as two words, and K팝 as one: both are looked for where a site has either."""
    document = Document("/a/", "글", "K팝 공연이 열린다. K팝을 듣는다.", (), (), ())
    about, _ = index_shard([reading_of(document, Forms())], Rules())

    names = names_in([about], [("K-공연", "케이공연")])

    assert list(names) == [("k-pop", "k-팝", "케이팝"), ("k-공연", "케이공연")]


@pytest.mark.parametrize("version", ["1.4.0", "2.0.0", "1.50.0"])
def test_an_unknown_pagefind_is_refused(version: str) -> None:
    """Its files may be other files; a wrong index would look like a right one."""
    check_version(b'{"version":"1.5.2"}')

    with pytest.raises(ToolError, match=r"1\.5"):
        check_version(json.dumps({"version": version}).encode())


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no process can be stopped")
def test_a_pagefind_that_does_not_answer_is_told_and_ended() -> None:
    """A build must not wait for ever for a process that hangs."""
    with Indexer(patience_s=0.2) as indexer:
        os.kill(indexer.process.pid, signal.SIGSTOP)
        with pytest.raises(ToolError, match=r"TOOL002 .* not answered for 0\.2 s"):
            indexer.files()

    assert indexer.process.returncode == -signal.SIGKILL


def test_a_pagefind_that_does_not_begin_is_ended() -> None:
    """A process that nobody waits for would stay behind a failed build."""
    indexer = Indexer(patience_s=0)

    with pytest.raises(ToolError, match="TOOL002"):
        indexer.__enter__()

    assert indexer.process.returncode is not None


def test_the_pattern_of_words_is_of_letters_and_digits_only() -> None:
    """Pagefind cuts at any other sign: our count of words would not be its own."""
    assert WORD.fullmatch("a-b") is None
