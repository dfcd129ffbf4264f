"""Article pages for a rehearsal: some with all that an article may have, some with nothing that it may lack.

A branch of a template that no article of a site has come to yet is met by one of them.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle
from typing import Final

from sitegen.model import (
    Article,
    Attachment,
    Attribution,
    BodyFormat,
    Contact,
    Correction,
    Edit,
    Entry,
    Evidence,
    GatedHtml,
    Indexing,
    Kind,
    Licence,
    Media,
    Origin,
    PictureCredit,
    Provenance,
    Revision,
    RuleUse,
    Scope,
    Source,
)
from sitegen.problems import Where
from sitegen.views import ArticlePage, Card, Crumb, CrumbWords, Scrolling

DAY: Final = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
WHEN: Final = "2026-03-02"
WHERE: Final = Where("content/articles/2026/03/trial.md")
ORIGINAL: Final = "https://agency.example/1"
HOME: Final = "https://agency.example/"
DIGEST: Final = "0" * 64
KOREAN: Final = "시험용"  # what is made up: a template may know the keys of its own site, and no others
FOREIGN: Final = "trial"
LANGUAGES: Final = ("ko", "en", "ar")  # the interface's two, and one that is written from right to left
PICTURES: Final = ("/img/trial.png", "https://photo.example/trial.png")
SOURCE: Final = Source(
    name=KOREAN,
    site=HOME,
    url=ORIGINAL,
    id="1",
    retrieved=WHEN,
    sha256=DIGEST,
    text_sha256=DIGEST,
    revision="2",
    statement="전재 안내",
)
LICENCE: Final = Licence(
    id="KOGL-1",
    ai=True,
    scope=Scope.ALL,
    evidence=Evidence(kind="page-mark", text="공공누리", url=ORIGINAL, seen=WHEN),
)
NO_LICENCE: Final = Licence()
EDITS: Final = (Edit("앞", "옛말", "", "뒤"), Edit("", "", "새말", ""))
CARDS: Final = (
    Card("/2026/03/trial/", KOREAN, "요약", DAY, KOREAN, KOREAN, "ko"),
    Card("/undated/trial/", FOREIGN, "", None, "", "", "en"),
)
PLACES: Final = (Crumb(label=KOREAN, url="/category/시험용/"), Crumb(label=FOREIGN, url="/category/trial/"))


def trial_articles() -> Iterator[ArticlePage]:
    """Yield pages of articles: of every kind, with all that they may have and with nothing, shown and only led to."""
    languages = cycle(LANGUAGES)
    for kind, indexing, picture in zip(Kind, cycle(Indexing), cycle(PICTURES), strict=False):
        for is_shown in (True, False):
            yield full_page(kind, indexing, next(languages), picture, is_shown=is_shown)
    for summary, is_shown in (("", True), ("요약", True), ("", False)):
        yield empty_page(summary, is_shown=is_shown)


def full_page(kind: Kind, indexing: Indexing, lang: str, picture: str, *, is_shown: bool) -> ArticlePage:
    """Return the page of an article that has everything. `is_shown`: its text, too."""
    entry = Entry(
        article=full_article(kind, lang, picture),
        body=GatedHtml(html="<p>글</p>" if is_shown else ""),
        attribution=full_attribution(lang, is_shown=is_shown),
        licence=LICENCE,
        indexing=indexing,
        url="/2026/03/trial/",
        summary="요약" if is_shown else "",
        reading_minutes=3 if is_shown else 0,
        link_only=not is_shown,
        provenance=Provenance(text_sha256=DIGEST, rules=(RuleUse("b->strong", 2), RuleUse("attr:style", 1))),
        fingerprint=b"0",
    )
    return ArticlePage(
        url=entry.url,
        entry=entry,
        attribution=entry.attribution,
        crumbs=(Crumb(label="홈", url="/", words=CrumbWords.HOME), *PLACES, Crumb(label=KOREAN, lang=lang)),
        agencies=PLACES,
        categories=PLACES,
        tags=PLACES,
        reading_minutes=entry.reading_minutes,
        description=entry.summary,
        newer=CARDS[0],
        older=CARDS[1],
        related=CARDS,
        related_title=KOREAN,
        record_url="/2026/03/trial/article.json",
        alike=CARDS,
        scrolling=Scrolling(table="표", code="코드"),
    )


def full_article(kind: Kind, lang: str, picture: str) -> Article:
    """Return an article whose head says all that it may say; only a notice says that there is no article."""
    return Article(
        path="articles/2026/03/trial.md",
        where=WHERE,
        places=(("title", 2, 1),),
        slug="trial",
        permalink="/2026/03/trial/",
        aliases=("/old/",),
        title=KOREAN,
        subtitle="부제",
        summary="요약",
        published=DAY,
        stated_year=DAY.year,
        order=1,
        updated=DAY,
        embargo_until=DAY,
        lang=lang,
        kind=kind,
        agencies=(KOREAN, FOREIGN),
        categories=(KOREAN, FOREIGN),
        tags=(KOREAN, FOREIGN),
        image=picture,
        source=SOURCE,
        licence=LICENCE,
        media=(Media(src=picture, license="KOGL-1", credit="찍은 이"), Media(src="*")),
        attachments=(
            Attachment(label="붙임", url="/files/trial.pdf"),
            Attachment(label="붙임", url=f"{HOME}trial.pdf"),
            Attachment(label="붙임"),
        ),
        contacts=(Contact(org=KOREAN, unit=KOREAN, tel="02-000-0000"), Contact()),
        changes=("translation",),
        corrections=(Correction(text="바로잡음", date=WHEN), Correction(text="바로잡음")),
        origin=Origin(
            profile="korea-kr",
            capture="trial.html",
            item="2",
            place="_posts/trial.md",
            unplaced=1,
            unread_keys=("layout",),
            revisions=(
                Revision(revision="1", sha256=DIGEST, seen=WHEN, edits=EDITS),
                Revision(revision="", sha256="", same_text=True),
            ),
        ),
        body="글",
        body_line=9,
        body_format=BodyFormat.HTML,
    )


def full_attribution(lang: str, *, is_shown: bool) -> Attribution:
    """Return an attribution that says all that it may say."""
    return Attribution(
        before="이 글은 ",
        link=ORIGINAL,
        after="에서 볼 수 있습니다.",
        source_name=KOREAN,
        source_url=ORIGINAL,
        has_original=True,
        institution=KOREAN,
        licence_label="공공누리 제1유형",
        licence_url="https://licence.example/1",
        licence_scope="글만",
        is_unknown=False,
        statement="전재 안내",
        link_only="" if is_shown else "본문을 싣지 않습니다.",
        doubts=("모르는 것",),
        disclaimer="알림",
        pictures=(
            PictureCredit("trial.png", "찍은 이", "공공누리 제1유형", "https://licence.example/1"),
            PictureCredit("", "", "", ""),
        ),
        language="ko" if lang == "ko" else "en",
    )


def empty_page(summary: str, *, is_shown: bool) -> ArticlePage:
    """Return the page of an article that has only a title, or a summary, too, that stands for its text."""
    attribution = Attribution(
        before="출처를 알 수 없습니다.",
        link="",
        after="",
        source_name="",
        source_url="",
        has_original=False,
        institution="",
        licence_label="알 수 없음",
        licence_url="",
        licence_scope="",
        is_unknown=True,
        statement="",
        link_only="" if is_shown else "본문을 싣지 않습니다.",
        doubts=(),
        disclaimer="알림",
    )
    entry = Entry(
        article=Article(path="articles/trial.md", where=WHERE, slug="trial", title=KOREAN, summary=summary),
        body=GatedHtml(html=""),
        attribution=attribution,
        licence=NO_LICENCE,
        indexing=Indexing.SOURCE_FIRST,
        url="/undated/trial/",
        summary=summary,
        link_only=not is_shown,
    )
    return ArticlePage(
        url=entry.url,
        entry=entry,
        attribution=attribution,
        crumbs=(Crumb(label="홈", url="/", words=CrumbWords.HOME), Crumb(label=KOREAN)),
        agencies=(),
        categories=(),
        tags=(),
        reading_minutes=0,
        description=summary,
        newer=None,
        older=None,
        related=(),
        related_title="",
        record_url="/undated/trial/article.json",
    )
