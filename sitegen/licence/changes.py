"""What a cleaning rule does to a work, by tier, and how the footer says it.

Tiers: 0 outside the work (page furniture, scripts); 1 presentation only (white space, inline style, wrappers, list
markup with the markers kept, note links); 2 emphasis or promotion removed, headings changed, attribution moved,
pictures taken out; 3 rewriting. Licences that forbid changes allow tier 1 at most.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple


class Change(NamedTuple):
    """One kind of change: the rule names it covers, its tier, and its words (empty = not worth saying)."""

    rules: str
    tier: int
    ko: str = ""
    en: str = ""


CHANGES: Final = (
    Change(r"outline->list", 1, "글머리표를 목록 구조로 표시", "bullets marked up as lists"),
    Change(r"notes-linked", 1, "각주 연결", "footnotes linked"),
    Change(r"removed:(?:script|style|link|meta|base|title|head|noscript|template)|ad-or-widget", 0),
    Change(r"attr:.*|unwrap:.*|empty:.*|wrapped-loose-text|br->p|layout-hr|too-deep|letter->sign", 1),
    Change(r"(?:b|strike|s|i|tt|dir|menu)->\w+", 1),
    Change(r"promo-removed|promo-unlinked", 2, "홍보 문구 제거", "promotional lines removed"),
    Change(r"attribution-(?:table|line)->source", 2, "출처 표기를 글 아래로 옮김", "source note moved below the text"),
    Change(r"h\d->h\d", 2, "제목 단계 조정", "heading levels adjusted"),
    Change(
        r"image->link|duplicate-feature-image|missing-picture|unlicensed-picture",
        2,
        "그림을 싣지 않음",
        "pictures left out",
    ),
    Change(r"hidden->shown", 2, "숨겨져 있던 글을 보임", "words shown that the original hides"),
    Change(r"words-removed", 3, "옮길 수 없는 부분을 뺌", "parts that could not be carried over left out"),
    Change(
        r"removed:.*|bad-url|dead-address",
        2,
        "실행 요소와 안전하지 않은 링크 제거",
        "active content and unsafe links removed",
    ),
    Change(r"summary", 3, "요약함", "summarised"),
    Change(r"translation", 3, "번역함", "translated"),
    Change(r"rewriting|title-change", 3, "고쳐 씀", "rewritten"),
)


@lru_cache(maxsize=512)
def change_of(rule: str) -> Change:
    """Return the change a rule makes; an unknown rule is taken for a change of words."""
    return next((change for change in CHANGES if re.fullmatch(change.rules, rule)), Change(rule, 3, rule, rule))


def change_words(rules: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Return what was changed in words, each once, in the order of the table."""
    return words_of(frozenset(rules), language)


@lru_cache(maxsize=4096)
def words_of(rules: frozenset[str], language: str) -> tuple[str, ...]:
    """Return the words of a set of rules; articles of one blog share a few such sets."""
    made = [change_of(rule) for rule in sorted(rules)]
    known = [change for change in CHANGES if change in made] + [change for change in made if change not in CHANGES]
    words = [change.ko if language == "ko" else change.en for change in known]
    return tuple(dict.fromkeys(word for word in words if word))


def forbidden_rules(rules: tuple[str, ...]) -> tuple[str, ...]:
    """Return the rules that go beyond presentation, each once."""
    return tuple(dict.fromkeys(rule for rule in rules if change_of(rule).tier > 1))
