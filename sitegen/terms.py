"""The licences an article may carry, as data: names, addresses, duties.

KOGL types and their terms: the Korea Open Government License pages of kogl.or.kr (types 1–4); type 0 and the AI mark
exist since 2026-01-28 (zdnet.co.kr of that day, etnews.com of 2026-02-12). Creative Commons and OGL: their own deeds.
"""

from datetime import date
from typing import Final

from sitegen.values import value

KOGL_0_SINCE: Final = date(2026, 1, 28)
UNKNOWN: Final = "UNKNOWN"


@value
class Terms:
    """What one licence is called, and what it requires, permits and forbids. None = it does not say by itself."""

    id: str
    ko: str
    en: str
    url: str = ""
    attribution: bool = True
    commercial: bool | None = True
    changes: bool | None = True
    share_alike: bool = False  # changed works go under the same licence


def kogl(number: int, ko: str, en: str, *, commercial: bool, changes: bool) -> Terms:
    """Return the terms of a KOGL type."""
    return Terms(
        id=f"KOGL-{number}",
        ko=f"공공누리 제{number}유형 : {ko}",
        en=f"KOGL Type {number}: {en}",
        url=f"https://www.kogl.or.kr/info/licenseType{number}.do",
        attribution=number > 0,
        commercial=commercial,
        changes=changes,
    )


def creative_commons(marks: str, *, commercial: bool, changes: bool) -> Terms:
    """Return the terms of a Creative Commons 4.0 licence."""
    return Terms(
        id=f"CC-{marks}-4.0",
        ko=f"CC {marks} 4.0",
        en=f"CC {marks} 4.0",
        url=f"https://creativecommons.org/licenses/{marks.lower()}/4.0/",
        commercial=commercial,
        changes=changes,
        share_alike="SA" in marks,
    )


TERMS: Final[dict[str, Terms]] = {
    terms.id: terms
    for terms in (
        kogl(0, "자유이용", "free use", commercial=True, changes=True),
        kogl(1, "출처표시", "source indication", commercial=True, changes=True),
        kogl(2, "출처표시 + 상업적 이용금지", "source indication + no commercial use", commercial=False, changes=True),
        kogl(3, "출처표시 + 변경금지", "source indication + no change", commercial=True, changes=False),
        kogl(
            4,
            "출처표시 + 상업적 이용금지 + 변경금지",
            "source indication + no commercial use + no change",
            commercial=False,
            changes=False,
        ),
        creative_commons("BY", commercial=True, changes=True),
        creative_commons("BY-SA", commercial=True, changes=True),
        creative_commons("BY-NC", commercial=False, changes=True),
        creative_commons("BY-ND", commercial=True, changes=False),
        creative_commons("BY-NC-SA", commercial=False, changes=True),
        creative_commons("BY-NC-ND", commercial=False, changes=False),
        Terms(
            id="CC0-1.0",
            ko="CC0 1.0",
            en="CC0 1.0",
            url="https://creativecommons.org/publicdomain/zero/1.0/",
            attribution=False,
        ),
        Terms(
            id="OGL-3.0",
            ko="Open Government Licence v3.0",
            en="Open Government Licence v3.0",
            url="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        ),
        Terms(
            id="KR-ART24-2", ko="저작권법 제24조의2 (공공저작물)", en="Korean Copyright Act, Article 24-2 (public work)"
        ),
        Terms(
            id="EXPIRED",
            ko="보호기간이 끝난 저작물",
            en="work whose protection has expired",
            attribution=False,
        ),
        Terms(
            id="PERMISSION", ko="저작권자의 허락", en="permission of the rights holder", commercial=None, changes=None
        ),
        Terms(id=UNKNOWN, ko="확인되지 않음", en="not established", commercial=None, changes=None),
    )
}


def is_closed_to_trade(terms: Terms) -> bool:
    """Return whether a licence expressly forbids commercial use (unknown terms are a doubt, not a ban)."""
    return terms.commercial is False


def is_closed_to_changes(terms: Terms) -> bool:
    """Return whether a licence expressly forbids changes (unknown terms are a doubt, not a ban)."""
    return terms.changes is False
