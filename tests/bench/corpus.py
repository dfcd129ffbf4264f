"""A made-up mirror of any size, the same in every run: posts as an old blog has them, most in styled HTML."""

from pathlib import Path
from typing import Final

CATEGORIES: Final = ("경제", "환경", "교통", "주택", "보건", "교육", "문화", "안전", "농업", "고용", "과학", "외교")
AGENCIES: Final = ("하천관리청", "생활안전부", "대중교통원", "들녘진흥청", "배움지원부", "바다살림청")
SUBJECTS: Final = (
    "강변 산책로",
    "마을 도서관",
    "빗물 저금통",
    "야간 버스",
    "전통 시장",
    "어린이 보호구역",
    "작은 음악회",
)
DEEDS: Final = (
    "새로 엽니다",
    "크게 고칩니다",
    "함께 가꿉니다",
    "널리 알립니다",
    "한 해 더 이어 갑니다",
    "다시 살핍니다",
)
NOUNS: Final = (
    "나루터", "쉼터", "배움터", "장터", "물길", "숲길", "골목", "마루", "텃밭", "일터", "놀이터", "우물", "다리", "고개", "들판",
    "바닷가", "포구", "시내", "언덕", "마당", "책방", "공방", "온실", "창고", "정류장", "나무", "꽃길", "둑길", "샛길", "연못",
    "우체국", "보건소", "경로당", "어린이집", "체육관", "전시장", "공연장", "상담소", "수목원", "과수원", "양식장", "방앗간",
)  # fmt: skip
SENTENCES: Final = (
    "{agency}은 {a} 곁의 {b} {n}곳을 {c} 이용자와 함께 {deed}.",
    "{a} {n}곳을 찾은 주민 {m}명은 {b}보다 {c}부터 손보아 달라고 답했습니다.",
    "담당자는 “{a} 둘레의 {b}까지 {n}일 안에 살피겠다”며 {c} 이야기를 꺼냈습니다.",
    "{a} 예산은 {m}억 원이며, {b} {n}곳과 {c} 한 곳에서 먼저 시작합니다.",
    "자세한 내용은 {a} 옆 알림판과 {b} {n}층, {c} 누리집에서 볼 수 있습니다.",
    "{a} 이용은 지난해보다 {n}% 늘고 {b}에서는 {m}명이 더 찾아 {c}을 넘어섰습니다.",
    "{subject} 둘레의 {a}과 {b}도 {n}월까지 손보고 {c}으로 잇습니다.",
)
STYLE: Final = ' style="color: rgb(0, 0, 0); font-size: 11pt; line-height: 180%;"'
LIST: Final = "<ul><li>대상: 누구나</li><li>기간: {month}월 한 달</li><li>문의: {agency}</li></ul>"


def draw(number: int, salt: int, size: int) -> int:
    """Return a number below `size`, scattered and always the same."""
    return (number * 2_654_435_761 + salt * 40_503 + (number >> 3) * salt) % 4_294_967_291 % size


def post(number: int) -> tuple[str, str]:
    """Return the name and the text of post `number`."""
    words = {
        "agency": AGENCIES[draw(number, 1, len(AGENCIES))],
        "subject": SUBJECTS[draw(number, 2, len(SUBJECTS))],
        "deed": DEEDS[draw(number, 3, len(DEEDS))],
        "year": str(2012 + draw(number, 4, 14)),
        "month": str(1 + draw(number, 5, 12)),
        "count": str(100 + draw(number, 6, 900)),
        "number": str(2 + draw(number, 7, 40)),
    }
    size = 6 + draw(number, 8, 14)
    lines = [sentence(number, place, words) for place in range(size)]
    is_html = number % 5 != 0
    if is_html:
        body = "\n".join(f'<p{STYLE}><span style="color: black;">{line}</span></p>\n<p>&nbsp;</p>' for line in lines)
        body += f"\n{LIST.format(**words)}"
    else:
        body = "\n\n".join(line if place % 3 else f"**{line}**" for place, line in enumerate(lines))
    head = [
        f'title: "{words["subject"]} {words["deed"]} ({number})"',
        f"date: {words['year']}-{int(words['month']):02}-{1 + draw(number, 9, 28):02}T09:00:00+09:00",
        f"categories: [{CATEGORIES[draw(number, 10, len(CATEGORIES))]}]",
        f"agency: {words['agency']}",
        f'excerpt: "{lines[0]}"',
        "source:",
        "  name: 견본브리핑",
        f"  url: https://press.example.go.kr/view?id={number}",
        "license: KOGL-1",
    ]
    return f"{number:08}.{'html' if is_html else 'md'}", "\n".join(("---", *head, "---", "", body, ""))


def sentence(number: int, place: int, words: dict[str, str]) -> str:
    """Return sentence `place` of post `number`; no two posts are alike."""
    salt = 100 + 7 * place
    nouns = {name: NOUNS[draw(number, salt + turn, len(NOUNS))] for turn, name in enumerate("abc")}
    numbers = {"n": 2 + draw(number, salt + 3, 90), "m": 100 + draw(number, salt + 4, 9000)}
    return SENTENCES[draw(number, salt + 5, len(SENTENCES))].format(**words, **nouns, **numbers)


def write_posts(folder: Path, count: int) -> None:
    """Write `count` posts into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        name, text = post(number)
        (folder / name).write_text(text, "utf-8")
