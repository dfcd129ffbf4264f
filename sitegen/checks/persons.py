"""Text → the numbers in it by which persons are known: resident numbers, which nobody may publish, and mobile ones."""

import re
from collections.abc import Iterable
from typing import Final

from sitegen.runtime.late import Late

DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
RESIDENT_NUMBER: Final = re.compile(rf"(?<!\d)\d{{6}}\s?[{DASHES}]\s?[1-8]\d{{6}}(?!\d)")
COMPANY: Final = re.compile(r"(?:법인|사업자)\s?(?:등록)?\s?번호\s?[:：]?\s?$")
# Its end: a cheap look before the expensive one, and cheapest at the dash that most texts have.
RESIDENT_END: Final = re.compile(r"-\s?[1-8]\d{6}")
RESIDENT_OTHER_END: Final = Late(rf"[{DASHES[1:]}]\s?[1-8]\d{{6}}")
# A mobile number: what must not stand before it is asked behind its first digits, which are found in no time.
MOBILE_REST: Final = rf"[016789](?:[{DASHES}\s.]|\)\s?)\d{{3,4}}[{DASHES}\s.]\d{{4}}(?!\d)"
MOBILE_NUMBER: Final = re.compile(rf"01(?:(?<!\d01){MOBILE_REST}|(?<![{DASHES}\w.=/%]01)0\d{{8}}(?![{DASHES}\w]))")
# The last eight digits of numbers that forms show for example, and nobody has.
EXAMPLES: Final = frozenset({"12345678", "00000000"})
MOBILE_ABROAD: Final = Late(rf"\+82[{DASHES}\s.]?(?:\(0\))?1(?:{MOBILE_REST}|0\d{{8}}(?!\d))")


def mobile_number_in(text: str) -> str:
    """Return the first mobile number of a text, or nothing."""
    found = first_of_a_person(MOBILE_NUMBER.finditer(text))
    return found or (first_of_a_person(MOBILE_ABROAD.pattern.finditer(text)) if "+82" in text else "")


def first_of_a_person(numbers: Iterable[re.Match[str]]) -> str:
    """Return the first of these numbers that is no example, or nothing."""
    said = (found[0] for found in numbers)
    return next((number for number in said if "".join(filter(str.isdecimal, number))[-8:] not in EXAMPLES), "")


def resident_number_in(text: str) -> str:
    """Return the first resident or foreigner number of a text, or nothing; companies have numbers of the same form."""
    has_other = any(dash in text for dash in DASHES[1:])
    if not (RESIDENT_END.search(text) or (has_other and RESIDENT_OTHER_END.pattern.search(text))):
        return ""
    return next((found[0] for found in RESIDENT_NUMBER.finditer(text) if is_person(found, text)), "")


def is_person(found: re.Match[str], text: str) -> bool:
    """Return whether a number begins with a birthday and is not said to be a company's."""
    month, day = int(found[0][2:4]), int(found[0][4:6])
    is_birthday = 1 <= month <= 12 and 1 <= day <= 31  # noqa: PLR2004  months and days
    return is_birthday and not COMPANY.search(text[max(0, found.start() - 16) : found.start()])
