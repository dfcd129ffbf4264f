"""Answers of data.go.kr → releases: embargoes, revisions, states, and the service's own errors."""

import pytest

from sitegen.errors import ContentError
from sitegen.importers.profiles import named
from sitegen.importers.words import enclosed_in
from tests.conftest import captured, made

GATEWAY_ERROR = """<OpenAPI_ServiceResponse><cmmMsgHeader><returnAuthMsg>KEY_ERROR</returnAuthMsg>
<returnReasonCode>30</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>"""
SERVICE_ERROR = """<response><header><resultCode>98</resultCode><resultMsg>DATE_RANGE</resultMsg></header>
<body/></response>"""


@pytest.mark.parametrize(("text", "said"), [(GATEWAY_ERROR, "30 KEY_ERROR"), (SERVICE_ERROR, "98 DATE_RANGE")])
def test_an_error_of_the_service_is_an_error(text, said):
    """Both envelopes come with HTTP 200."""
    with pytest.raises(ContentError, match=f"API001.*{said}"):
        named("data-go-kr").read(made(text))


def test_no_data_is_no_item():
    """A day without releases is not a failure."""
    text = "<response><header><resultCode>3</resultCode><resultMsg>NODATA_ERROR</resultMsg></header><body/></response>"

    assert named("data-go-kr").read(made(text)) == []


def test_an_embargo_is_kept_and_what_was_changed_before_it_is_no_correction():
    """Not a word may be published before its time, and nobody had read what was changed until then."""
    text = captured("data_go_kr.xml").text.replace("<EmbargoDate>", "<EmbargoDate>05/15/2024 09:00:00")

    (draft,) = named("data-go-kr").read(made(text))

    assert f"{draft.embargo_until:%Y-%m-%d %H:%M %z}" == "2024-05-15 09:00 +0900"
    assert draft.updated is None


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("05/15/2024 09:00", "2024-05-15 09:00"),
        ("05/15/2024", "2024-05-15 00:00"),
        ("05/15/2024 24:00:00", "2024-05-16 00:00"),
        ("2024-05-15 09:00", "2024-05-15 09:00"),
        ("미정", ""),
    ],
)
def test_an_embargo_of_another_form_is_read_or_holds_the_release_back(said, until):
    """One that was only ignored let a release out before its time."""
    text = captured("data_go_kr.xml").text.replace("<EmbargoDate>", f"<EmbargoDate>{said}")

    (draft,) = named("data-go-kr").read(made(text))

    assert (f"{draft.embargo_until:%Y-%m-%d %H:%M}" if draft.embargo_until else "") == until
    assert draft.draft is not bool(until)
    assert draft.unplaced == (() if until else (f"EmbargoDate: {said}",))
    assert bool(draft.doubts) is not bool(until)


@pytest.mark.parametrize("said", ["-", "00/00/0000 00:00:00", "해당 없음"])
def test_an_embargo_that_says_there_is_none_holds_nothing_back(said):
    """Every release of such a service was a draft."""
    text = captured("data_go_kr.xml").text.replace("<EmbargoDate>", f"<EmbargoDate>{said}")

    (draft,) = named("data-go-kr").read(made(text))

    assert (draft.draft, draft.embargo_until, draft.doubts, draft.unplaced) == (False, None, (), ())


def test_what_an_answer_says_besides_is_told():
    """A new element may be a telephone, or a licence of another kind."""
    text = captured("data_go_kr.xml").text.replace("<KoglType>1<", "<TelNo>044-000-7000</TelNo><KoglType>9<")

    (draft,) = named("data-go-kr").read(made(text))

    assert draft.unplaced == ("TelNo: 044-000-7000", "KoglType: 9")
    assert draft.licence.id == "UNKNOWN"


def test_a_revision_after_publication_is_kept():
    """Readers of the first words are told that there are others."""
    (draft,) = named("data-go-kr").read(captured("data_go_kr.xml"))
    (later,) = named("data-go-kr").read(
        made(
            captured("data_go_kr.xml")
            .text.replace("<EmbargoDate>", "<EmbargoDate>05/15/2024 09:00:00")
            .replace("<ModifyDate>05/14/2024", "<ModifyDate>05/16/2024")
        )
    )

    assert f"{draft.updated:%Y-%m-%d %H:%M}" == "2024-05-14 13:00"
    assert f"{later.updated:%Y-%m-%d %H:%M}" == "2024-05-16 13:00"


def test_a_state_nobody_knows_is_a_doubt():
    """The service documents new and updated; a third may be a withdrawal."""
    text = captured("data_go_kr.xml").text.replace("<ContentsStatus>U<", "<ContentsStatus>D<")

    (draft,) = named("data-go-kr").read(made(text))

    assert draft.doubts == ("ContentsStatus D: neither new nor updated",)


def test_words_that_name_the_enclosures_are_no_files_beside_the_files():
    """They are the same: a reader was told of three files where there were two."""
    text = captured("data_go_kr.xml").text
    closing = "붙임  1. 강물 포럼 1부.<br/>2. 일정표 1부.  끝."
    assert text.count("붙 임 : 일정표") == 1

    (draft,) = named("data-go-kr").read(made(text.replace("붙 임 : 일정표", closing)))

    assert [file.label for file in draft.attachments] == ["강물 포럼.hwp"]
    assert draft.body.endswith("일정표 1부. 끝.")


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        (["붙 임 : 일정표"], ["일정표"]),
        (["붙임 1. 행사 개요 1부.", "2. 참석자 명단 1부. 끝."], ["행사 개요", "참석자 명단"]),
        (["붙임:", "1) 개요", "2) 명단 2부. 끝.", "3) 그 밖의 일"], ["개요", "명단"]),
        (["첨부: 1. 개요 2. 사진 각 1부. 끝."], ["개요", "사진"]),
        (["붙임1. 개요", "붙임2. 명단.hwp"], ["개요", "명단.hwp"]),
        (["붙임 1. 개요", "일시: 3월 2일", "2. 장소"], ["개요"]),
        (["붙임: 1. 2026. 2. 3. 행사 계획"], ["1. 2026. 2. 3. 행사 계획"]),
        (["붙임 1. 2026년 예산안 1부.", "2. 3개년 계획 1부. 끝."], ["2026년 예산안", "3개년 계획"]),
        (["붙임: 여정의 끝"], ["여정의 끝"]),
        (["붙임: 없음"], []),
        (["첨부. 해당 없음."], []),
        (["붙임 : 위와 같음. 끝."], []),
        (["붙임", "1. 개요"], []),
        (["붙임 : " + "가" * 200], []),
    ],
)
def test_the_enclosures_that_a_text_names_are_read_to_their_last_item(lines, labels):
    """The second of two was passed over, and "none" was a file of that name."""
    assert [file.label for file in enclosed_in(lines)] == labels
