"""Word → terms: one for each noun in it that begins there and ends where the word does."""

from collections.abc import Iterable, Mapping
from typing import Final

from sitegen.search.analysis import Split, Term
from sitegen.search.endings import may_follow
from sitegen.search.hangul import is_hangul
from sitegen.search.words import DOT, runs_of

WHOLE: Final = Split()
STEM: Final = "/"  # after the stem of a verb: no word of a text has it
PLACES: Final = 31  # in a word; a browser counts in 32 bits


def hangul_of(form: str) -> list[str]:
    """Return the parts of a word that an analyser is asked about."""
    return [form] if is_hangul(form) else [run for run in runs_of(form) if is_hangul(run)]


def terms_of(form: str, splits: Mapping[str, Split]) -> tuple[Term, ...]:
    """Return the terms of a word, longest first.

    A noun may begin where the script changes, too: `g20정상회의를` is found by 정상회의, `2019년에` by 2019.
    """
    split = splits.get(form)  # of all that is Hangul
    if split is not None:
        if not split.starts:  # most words
            return (Term(form, 0, bits(split.ends, 0)),)
        return tuple([term_from(form, start, split.starts, split.ends) for start in (0, *split.starts)])
    starts, ends, place = {0}, set[int](), 0
    for run in runs_of(form):
        if place and (len(run) > 1 or form[place - 1] == DOT):  # 6호기 in 5·6호기
            starts.add(place)
        if place:
            ends.add(place)
        if is_hangul(run):
            split = splits.get(run, WHOLE)
            starts.update(place + start for start in split.starts)
            if not (place and form[place - 1].isdigit() and may_follow(run[1:], run[0])):  # 월에 in 9월에 is no noun
                ends.update(place + end for end in split.ends)
        else:
            ends.add(place + len(run))
        place += len(run)
    return tuple(term_from(form, start, starts, ends) for start in sorted(starts))


def term_from(form: str, start: int, starts: Iterable[int], ends: Iterable[int]) -> Term:
    """Return the term that begins at `start`."""
    return Term(form[start:], bits(starts, start), bits(ends, start))


def bits(places: Iterable[int], start: int) -> int:
    """Return the places after `start` as bits; those far inside a very long word are left out."""
    found = 0
    for place in places:
        if start < place <= start + PLACES:
            found |= 1 << (place - start - 1)
    return found
