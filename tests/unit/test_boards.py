"""Boards: families declared as data; what stands in the frame of an article is accounted for, what stands around is not."""

import time
import tomllib
from pathlib import Path

import pytest

from sitegen.errors import UsageError
from sitegen.importers.board_facts import day_in, embargo_in, is_institution
from sitegen.importers.board_families import families
from sitegen.importers.capture import Capture
from sitegen.importers.profiles import choose, drafts_of, profiles_for
from sitegen.messages import hint_of, message_of

PAGES = tomllib.loads((Path(__file__).parents[1] / "captures/boards.toml").read_text("utf-8"))["page"]
ENOUGH = 6.0  # seconds of the processor, on a slow machine
OWN = """
[[board]]
name = "own"
detect = ["article.release"]
body = ".words"
title = "h1"
source = { name = "나루청", site = "https://press.example.go.kr/" }
"""


def capture_of(page, head=""):
    """Return a page of a board as it would be saved."""
    return Capture(f"<!doctype html><html><head>{head}</head><body>{page}</body></html>".encode(), "board.html")


@pytest.mark.parametrize("board", PAGES, ids=lambda board: board["title"])
def test_a_board_is_read_by_its_family(board):
    """The facts of the table, the text, the mark of the licence; the rest by the rule that knows it."""
    capture = capture_of(board["page"], board.get("head", ""))

    profile, _ = choose(capture)
    (draft,) = drafts_of(profile, capture)

    assert draft.profile == board["profile"]
    assert (draft.title, draft.subtitle) == (board["title"], board.get("subtitle", ""))
    assert list(draft.agencies) == ([board["agency"]] if "agency" in board else [])
    assert (f"{draft.embargo_until:%Y-%m-%d %H:%M}" if draft.embargo_until else "") == board.get("embargo", "")
    assert (draft.draft, list(draft.doubts)) == (board.get("draft", False), board.get("doubts", []))
    assert bool(draft.source.text_sha256) or not board.get("proven", False)
    assert (f"{draft.published:%Y-%m-%d}" if draft.published else "") == board.get("date", "")
    assert (f"{draft.updated:%Y-%m-%d}" if draft.updated else "") == board.get("updated", "")
    assert draft.licence.id == board["license"]
    assert draft.source.url == board.get("url", "")
    assert draft.source.name == board.get("source", "")
    assert [file.label for file in draft.attachments] == board.get("files", [])
    assert [f"{item.org} {item.unit} {item.tel}" for item in draft.contacts] == board.get("contacts", [])
    assert draft.body == board["body"]
    assert draft.dropped == board["dropped"]
    assert list(draft.unplaced) == board.get("unplaced", [])
    assert not (draft.unplaced and draft.source.text_sha256)


@pytest.mark.parametrize(
    ("saved", "source", "address", "doubts"),
    [
        ("", "", "", 1),
        (
            "<!-- saved from url=(0033)https://press.example.go.kr/a/1 -->",
            "",
            "https://press.example.go.kr/down.do?f=1",
            0,
        ),
        ("", 'source = { site = "https://press.example.go.kr" }', "https://press.example.go.kr/down.do?f=1", 0),
    ],
    ids=["nobody knows", "saved from", "declared"],
)
def test_a_file_is_led_to_on_its_own_site_or_told(tmp_path, saved, source, address, doubts):
    """A path alone would lead to a file of ours, and what is left out in silence nobody looks for."""
    declared = OWN.replace(
        'source = { name = "나루청", site = "https://press.example.go.kr/" }', 'files = "a"\n' + source
    )
    (tmp_path / "boards.toml").write_text(declared, "utf-8")
    page = (
        '<article class="release"><h1>소식</h1><div class="words"><p>글 <b>둘</b></p></div>'
        '<a href="/down.do?f=1">가.hwp</a><a href="https://file.example.kr/b.hwp">나.hwp</a>'
        """<a href="javascript:down('3')">다.hwp</a><a href="#">라.hwp</a></article>"""
    )

    profile, _ = choose(capture_of(page, saved), profiles_for(tmp_path))
    (draft,) = drafts_of(profile, capture_of(page, saved))

    assert [file.label for file in draft.attachments] == ["가.hwp", "나.hwp", "다.hwp", "라.hwp"]
    assert [file.url for file in draft.attachments] == [address, "https://file.example.kr/b.hwp", "", ""]
    assert len(draft.doubts) == doubts


def test_a_folder_may_declare_boards_of_its_own(tmp_path):
    """A new agency needs no new release of ours."""
    (tmp_path / "boards.toml").write_text(OWN, "utf-8-sig")  # as editors on Windows save it
    capture = capture_of('<article class="release"><h1>소식</h1><div class="words"><p>글 <b>둘</b></p></div></article>')

    profile, _ = choose(capture, profiles_for(tmp_path))
    (draft,) = profile.read(capture)

    assert choose(capture)[0].name == "generic"
    assert (draft.profile, draft.title, draft.source.site) == ("board-own/1", "소식", "https://press.example.go.kr")


@pytest.mark.parametrize(
    ("declared", "reason", "place", "hint"),
    [
        ("[[board]]\nname = 'a'", "missing: body, detect", "1:1", "needs name, detect and body"),
        (f"{OWN}colour = 'red'", "unknown: colour", "8:1", "known keys: name, body"),
        (f"{OWN}\n[[board]]\nname = 'b'\n", "missing: body, detect", "9:1", "needs name"),
        (OWN + "facts = { '제목' = 'titel' }", "facts: titel", "8:19", "one of agency, date"),
        (OWN.replace('".words"', '".words["'), "Malformed attribute selector", "2:1", "CSS selector"),
        ("[[board", "Expected", "1:1", "quotes and brackets"),
        (
            OWN.replace('["article.release"]', '"article.release"'),
            "wrong kind of value: detect",
            "4:1",
            "detect a list",
        ),
        (
            OWN.replace('{ name = "나루청", site = "https://press.example.go.kr/" }', '"나루청"'),
            "wrong kind of value: source",
            "7:1",
            "source are",
        ),
        (OWN + "facts = ['제목']", "wrong kind of value: facts", "8:1", "facts, drop"),
        ("board = 5", "wrong kind of value: board", "1:1", "board is [[board]]"),
    ],
)
def test_a_declaration_that_cannot_be_used_is_told_with_its_reason(tmp_path, declared, reason, place, hint):
    """A typing error must not make all boards unknown."""
    path = tmp_path / "boards.toml"
    path.write_text(declared, "utf-8")

    with pytest.raises(UsageError) as caught:
        families(path)

    problem = caught.value.problem
    assert str(problem.where) == f"{path}:{place}"
    assert problem.code == "IMP011"
    assert reason in dict(problem.details)["message"]
    assert hint in hint_of(problem, "en")
    assert message_of(problem, "ko") != message_of(problem, "en")


def test_a_declaration_of_brackets_in_brackets_is_told(tmp_path):
    """A parser that gives up is no bug of ours."""
    path = tmp_path / "boards.toml"
    path.write_text(f"board = {'[' * 5_000}", "utf-8")

    with pytest.raises(UsageError) as caught:
        families(path)

    problem = caught.value.problem
    assert (problem.code, str(problem.where)) == ("IMP011", f"{path}:1:1")
    assert message_of(problem, "ko").endswith("괄호가 너무 깊이 겹쳐 있습니다")


@pytest.mark.parametrize(
    "row",
    [
        "<b>등록일</b> 2026-03-02",
        "등록일 : 2026-03-02",
        "<b>등록일</b><span>2026-03-02</span>",
        "<b>등록일 <i>2026-03-02</i></b>",
    ],
)
def test_a_fact_is_read_however_its_row_is_drawn(tmp_path, row):
    """A heading and its value stand in cells, in an element each, or in one line."""
    declared = OWN + 'rows = ".facts li"\nfacts = { "등록일" = "date" }\nframe = "article"\n'
    (tmp_path / "boards.toml").write_text(declared.replace("source =", "#"), "utf-8")
    capture = capture_of(
        f'<article class="release"><h1>소식</h1><ul class="facts"><li>{row}</li></ul><div class="words"><p>글 <b>둘</b></p></div></article>'
    )

    profile, _ = choose(capture, profiles_for(tmp_path))
    (draft,) = profile.read(capture)

    assert f"{draft.published:%Y-%m-%d}" == "2026-03-02"
    assert draft.unplaced == ()


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("2026. 3. 3.(화) 12:00 이후 보도", "2026-03-03 12:00"),
        ("2026. 3. 3.(화) 오후 2시 30분부터", "2026-03-03 14:30"),
        ("2026-03-03 오전 12:00", "2026-03-03 00:00"),
        ("2026.3.3.(화) 낮 12시", "2026-03-03 12:00"),
        ("2026. 3. 3.(화) 조간", "2026-03-03 00:00"),
        ("배포 시", ""),
        ("즉시 보도 가능", ""),
        ("2026. 3. 3.(화) 석간", "2026-03-04 00:00"),
        ("2026. 3. 3.(화) 12:00 석간", "2026-03-03 12:00"),
        ("석간 2026. 3. 3.(화)", "unread"),
        ("14:00, 2026. 3. 3.", "unread"),
        ("배포일시: 2026. 3. 3. 14:00", "2026-03-03 14:00"),
        ("2026. 12. 31. 24:00", "2027-01-01 00:00"),
        ("9999. 12. 31. 24:00", "9999-12-31 23:59"),
        ("-", ""),
        ("없음", ""),
        ("해당없음", ""),
        ("해당 사항 없음", ""),
        ("미적용", ""),
        ("0000-00-00 00:00:00", ""),
        ("00:00", "unread"),
        ("2026. 3. 3. 24:30", "unread"),
        ("2026. 3. 3.(화) 회의 끝난 뒤", "unread"),
        ("2026. 3. 3. 25:00", "unread"),
        ("3. 3.(화) 조간", "unread"),
    ],
)
def test_an_embargo_is_read_or_told(said, until):
    """An hour too early breaks a promise to a ministry: what is not understood holds the release back."""
    moment, is_unread = embargo_in(said)

    assert ("unread" if is_unread else f"{moment:%Y-%m-%d %H:%M}" if moment else "") == until


@pytest.mark.parametrize("said", ["<span>-</span>", "해당없음"])
def test_a_board_that_says_there_is_no_embargo_makes_no_draft(said):
    """Its row is there on every page, with or without a time in it."""
    (draft,) = read_table(f"<tr><th>제목</th><td>둑</td></tr><tr><th>엠바고</th><td>{said}</td></tr>")

    assert (draft.draft, draft.embargo_until, draft.unplaced) == (False, None, ())


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("<strong>신규</strong> 원전 건설 계획", "신규 원전 건설 계획"),
        ("<span>인기</span> 축제 안내", "인기 축제 안내"),
        ("비타민 <i>N</i>", "비타민 N"),
        ('<b class="new">공지</b> 사항 바뀐다', "공지 사항 바뀐다"),
        ('<span class="newsTitle">공지</span> 사항 바뀐다', "공지 사항 바뀐다"),
        ('<span class="icon">공지</span>', "공지"),
        ("<strong>[공지]</strong> 둑 공사", "둑 공사"),
        ('<span class="ico_new">N</span> 둑 공사', "둑 공사"),
        ('둑 공사<a><em class="badge">HOT</em></a><span class="iconNew">NEW</span><img src="a.gif">', "둑 공사"),
        ("둑 공사 <em>새글</em>", "둑 공사"),
    ],
)
def test_a_badge_is_taken_off_a_title_and_a_word_is_not(written, title):
    """A plan for new power stations was one for power stations."""
    (draft,) = read_table(f"<tr><th>제목</th><td>{written}</td></tr>")

    assert draft.title == title
    assert draft.unplaced == ()


def test_a_link_that_says_only_how_large_its_file_is_names_none():
    """Its empty name switched off the reading of all heads."""
    link = '<a href="https://naru.example.kr/d.hwp">(87KB)</a>'
    (draft,) = read_table(
        "<tr><th>제목</th><td>둑</td></tr><tr><td>등록일 2026-03-02</td></tr>"
        f"<tr><th>첨부파일</th><td>둑.hwp {link}</td></tr>"
    )

    assert [file.label for file in draft.attachments] == ["둑.hwp"]
    assert draft.unplaced == ()


@pytest.mark.parametrize(
    "rows",
    [
        f"<tr><th>제목</th><td>둑 {'<b>N</b>' * 15_000}</td></tr>",
        f"<tr><th>제목</th><td>둑</td></tr><tr><td>{'<b>' * 8_000}글{'</b>' * 8_000}</td></tr>",
    ],
    ids=["badges", "nested"],
)
def test_a_row_of_many_elements_is_read_in_time(rows):
    """What each of them held was read anew: half a minute for one page."""
    started = time.process_time()

    (draft,) = read_table(rows)

    assert draft.title.startswith("둑")
    assert time.process_time() - started < ENOUGH


def test_a_board_in_many_elements_is_read_in_time():
    """Each of them was searched for a title."""
    page = f"<h1>둑</h1>{'<div>' * 12_000}<div class='view_con'>글.</div>{'</div>' * 12_000}<p class='bbs_view'>나</p>"
    capture = capture_of(page)
    started = time.process_time()

    (draft,) = drafts_of(choose(capture)[0], capture)

    assert draft.title == "둑"
    assert time.process_time() - started < ENOUGH


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("26.03.05", "2026-03-05"),
        ("99-3-5 10:30", "1999-03-05"),
        ("2026.03.05", "2026-03-05"),
        ("26.13.05", ""),
        ("26.3", ""),
    ],
)
def test_the_year_of_a_day_may_have_two_digits(said, day):
    """Old boards write no others."""
    found = day_in(said)

    assert (f"{found:%Y-%m-%d}" if found else "") == day


@pytest.mark.parametrize("name", ["하천청", "환경부", "식품의약품안전처", "물값위원회", "국립나루연구원"])
def test_a_writer_that_is_an_institution_is_the_agency(name):
    """Boards of ministries name themselves as their writer."""
    assert is_institution(name)


@pytest.mark.parametrize("name", ["김나루", "물환경과", "홍보부", "시설안전처", "관리자", "대변인실"])
def test_a_writer_that_is_a_person_or_an_office_is_none(name):
    """Under their name nothing was published."""
    assert not is_institution(name)


def test_files_that_stand_outside_a_board_are_told():
    """Some draw the list of files below the table; nobody may look for them in vain."""
    (draft,) = read_table("<tr><th>제목</th><td>둑</td></tr>", "<ul><li>둑.hwp</li><li>목록</li></ul>")

    assert draft.unplaced == ("둑.hwp",)
    assert draft.dropped == {"around-the-board": 1}


@pytest.mark.parametrize(
    ("cell", "files"),
    [
        (
            '둑.hwp (87KB) <a href="https://a.go.kr/down?1">다운로드</a> <a href="https://a.go.kr/view?1">미리보기</a>',
            {"둑.hwp": "https://a.go.kr/down?1"},
        ),
        (
            '<p>둑.hwp <a href="https://a.go.kr/down?1">받기</a></p><p>물.pdf <a href="https://a.go.kr/down?2">받기</a></p><a href="https://a.go.kr/all">전체 다운로드</a>',
            {"둑.hwp": "https://a.go.kr/down?1", "물.pdf": "https://a.go.kr/down?2"},
        ),
        (
            '<a href="https://a.go.kr/down?1" title="둑.hwp 다운로드"><img src="/i.gif"></a>',
            {"둑.hwp": "https://a.go.kr/down?1"},
        ),
        ('둑.hwp 물.pdf <a href="https://a.go.kr/down?2">다운로드</a>', {"둑.hwp 물.pdf": "https://a.go.kr/down?2"}),
    ],
    ids=["beside", "rows", "title", "one-line"],
)
def test_a_button_that_loads_a_file_gives_the_name_beside_it_its_address(cell, files):
    """A name without an address leads nobody to the file."""
    (draft,) = read_table(f"<tr><th>제목</th><td>둑</td></tr><tr><th>첨부파일</th><td>{cell}</td></tr>")

    assert {file.label: file.url for file in draft.attachments} == files
    assert draft.unplaced == ()


def test_a_size_is_no_name_of_a_file():
    """A list of files that says nothing else is told, not listed as `87KB`."""
    (draft,) = read_table(
        '<tr><th>제목</th><td>둑</td></tr><tr><th>첨부파일</th><td><a href="/down?1">87KB</a></td></tr>'
    )

    assert (draft.attachments, draft.unplaced) == ((), ("87KB",))


SAID = '본 저작물은 "공공누리" <a href="//www.kogl.or.kr/info/licenseType1.do">제1유형:출처표시</a> 조건에 따라 이용할 수 있습니다.'


@pytest.mark.parametrize(
    ("notice", "dropped"),
    [
        (f'<div class="n"><a href="/i"><img src="/img_opentype01.png" alt="공공누리"></a><p>{SAID}</p></div>', 1),
        (f"<p>{SAID}</p>", 1),
        ('<p><img src="/new_img_opentype01.png" alt="공공누리 제1유형"></p>', 1),
        ("<div>공공누리 제1유형 : 출처표시</div>", 1),
        ('<p>둑을 쌓았다. <img src="/img_opentype01.png" alt="제1유형"></p>', 1),
    ],
    ids=["block", "sentence", "picture", "line", "beside-words"],
)
def test_a_licence_notice_inside_the_text_is_the_licence_and_no_text(notice, dropped):
    """Boards without a place for it end their texts with the mark."""
    (draft,) = read_table("<tr><th>제목</th><td>둑</td></tr>", within=notice)

    assert draft.licence.id == "KOGL-1"
    assert ("공공누리" in draft.body, "opentype" in draft.body) == (False, False)
    assert draft.dropped == {"licence": dropped}
    assert draft.unplaced == ()


@pytest.mark.parametrize(
    ("words", "licence"),
    [
        (f"<p>{SAID}</p><p>{SAID.replace('1', '4')}</p>", "UNKNOWN"),
        ("<p>하천청은 사진을 공공누리 제1유형으로 개방한다고 밝혔다.</p>", "UNKNOWN"),
        (f"<p>둑을 쌓았다. {SAID} 물길도 이었다.</p>", "UNKNOWN"),
    ],
    ids=["two-types", "news", "in-a-paragraph"],
)
def test_words_about_licences_that_are_no_notice_stay_in_the_text(words, licence):
    """What was taken out of a text by mistake nobody reads."""
    (draft,) = read_table("<tr><th>제목</th><td>둑</td></tr>", within=words)

    assert draft.licence.id == licence
    assert draft.body.count("공공누리") == words.count("공공누리")
    assert draft.dropped == {}


@pytest.mark.parametrize(
    ("words", "stay"),
    [
        ('<div><p><img src="https://a.go.kr/1.jpg"></p><p>{mark}</p></div>', ["https://a.go.kr/1.jpg"]),
        ('<div><iframe src="https://www.youtube.com/embed/abc"></iframe><p>{said}</p></div>', ["youtube.com"]),
    ],
    ids=["card-news", "video"],
)
def test_what_is_shown_beside_a_licence_notice_stays(words, stay):
    """A text of pictures has no other words; it would be empty."""
    mark = '<a href="https://www.kogl.or.kr/info/licenseType1.do"><img src="/img_opentype01.png"></a>'

    (draft,) = read_table("<tr><th>제목</th><td>둑</td></tr>", within=words.format(mark=mark, said=SAID))

    assert draft.licence.id == "KOGL-1"
    assert all(part in draft.body for part in stay)
    assert ("opentype" in draft.body, "이용할 수" in draft.body) == (False, False)


@pytest.mark.parametrize("caption", ["공공누리 제1유형", '<a href="/info/licenseType1.do">출처표시</a>'])
def test_the_licence_of_a_picture_is_not_that_of_the_text(caption):
    """It stands in its caption, and stays there."""
    figure = f'<figure><img src="https://a.go.kr/1.jpg" alt="둑"><figcaption>{caption}</figcaption></figure>'

    (draft,) = read_table("<tr><th>제목</th><td>둑</td></tr>", within=f"{figure}<p>뒤의 글</p>")

    assert draft.licence.id == "UNKNOWN"
    assert "https://a.go.kr/1.jpg" in draft.body
    assert draft.dropped == {}


def test_a_declared_licence_inside_the_text_is_no_text(tmp_path):
    """Its family says where it stands; to say it again under `drop` is not needed."""
    (tmp_path / "boards.toml").write_text(
        '[[board]]\nname = "naru"\ndetect = ["article.n"]\nbody = "article.n"\nlicence = ".mark"\n'
        'source = { name = "나루청" }\n',
        "utf-8",
    )
    capture = capture_of(
        f'<article class="n"><p>글 <b>둘</b>.</p><p class="mark">담당자: 공공누리 안내</p><div class="mark"></div><p>{SAID}</p></article>'
    )

    (draft,) = drafts_of(choose(capture, profiles_for(tmp_path))[0], capture)

    assert (draft.licence.id, "공공누리" in draft.body) == ("KOGL-1", False)


def read_table(rows, behind="", within=""):
    """Return what is read of a board's table with these rows, and more within its text."""
    page = (
        f'<table class="board_view">{rows}<tr><td class="cont"><p>글 <b>둘</b>.</p>{within}</td></tr></table>{behind}'
    )
    capture = capture_of(page)
    return drafts_of(choose(capture)[0], capture)
