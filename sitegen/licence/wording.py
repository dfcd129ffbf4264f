"""Article, licence and changes → the attribution footer in words, Korean and English.

The Korean sentence for types 1–4 follows the one kogl.or.kr prescribes: institution, year, type, title, author, where to get it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import unquote

from sitegen.licence.changes import change_words
from sitegen.model import Article, Attribution, Kind, Licence, Media, PictureCredit, Source
from sitegen.terms import TERMS, UNKNOWN, Terms
from sitegen.values import changed, value

RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
LINK_MARK: Final = "\0"  # stands for the address while the sentence is put together


@value
class Credit:
    """The facts a credit sentence names. All but the title and the terms may be empty: nobody knows them then."""

    institution: str
    title: str
    year: str
    source: str
    address: str
    terms: Terms
    ai: bool
    changes: tuple[str, ...]
    link_only: bool


def korean_sentence(credit: Credit) -> str:
    """Return the Korean credit sentence with LINK_MARK where the address stands."""
    source = credit.source or ("원문" if credit.address else "출처 미상")
    place = f"{source}({LINK_MARK})" if credit.address else source
    changed = f" 변경 사항: {', '.join(credit.changes)}." if credit.changes and credit.terms.changes else ""
    ai = " 이 저작물에는 인공지능 학습 이용을 허용하는 AI유형이 함께 표시되어 있습니다." if credit.ai else ""
    number = credit.terms.id.removeprefix("KOGL-")
    year_in_brackets = f"({credit.year})" if credit.year else ""
    made_by = f"{credit.institution}, " if credit.institution not in ("", credit.source) else ""
    cited = f"출처: {made_by}「{credit.title}」{year_in_brackets}, {place}."
    match credit.terms.id:
        case "KOGL-0":
            return (
                f"{cited} 공공누리 제0유형(자유이용)으로 개방된 저작물이며, 출처표시 의무는 없으나 독자를 위해 밝힙니다."
                f"{changed}{ai}"
            )
        case "KOGL-1" | "KOGL-2" | "KOGL-3" | "KOGL-4":
            commercial = "" if credit.terms.commercial else " 이 저작물은 상업적으로 이용할 수 없습니다."
            return f"{kogl_notice(credit, number, place)}{commercial}{korean_verbatim(credit)}{changed}{ai}"
        case "KR-ART24-2":
            return f"{cited} 저작권법 제24조의2에 따라 이용하는 공공저작물입니다."
        case "EXPIRED":
            return f"{cited} 저작권 보호기간이 끝나 누구나 자유롭게 쓸 수 있는 저작물입니다."
        case "PERMISSION":
            return f"{cited} 저작권자의 허락을 받아 싣습니다."
        case "UNKNOWN":
            return f"{cited} 이용조건이 확인되지 않았습니다. 원문에서 확인해 주세요."
        case _:
            made = ", ".join(filter(None, (credit.year, f"작성자: {credit.institution}" if credit.institution else "")))
            said = "" if credit.terms.id == "OGL-3.0" else changed
            return f"「{credit.title}」{f'({made})' if made else ''}, {place}, 이용조건: {credit.terms.ko}.{said}"


def kogl_notice(credit: Credit, number: str, place: str) -> str:
    """Return the sentence that kogl.or.kr prescribes, less what nobody knows: it must not name a maker who is none."""
    year = f"{credit.year}년 " if credit.year else ""
    if credit.institution:
        made = f"{credit.institution}에서 {year}작성하여 공공누리 제{number}유형으로 개방한"
        work = f"{made} 「{credit.title}」(작성자: {credit.institution}) 저작물"
    else:
        written = f"{year}작성되어 " if year else ""
        work = f"{written}공공누리 제{number}유형으로 개방된 「{credit.title}」 저작물"
    is_known = credit.source or credit.address
    found = f"{place}에서 무료로 내려받으실 수 있습니다" if is_known else "내려받을 곳이 확인되지 않았습니다"
    return f"본 저작물은 {work}을 이용하였으며, 해당 저작물은 {found}."


def korean_verbatim(credit: Credit) -> str:
    """Return the sentence about changes for licences that forbid them."""
    if credit.terms.changes is not False or credit.link_only:
        return ""
    return " 이 저작물은 변경할 수 없으며, 이 누리집은 본문 내용을 바꾸지 않았습니다."


def english_sentence(credit: Credit) -> str:
    """Return the English credit sentence with LINK_MARK where the address stands."""
    if credit.terms.id == "OGL-3.0":
        return "Contains public sector information licensed under the Open Government Licence v3.0."
    source = credit.source or ("the original" if credit.address else "source unknown")
    place = f"{source} <{LINK_MARK}>" if credit.address else source
    year = f" ({credit.year})" if credit.year else ""
    made_by = f"{credit.institution}, " if credit.institution not in ("", credit.source) else ""
    cited = f"Source: “{credit.title}”{year}, {made_by}{place}."
    changed = f" Changes: {', '.join(credit.changes)}." if credit.changes and credit.terms.changes else ""
    if credit.terms.changes is False and not credit.link_only:
        changed = " The text has not been changed."
    ai = " The work also carries the AI mark, which permits use for AI training." if credit.ai else ""
    match credit.terms.id:
        case "KOGL-0":
            said = " Released under KOGL Type 0 (free use); no source indication is required."
        case "KOGL-1" | "KOGL-2" | "KOGL-3" | "KOGL-4":
            name = credit.terms.en.removeprefix("KOGL ")
            said = f" Released under the Korea Open Government License (KOGL) {name}."
        case "KR-ART24-2":
            return f"{cited} A public work used under Article 24-2 of the Korean Copyright Act."
        case "EXPIRED":
            return f"{cited} The protection of this work has expired; anybody may use it freely."
        case "PERMISSION":
            return f"{cited} Republished with the permission of the rights holder."
        case "UNKNOWN":
            return f"{cited} The terms of use have not been established; please check the original."
        case _:
            said = f" Licensed under {credit.terms.en} <{credit.terms.url}>."
    return f"{cited}{said}{changed}{ai}"


WORDS: Final = {
    "ko": {
        "link_only": "변경이 금지된 저작물이어서 본문을 싣지 않고 원문으로 안내합니다.",
        "scope": "텍스트에 한함",
        "no_url": "원문의 주소를 알지 못해 출처의 이름만 밝힙니다.",
        "root_url": "기사의 주소를 알지 못해 출처 누리집의 첫 화면으로 안내합니다.",
        "no_date": "원문의 날짜를 알지 못합니다.",
        "no_licence": "이용조건이 확인되지 않았으므로, 다시 쓰기 전에 원문의 표시를 확인해 주세요.",
        "no_agency": "원문을 낸 기관",
    },
    "en": {
        "link_only": "This work may not be changed, so its text is not shown here; please read the original.",
        "scope": "text only",
        "no_url": "The address of the original is not known; the source is given by name only.",
        "root_url": "The article's own address is not known; the link leads to the source's front page.",
        "no_date": "The date of the original is not known.",
        "no_licence": "The terms of use are not established; check the original before reusing this text.",
        "no_agency": "the institution that made the original",
    },
}


# What a page says of a finding that its owner waived or made lighter. What is not here, the page says anyway.
WAIVED_WORDS: Final = {
    "ko": {
        "SRC001": "이 글의 출처가 확인되지 않았습니다.",
        "SRC005": "같은 원문이 이 누리집의 다른 글에도 실려 있습니다.",
        "SRC006": "이 글을 만든 기관이 확인되지 않았습니다.",
        "LIC010": "이 글은 상업적으로 이용할 수 없는 저작물입니다.",
        "LIC013": "이 글에는 다른 사람의 저작물이 들어 있을 수 있습니다.",
        "BODY004": "원문의 글자 가운데 확인되지 않은 것이 있습니다.",
    },
    "en": {
        "SRC001": "The source of this text is not established.",
        "SRC005": "The same original stands in another article of this site.",
        "SRC006": "The institution that made this text is not established.",
        "LIC010": "This work may not be used commercially.",
        "LIC013": "This text may hold works of others.",
        "BODY004": "Some characters of the original are not established.",
    },
}


def with_waived(attribution: Attribution, codes: Iterable[str], language: str) -> Attribution:
    """Return a footer that also says what is unknown because its owner answers for findings."""
    words = (WAIVED_WORDS[language].get(code, "") for code in codes)
    return changed(attribution, doubts=tuple(dict.fromkeys((*attribution.doubts, *filter(None, words)))))


def disclaimer(institutions: Sequence[str], source: str, language: str) -> str:
    """Return the sentence that denies any sponsorship; one name is said once."""
    others = [source] if source and source not in institutions else []
    names = [*filter(None, [", ".join(institutions)]), *others] or [WORDS[language]["no_agency"]]
    if language == "ko":
        return (
            f"이 누리집은 {' 또는 '.join(names)}의 후원을 받지 않으며 특수한 관계도 없습니다. "
            "사진과 이미지의 저작권은 각 저작권자에게 있습니다."
        )
    return (
        f"This site is not sponsored by, or in any special relation to, {' or '.join(names)}. "
        "Photographs and images belong to their respective rights holders."
    )


def address_doubt(source: Source, address: str, words: Mapping[str, str]) -> str:
    """Return what is to be said of the address of an original; nothing of one whose source nobody knows."""
    if not address:
        return words["no_url"] if source.name else ""
    return "" if source.url else words["root_url"]


def attribution_of(
    article: Article, licence: Licence, language: str, *, rules: tuple[str, ...], link_only: bool
) -> Attribution:
    """Return the footer of an article in `language` (`ko` or `en`); `rules` name what cleaning changed."""
    source, words = article.source, WORDS[language]
    terms = TERMS.get(licence.id, TERMS[UNKNOWN])
    agencies = ", ".join(article.agencies)
    address = source.url or source.site
    credit = Credit(
        institution=agencies or source.name,
        title=isolated(article.title),
        year=str(article.year or ""),
        source=source.name,
        address=address,
        terms=terms,
        ai=licence.ai,
        changes=change_words(
            (*article.changes, *(("rewriting",) if article.kind is Kind.DERIVED else ()), *rules), language
        ),
        link_only=link_only,
    )
    sentence = korean_sentence(credit) if language == "ko" else english_sentence(credit)
    before, _, after = sentence.partition(LINK_MARK)
    unknown = terms.id == UNKNOWN
    doubts = (
        address_doubt(source, address, words),
        "" if article.published else words["no_date"],
        words["no_licence"] if unknown else "",
    )
    return Attribution(
        before=before,
        link=address if LINK_MARK in sentence else "",
        after=after,
        source_name=source.name,
        source_url=address,
        has_original=bool(source.url),
        institution=credit.institution,
        licence_label=terms.ko if language == "ko" else terms.en,
        licence_url=terms.url,
        licence_scope=words["scope"] if licence.scope == "text" and not unknown else "",
        is_unknown=unknown,
        statement=source.statement,
        link_only=words["link_only"] if link_only else "",
        doubts=tuple(doubt for doubt in doubts if doubt),
        disclaimer=disclaimer(article.agencies, source.name, language),
        pictures=picture_credits(article.media, language),
        language=language,
    )


def isolated(title: str) -> str:
    """Return a title that, written from right to left, turns nothing around it in a sentence."""
    return f"\u2068{title}\u2069" if RIGHT_TO_LEFT.search(title) else title


def picture_credits(media: tuple[Media, ...], language: str) -> tuple[PictureCredit, ...]:
    """Return who made the pictures of an article and what they may be used for."""
    told = [medium for medium in media if medium.credit or medium.license]
    return tuple(
        PictureCredit(
            name=unquote(medium.src).rpartition("/")[2] if len(told) > 1 else "",
            credit=medium.credit,
            licence_label=(terms.ko if language == "ko" else terms.en) if medium.license else "",
            licence_url=terms.url if medium.license else "",
        )
        for medium in told
        for terms in [TERMS.get(medium.license, TERMS[UNKNOWN])]
    )
