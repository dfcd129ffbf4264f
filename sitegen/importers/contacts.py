"""A text → the offices it names with their telephone: `문의: 국토교통부 도로국 도로관리과(044-201-0000)`."""

import re
from typing import Final

from sitegen.model import Contact

NAME: Final = r"(?<![가-힣A-Za-z0-9·])[가-힣A-Za-z0-9·]{2,30}+"
# A name of up to six words, then its number in brackets; not of a mobile telephone, which is a person's.
CALLED: Final = re.compile(
    rf"(?P<words>{NAME}(?:[ \xa0]{{1,2}}{NAME}){{0,5}})[ \xa0]{{0,2}}[(（] ?(?:☎|📞|전화(?:번호)?)? ?:? ?"
    r"(?P<tel>(?:0(?!1)\d{1,2}-\d{3,4}|1[5-9]\d\d)-\d{4})(?!\d)"
)
# What an institution's name ends with, and that of its parts.
BODY: Final = re.compile(
    r"[가-힣A-Za-z]{2,}(?:(?<!본)부|처|청|위원회|공단|공사|재단|은행|협회|조합|법원"
    r"|(?:진흥|연구|관리|정보|개발|평가|소비자|감독|분석)원)"
    r"|국립[가-힣]+(?:원|관|소|단)|[가-힣]{2,}(?:특별|광역|자치)[시도]|감사원|국가정보원|국무조정실|국무총리실|대통령비서실"
)
PART: Final = re.compile(
    r"(?!(?:.*(?:결과|효과|성과|경과)|기관|전국|직원|회원)$)(?:.+(?:실|국|관|단|본부|센터|과|팀|계|소|원)|대변인)"
)
DUTY: Final = re.compile(r"[가-힣·]{5,}(?<![은는을를이가에로의며고면])")  # what a desk does: longer than anybody's name
OF: Final = re.compile(r"(?<=[부처청원회])의$")  # 과학기술정보통신부의
NEXT: Final = re.compile(r"(?:[^()（）\n]{0,40}[)）])?\s*(?:[,·/]|및|또는)?\s*")  # between two offices of one list


def contacts_in(text: str) -> tuple[Contact, ...]:
    """Return the offices a text names with their telephone, each once; they stay in the text as well."""
    found: dict[Contact, None] = {}
    body, end = "", 0
    for match in CALLED.finditer(text):
        words = match["words"].split()
        first = next((place for place in reversed(range(len(words))) if BODY.fullmatch(OF.sub("", words[place]))), None)
        if first is not None:
            body, words = OF.sub("", words[first]), words[first + 1 :]
        elif not body or not NEXT.fullmatch(text, end, match.start()):
            continue
        parts = words
        if len(words) > 1 and not PART.fullmatch(words[-1]):
            parts = words[:-1]
            words = words if DUTY.fullmatch(words[-1]) else parts  # else whoever sits there
        if all(map(PART.fullmatch, parts)):
            found[Contact(org=body, unit=" ".join(words), tel=match["tel"])] = None
        end = match.end()
    return tuple(found)
