"""The search page by keyboard: what it offers, what it remembers, what it says."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages import address, results, visit  # fixtures
from tests.browser.waiting import comes_true

__all__ = ["address", "visit"]
pytestmark = pytest.mark.browser


def test_words_of_the_articles_are_offered_and_taken_by_keyboard(visit: Callable[..., Page]) -> None:
    """수출 goes on as 수출관리: arrow and Enter, and the results are those of the word."""
    page = visit("search/")
    field = page.locator("#q")

    field.press_sequentially("수출")
    option = page.locator("[data-offers] [role=option]").first
    expect(option).to_have_text("수출관리")
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    field.press("Enter")

    expect(field).to_have_value("수출관리")
    expect(page.locator("[data-status]")).to_contain_text("‘수출관리’ 검색 결과")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_escape_closes_the_offers_and_keeps_what_was_typed(visit: Callable[..., Page]) -> None:
    """A combobox gives way at once."""
    page = visit("search/")
    field = page.locator("#q")
    field.press_sequentially("수출")
    expect(page.get_by_role("listbox")).to_be_visible()

    field.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("수출")


def test_the_header_offers_longer_words_too(visit: Callable[..., Page]) -> None:
    """The field of every page leads to the search for a word that begins so, by arrow and Enter."""
    page = visit("")
    page.keyboard.press("/")
    page.keyboard.type("수출")
    word = page.locator(".find__word a").first
    expect(word).to_have_text("수출관리")

    page.keyboard.press("ArrowDown")
    expect(word).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#q")).to_have_value("수출관리")
    expect(page.locator("[data-status]")).to_contain_text("‘수출관리’ 검색 결과")


def test_recent_searches_are_kept_on_the_device_until_they_are_forgotten(visit: Callable[..., Page]) -> None:
    """They go nowhere (any other request fails the test), and one button ends them."""
    page = visit("search/?q=취수원")
    expect(page.locator("[data-status]")).to_contain_text("검색 결과")
    assert json.loads(page.evaluate("localStorage['recent-searches']")) == ["취수원"]

    page.fill("#q", "")
    page.locator("h1").click()
    page.focus("#q")
    expect(page.locator("[data-offers] [role=option]")).to_have_text(["취수원"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="기록 지우기")).to_be_focused()
    page.keyboard.press("Enter")

    assert page.evaluate("localStorage.getItem('recent-searches')") is None
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_half_typed_words_are_no_recent_searches(visit: Callable[..., Page]) -> None:
    """Every keystroke is a search; what somebody meant shows at Enter, or where a result is followed."""
    page = visit("search/")
    for typed in ("취수", "취수원"):
        page.fill("#q", typed)
        expect(page.locator("[data-status]")).to_contain_text(f"‘{typed}’ 검색 결과")
    assert page.evaluate("localStorage.getItem('recent-searches')") is None

    page.locator("[data-results] a").first.click()

    expect(page.locator("h1.head__title")).to_be_visible()
    assert json.loads(page.evaluate("localStorage['recent-searches']")) == ["취수원"]


def test_a_page_that_is_loaded_again_is_where_the_reader_was(visit: Callable[..., Page]) -> None:
    """Results come after the browser has looked for the place."""
    page = visit("search/?q=-없는말")
    expect(page.locator("[data-results] a").nth(5)).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 400})
    page.evaluate("new Promise((done) => { addEventListener('scrollend', done, { once: true }); scrollTo(0, 900); })")

    page.reload()

    expect(page.locator("[data-results] a").nth(5)).to_be_attached()
    assert comes_true(page, "scrollY === 900")


def test_what_stands_above_the_results_is_said_whole(visit: Callable[..., Page]) -> None:
    """A screen reader hears of what is only written there if it is in a place that was there before."""
    page = visit("search/?q=취소원 점검")
    live = page.locator("[data-live]")

    expect(live).to_have_text(
        re.compile("검색 결과 [0-9]+건 ‘취수원 점검’으로 찾은 결과입니다. 낱말이 모두 있는 글은 1건")
    )
    page.locator("[data-field]").fill("뷁뷁뷁")
    expect(live).to_have_text("‘뷁뷁뷁’에 맞는 글이 없습니다.")
    expect(page.locator("[data-tip-filters]")).to_be_hidden()
    page.locator("[name=year]").select_option("2026")
    expect(page.locator("[data-tip-filters]")).to_be_visible()


def test_nothing_is_said_while_a_syllable_is_still_composed(visit: Callable[..., Page]) -> None:
    """A screen reader would hear after each letter that it should write something."""
    page = visit("search/")
    page.evaluate(
        """() => {
          window.said = [];
          const live = document.querySelector("[data-live]");
          new MutationObserver(() => window.said.push(live.textContent)).observe(live, { childList: true });
        }"""
    )
    keyboard = page.context.new_cdp_session(page)
    page.focus("#q")

    for typed in ("ㅊ", "추", "취", "취ㅅ", "취수", "취숭", "취수우", "취수워", "취수원"):
        keyboard.send("Input.imeSetComposition", {"text": typed, "selectionStart": 1, "selectionEnd": 1})
        page.wait_for_timeout(180)

    expect(page.locator("[data-live]")).to_contain_text("‘취수원’ 검색 결과")
    assert len(page.evaluate("window.said")) == 1


def test_what_may_be_meant_keeps_the_choices_beside_it(visit: Callable[..., Page]) -> None:
    """Whoever chose a year did not choose all of them by three consonants."""
    page = visit("search/?year=2026&q=ㅊㅅㅇ")

    expect(page.locator("[data-suggestion] a")).to_have_attribute("href", re.compile("year=2026"))


def test_what_was_left_out_is_said(visit: Callable[..., Page]) -> None:
    """No article has all three: the reader is told which words the results lack."""
    page = visit("search/?q=취수원 냥냥")

    expect(page.locator("[data-remark]")).to_have_text("낱말이 모두 있는 글이 없어 ‘냥냥’ 없이 찾았습니다.")
    assert results(page)


def test_a_slip_is_told_and_no_link_to_the_same_results(visit: Callable[..., Page]) -> None:
    """Nothing has the word as it was typed: what is shown was found with the likely one."""
    page = visit("search/?q=취소원")

    expect(page.locator("[data-suggestion]")).to_have_text("‘취수원’으로 찾은 결과입니다.")
    expect(page.locator("[data-suggestion] a")).to_have_count(0)
    assert any("취수원" in title for title in results(page))


@pytest.mark.parametrize(("typed", "said"), [("측정먕", "‘측정망’으로"), ("전략물쟈", "‘전략물자’로")])
def test_the_particle_goes_by_the_sound_before_it(typed: str, said: str, visit: Callable[..., Page]) -> None:
    """측정망으로, 물자로: (으)로 is for forms."""
    page = visit(f"search/?q={typed}")

    expect(page.locator("[data-suggestion]")).to_contain_text(said)


def test_first_consonants_lead_to_the_likely_word(visit: Callable[..., Page]) -> None:
    """혹시 …을 찾으셨나요: named, and a link that searches for it."""
    page = visit("search/?q=ㅊㅅㅇ")
    expect(page.locator("[data-suggestion] a")).to_have_text("혹시 찾으시는 말이 ‘취수원’인가요?")

    page.locator("[data-suggestion] a").click()

    expect(page.locator("#q")).to_have_value("취수원")
    expect(page.locator("[data-status]")).to_contain_text("‘취수원’ 검색 결과")
    assert any("취수원" in title for title in results(page))


def test_a_slip_beside_another_word_still_counts(visit: Callable[..., Page]) -> None:
    """What a word was taken for must be in the results as every other word."""
    page = visit("search/?q=취소원 점검")

    expect(page.locator("[data-remark]")).to_contain_text("낱말이 모두 있는 글은 1건이고")


def test_the_counts_above_and_in_the_filters_agree(visit: Callable[..., Page]) -> None:
    """One of them says how many articles follow, another how many of these are of a year: all are of the same ones."""
    page = visit("search/?q=취소원 점검")
    expect(page.locator("[data-status]")).to_have_text(re.compile("‘취소원 점검’ 검색 결과 [0-9]+건"))
    expect(page.locator("[name=year] option[disabled]").first).to_be_attached()

    (count,) = re.findall("결과 ([0-9]+)건", page.locator("[data-status]").inner_text())
    years = re.findall(r"\(([0-9]+)\)", " ".join(page.locator("[name=year] option").all_text_contents()))
    assert int(count) == len(results(page)) == sum(map(int, years))


@pytest.mark.parametrize(
    ("part", "status", "body"),
    [
        ("*.pf_index", 200, b"\x1f\x8bnonsense"),
        ("*.pf_meta", 200, b"\x1f\x8bnonsense"),
        ("*.pf_meta", 404, b""),
        ("lex.*", 404, b""),
    ],
)
def test_a_part_of_the_index_that_is_broken_or_missing_is_said_and_survived(
    part: str, status: int, body: bytes, visit: Callable[..., Page]
) -> None:
    """The page still answers, and says that something may be missing; so after an upload that was cut off."""
    page = visit("about/", may_be_missing=True)
    page.route(f"**/{part}", lambda route: route.fulfill(status=status, body=body))
    page.goto(page.url.replace("about/", "search/?q=전략물자"))

    expect(page.locator("[data-remark]")).to_contain_text("빠진 글이 있을 수 있습니다")


def test_a_search_that_failed_names_ways_on(visit: Callable[..., Page]) -> None:
    """The lists that the message speaks of are links, and one button tries again."""
    page = visit("about/", may_be_missing=True)
    page.route("**/search/entry.json", lambda route: route.fulfill(status=500, body=b""))
    page.goto(page.url.replace("about/", "search/?q=전략물자"))
    expect(page.locator("[data-status]")).to_contain_text("불러오지 못했습니다")
    expect(page.locator("[data-failed] a[href$='/category/']")).to_be_visible()
    page.unroute("**/search/entry.json")

    page.get_by_role("button", name="다시 찾기").click()

    expect(page.locator("[data-status]")).to_contain_text("‘전략물자’ 검색 결과 2건")
    expect(page.locator("[data-failed]")).to_be_hidden()


@pytest.mark.parametrize("day", ["2026.03.05", "2026. 3. 5. (목)", "2026-03", "2026년 3월 5일"])
def test_a_day_leads_to_the_list_of_its_month(day: str, visit: Callable[..., Page]) -> None:
    """Articles seldom name the day they are of; lists do."""
    page = visit(f"search/?q={day}")

    expect(page.locator("[data-month] a")).to_have_text("2026년 3월의 글 모두 보기")
    page.locator("[data-month] a").click()

    expect(page.locator("h1")).to_contain_text("2026년 3월")


def test_a_very_long_search_does_not_fill_the_page(visit: Callable[..., Page]) -> None:
    """The field takes 200 letters, an address no more, and a sentence gives back forty."""
    page = visit("search/?q=" + "가" * 5000)

    expect(page.locator("[data-status]")).to_have_text(f"‘{'가' * 40}…’에 맞는 글이 없습니다.")
    assert page.locator("#q").get_attribute("maxlength") == "200"
    assert len(page.locator("#q").input_value()) == 200


def test_a_choice_is_found_by_its_name_in_an_old_address(visit: Callable[..., Page]) -> None:
    """Filters go by the lists' addresses; links that were shared before that name them as they are shown."""
    page = visit("search/?q=취수원")
    label = page.locator("[name=agency] option[data-label]").first.get_attribute("data-label")
    page.goto(page.url + f"&agency={label}")

    expect(page.locator("[name=agency] option:checked")).to_have_attribute("data-label", label or "")
    expect(page.locator("[name=agency] option")).to_have_count(
        page.locator("[name=agency] option[data-label]").count() + 1
    )


def test_a_touch_brings_the_results_into_sight(visit: Callable[..., Page]) -> None:
    """On a phone four choices lie between the field and what was found."""
    page = visit("search/", has_touch=True, is_mobile=True, viewport={"width": 360, "height": 560})
    page.fill("#q", "-없는말")

    page.locator("form[data-search] button[type=submit]").click()

    expect(page.locator("[data-results] a").first).to_be_in_viewport()
    expect(page.locator("[data-status]")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("취소원", re.compile("결과 [0-9]+건 · ‘취수원’으로 찾은 결과입니다.")),
        ("취수원 냥냥", re.compile("결과 [0-9]+건 · 일부 낱말 없이 찾음")),
        ("뷁뷁뷁", re.compile("결과 0건$")),
    ],
)
def test_the_quick_search_says_what_it_did(typed: str, said: re.Pattern[str], visit: Callable[..., Page]) -> None:
    """Another word, or one left out, is no secret in the dialog either; and from nothing there is a way on."""
    page = visit("about/")
    page.keyboard.press("/")
    page.locator("#quick").fill(typed)

    expect(page.locator("[data-count]")).to_have_text(said)
    expect(page.locator("[data-list] a").last).to_have_attribute("href", re.compile("/search/"))


def test_a_result_that_cannot_be_loaded_leaves_the_others(visit: Callable[..., Page]) -> None:
    """A result's own file is broken: it is missing, and that is said."""
    page = visit("search/?q=점검", may_be_missing=True)
    expect(page.locator("[data-status]")).to_contain_text("검색 결과")
    count = len(results(page))
    page.route("**/0.pf_fragment", lambda route: route.fulfill(status=200, body=b"\x1f\x8bnonsense"))
    page.reload()

    expect(page.locator("[data-remark]")).to_contain_text("빠진 글이 있을 수 있습니다")
    assert 0 < len(results(page)) < count


def test_korean_is_found_where_another_language_is_broken(visit: Callable[..., Page]) -> None:
    """Pagefind's part of the index fails: what the other part knows is still shown."""
    page = visit("about/", may_be_missing=True)
    page.route("**/search/en/pagefind.js", lambda route: route.fulfill(status=200, body="nonsense("))
    page.goto(page.url.replace("about/", "search/?q=KR"))

    expect(page.locator("[data-remark]")).to_contain_text("빠진 글이 있을 수 있습니다")
    assert results(page)


def test_an_english_article_is_found_by_pagefinds_own_stems(visit: Callable[..., Page]) -> None:
    """Other languages keep their stemming: reading finds Readings."""
    page = visit("search/?q=reading")

    expect(page.locator("[data-results] .card__title")).to_have_text(
        ["River Agency opens ten years of water-level data to everyone"]
    )


def test_a_word_that_is_not_wanted_is_in_no_article_of_another_language(visit: Callable[..., Page]) -> None:
    """Pagefind knows no -word, and would ask for the rest alone."""
    page = visit("search/?q=river -reading")

    expect(page.locator("[data-status]")).to_have_text("‘river -reading’에 맞는 글이 없습니다.")


def test_an_agency_and_a_tag_are_searched_though_the_text_does_not_name_them(visit: Callable[..., Page]) -> None:
    """The field promises agencies; what an article is filed under finds it."""
    page = visit("search/?q=생활통계청")
    expect(page.locator("[data-status]")).to_contain_text("검색 결과")
    agencies = page.locator("[data-results] [data-part=agency]").all_text_contents()

    assert "생활통계청" in agencies


def test_an_article_in_another_language_is_found_by_its_tags(visit: Callable[..., Page]) -> None:
    """They stand in links that are no text; Pagefind reads them off an element of their own."""
    page = visit("search/?q=rivers")

    expect(page.locator("[data-results] .card__title")).to_contain_text(["River Agency"])
    page = visit("search/?q=견본")
    expect(page.locator("[data-status]")).to_contain_text("검색 결과")


def test_back_leads_to_the_search_before(visit: Callable[..., Page]) -> None:
    """Typing a new search, and then a choice, are steps that the back button takes back; the title names each."""
    page = visit("search/?q=취수원")
    expect(page.locator("[data-status]")).to_contain_text("‘취수원’ 검색 결과")
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially("전략물자")
    page.keyboard.press("Enter")
    expect(page.locator("[data-status]")).to_contain_text("‘전략물자’ 검색 결과")
    assert page.title().startswith("전략물자 | ")
    page.locator("select[name=sort]").select_option("new")
    expect(page).to_have_url(re.compile("sort=new"))

    page.go_back()
    expect(page.locator("select[name=sort]")).to_have_value("")
    expect(page.locator("#q")).to_have_value("전략물자")
    page.go_back()

    expect(page.locator("#q")).to_have_value("취수원")
    expect(page.locator("[data-status]")).to_contain_text("‘취수원’ 검색 결과")


def test_a_choice_that_leaves_nothing_says_so_and_how_much_there_is_without_it(visit: Callable[..., Page]) -> None:
    """The word is not at fault: it must not be told as if no article had it."""
    page = visit("search/?q=취수원&category=경제")
    link = page.locator("[data-suggestion] a")

    expect(page.locator("[data-status]")).to_have_text("고른 조건에서는 ‘취수원’에 맞는 글이 없습니다.")
    expect(link).to_have_text(re.compile("조건 없이 [1-9][0-9]*건 보기"))
    link.click()

    expect(page.locator("[data-status]")).to_contain_text("‘취수원’ 검색 결과")


def test_a_choice_that_is_no_more_is_said_not_passed_over(visit: Callable[..., Page]) -> None:
    """A link that somebody shared last year: everything would be no answer to it."""
    page = visit("search/?q=취수원&category=없는분류")

    expect(page.locator("[name=category]")).to_have_value("없는분류")
    expect(page.locator("[data-suggestion] a")).to_be_visible()
    assert results(page) == []


@pytest.mark.parametrize("query", ["취수원 10", "취수원 data", "취수원 -data"])
def test_an_article_in_another_language_is_no_hit_for_some_of_the_words(query: str, visit: Callable[..., Page]) -> None:
    """It cannot have the Korean ones: it never stands first, nor counts as one that has all the words."""
    page = visit(f"search/?q={query}")
    expect(page.locator("[data-status]")).to_contain_text("검색 결과")

    assert not results(page)[0].startswith("River Agency")


def test_a_syllable_that_has_only_begun_is_no_slip(visit: Callable[..., Page]) -> None:
    """While 취수원 수 is being typed there is 취수원 ㅅ: no other keyboard."""
    page = visit("search/?q=취수원 ㅅ")

    expect(page.locator("[data-status]")).to_contain_text("검색 결과")
    expect(page.locator("[data-suggestion]")).to_be_hidden()


def test_an_article_in_another_language_that_lacks_the_korean_words_says_so(visit: Callable[..., Page]) -> None:
    """No Korean article has the word: what has the rest is shown, and told as what it is."""
    page = visit("search/?q=뷁뷁 data")

    expect(page.locator("[data-remark]")).to_have_text("낱말이 모두 있는 글이 없어 ‘뷁뷁’ 없이 찾았습니다.")
    assert results(page)[0].startswith("River Agency")


def test_the_choices_are_whole_again_without_a_search(visit: Callable[..., Page]) -> None:
    """Back to the empty page: what a search had ruled out can be chosen again."""
    page = visit("search/")
    before = page.locator("select[name=category] option").all_text_contents()
    page.locator("#q").fill("취수원")  # at once, as from the clipboard
    expect(page.locator("[data-status]")).to_contain_text("검색 결과")
    expect(page.locator("select[name=category] option[disabled]").first).to_be_attached()

    page.go_back()

    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("select[name=category] option[disabled]")).to_have_count(0)
    assert page.locator("select[name=category] option").all_text_contents() == before
