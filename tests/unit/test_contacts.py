"""Offices with their telephone, as releases and posts name them; the institutions and numbers are made up."""

import pytest

from sitegen.importers.contacts import contacts_in


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("문의: 하천환경부 물길정책과(044-000-0000)", ["하천환경부 물길정책과 044-000-0000"]),
        (
            "자세한 내용은 하천환경부 물길정책국 물길관리과(☎ 044-000-0001)로 문의하시기 바랍니다.",
            ["하천환경부 물길정책국 물길관리과 044-000-0001"],
        ),
        (
            "문의 : 나루청 수문본부 정비국 수문조사과 (전화: 02-000-0000)",
            ["나루청 수문본부 정비국 수문조사과 02-000-0000"],
        ),
        (
            "하천환경부 물길정책과(044-000-0000, 0009), 둑관리과(044-000-0002) 및 나루청 대변인(042-000-0000)",
            [
                "하천환경부 물길정책과 044-000-0000",
                "하천환경부 둑관리과 044-000-0002",
                "나루청 대변인 042-000-0000",
            ],
        ),
        ("하천환경부의 물길기획단 총괄과(044-000-0000)", ["하천환경부 물길기획단 총괄과 044-000-0000"]),
        (
            "한국물길공단(1500-0000), 국립나루관 운영과(02-000-0000)",
            ["한국물길공단  1500-0000", "국립나루관 운영과 02-000-0000"],
        ),
        ("나루특별시 물길과(02-000-0000)", ["나루특별시 물길과 02-000-0000"]),
        # of one whose institution nobody names, of a person, of what is no office
        ("둑관리과(044-000-0002)로 문의", []),
        ("하천환경부 물길정책과 김하늘 사무관(010-0000-0000)", []),
        ("하천환경부 자료를 보고 전화(044-000-0000)", []),
        (
            "하천환경부 물길정책과(044-000-0000) 다른 이야기가 이어진다. 둑관리과(044-000-0002)",
            ["하천환경부 물길정책과 044-000-0000"],
        ),
        ("통계 하천환경부 물길정책과(044-000-00001)", []),
    ],
)
def test_offices_are_found_with_their_institution(text, offices):
    """One that follows in a list has the institution of the one before it."""
    assert [f"{item.org} {item.unit} {item.tel}" for item in contacts_in(text)] == offices
