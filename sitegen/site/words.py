"""The few words that page values carry themselves (everything else the theme says, from templates/words/)."""

from typing import Final

from sitegen.views import CrumbWords, Scrolling

# What steps of the breadcrumb are called where a theme does not ask for its own words.
LABELS: Final[dict[str, dict[CrumbWords, str]]] = {
    "ko": {
        CrumbWords.HOME: "홈",
        CrumbWords.CATEGORY: "분류",
        CrumbWords.AGENCY: "기관",
        CrumbWords.TAG: "주제어",
        CrumbWords.YEAR: "연도별",
        CrumbWords.MONTH: "월별",
        CrumbWords.LICENCE: "이용조건",
        CrumbWords.SEARCH: "검색",
        CrumbWords.CHANGES: "바로잡은 글",
    },
    "en": {
        CrumbWords.HOME: "Home",
        CrumbWords.CATEGORY: "Categories",
        CrumbWords.AGENCY: "Agencies",
        CrumbWords.TAG: "Topics",
        CrumbWords.YEAR: "Archive",
        CrumbWords.MONTH: "Months",
        CrumbWords.LICENCE: "Licences",
        CrumbWords.SEARCH: "Search",
        CrumbWords.CHANGES: "Corrections",
    },
}

# What a screen reader says of what scrolls in a text, which is not always in the language of the interface.
SCROLLING: Final = {
    "ko": Scrolling(table="표: 옆으로 밀어서 볼 수 있습니다", code="코드: 옆으로 밀어서 볼 수 있습니다"),
    "en": Scrolling(table="Table: scrolls sideways", code="Code: scrolls sideways"),
}

# Whom /about/ asks readers to tell: there the site's contact is linked.
WHOM: Final = {"ko": "이 누리집을 꾸리는 이에게", "en": "whoever runs this site"}
# What /about/ says until the site has its own content/pages/about.md.
ABOUT: Final[dict[str, tuple[str, str]]] = {
    "ko": (
        "누리집 소개",
        """<p>이 누리집은 공공기관이 발표한 보도자료와 정책 소식을 출처와 이용조건을 밝혀 다시 싣는 곳입니다.</p>
<p>정부 공식 누리집이 아니며, 글을 낸 기관의 후원을 받지 않습니다. 글의 저작권은 글을 만든 기관에 있고, 글마다 끝에 있는 ‘출처와 이용조건’을 따릅니다.</p>
<p><a href="/license/">이용조건</a>마다 무엇을 할 수 있는지 볼 수 있습니다. 잘못 옮긴 곳이나 내려야 할 글이 있으면 이 누리집을 꾸리는 이에게 알려 주세요.</p>
""",
    ),
    "en": (
        "About this site",
        """<p>This site republishes press releases and policy news of public bodies, with their source and terms of use.</p>
<p>It is not an official government site and is not sponsored by the bodies whose texts it shows. The copyright of each text stays with the body that made it; see “Source and terms” at the end of each article.</p>
<p>The <a href="/license/">licences</a> page explains the terms. If something was copied wrongly or should be taken down, please tell whoever runs this site.</p>
""",
    ),
}
