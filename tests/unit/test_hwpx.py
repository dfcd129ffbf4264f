"""HWPX: the words of a document, nothing of its layout; archives that mean harm are refused."""

import html
import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import ContentError
from sitegen.importers.capture import Capture
from sitegen.importers.draft import Part
from sitegen.importers.profiles import choose, drafts_of, named
from tests.unit.test_importers import read as read_capture

NAMES = 'xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph"'
TITLE = '<opf:package xmlns:opf="http://www.idpf.org/2007/opf/"><opf:metadata><opf:title>강물 소식</opf:title></opf:metadata></opf:package>'


def section(*content):
    """Return the XML of a section."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes" ?><hs:sec {NAMES}>{"".join(content)}</hs:sec>'


def paragraph(text, inside=""):
    """Return a paragraph whose text is cut into runs, as the word processor does."""
    runs = [text[start : start + 4] for start in range(0, len(text), 4)]
    written = "".join(f"<hp:run><hp:t>{html.escape(run, quote=False)}</hp:t></hp:run>" for run in runs)
    return f"<hp:p><hp:run>{inside}</hp:run>{written}</hp:p>"


def cell(text, columns=1):
    """Return a cell of a table."""
    span = f'<hp:cellSpan colSpan="{columns}" rowSpan="1"/>'
    return f"<hp:tc><hp:subList>{paragraph(text)}</hp:subList>{span}</hp:tc>"


def document(files, *, compression=zipfile.ZIP_DEFLATED, mimetype="application/hwp+zip"):
    """Return a capture of an archive of these files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name, content in files.items():
            archive.writestr(name, content)
    return Capture(data.getvalue(), "release.hwpx")


def read(capture):
    """Return the draft of a document."""
    profile, _ = choose(capture)
    assert profile.name == "hwpx"
    (draft,) = profile.read(capture)
    return draft


def test_a_document_gives_the_body_that_every_other_form_gives():
    """The attached file is often the only place where a release stands in full."""
    known = read_capture("korea_kr_page.txt")
    lines = [*known.body.split("\n\n"), known.source.statement]

    draft = read(document({"Contents/section0.xml": section(*map(paragraph, lines)), "Contents/content.hpf": TITLE}))

    assert draft.body == known.body
    assert (draft.title, draft.source.statement, draft.published) == ("강물 소식", known.source.statement, None)
    assert draft.unplaced == ()


def test_tables_notes_and_breaks_keep_their_words():
    """A table is a table; a running head is told, not mixed into the text."""
    table = f"<hp:tbl><hp:tr>{cell('가')}{cell('나 & 다')}</hp:tr><hp:tr>{cell('합계', 2)}</hp:tr></hp:tbl>"
    head = f"<hp:ctrl><hp:header><hp:subList>{paragraph('쪽 머리')}</hp:subList></hp:header></hp:ctrl>"
    note = f"<hp:ctrl><hp:footNote><hp:subList>{paragraph('각주')}</hp:subList></hp:footNote></hp:ctrl>"
    broken = "<hp:p><hp:run><hp:t>한<hp:tab/>줄<hp:lineBreak/>두 줄</hp:t></hp:run></hp:p>"
    files = {
        "Contents/section10.xml": section(paragraph("끝")),
        "Contents/section2.xml": section(paragraph("첫", head), paragraph("", table), broken, paragraph("글", note)),
    }

    formula = "<hp:p><hp:run><hp:t>식</hp:t><hp:equation><hp:script>x over y</hp:script></hp:equation></hp:run></hp:p>"
    draft = read(document({**files, "Contents/section11.xml": section(formula)}))

    assert draft.unplaced == ("x over y",)
    assert draft.body == (
        '<p>첫</p>\n<table><tbody><tr><td>가</td><td>나 &amp; 다</td></tr><tr><td colspan="2">합계</td></tr></tbody></table>\n'
        "<p>한 줄<br>두 줄</p>\n<p>¹⁾글</p>\n<p>1) 각주</p>\n<p>끝</p>\n<p>식</p>"
    )
    assert draft.dropped == {"running-head": 1}


HEAD = (
    '<hh:head xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head"><hh:charPr id="1"><hh:supscript/></hh:charPr>'
    '<hh:charPr id="2"><hh:strikeout shape="SOLID"/></hh:charPr><hh:charPr id="3"><hh:strikeout shape="3D"/></hh:charPr>'
    '<hh:charPr id="4"><hh:subscript/></hh:charPr></hh:head>'
)
AUTO_NUMBER = '<hp:ctrl><hp:autoNum num="{}" numType="{}"><hp:autoNumFormat type="DIGIT" prefixChar="" suffixChar="{}"/></hp:autoNum></hp:ctrl>'


def run(text, shape=0):
    """Return a run of letters of a shape."""
    return f'<hp:run charPrIDRef="{shape}"><hp:t>{text}</hp:t></hp:run>'


def control(content):
    """Return a run with something else than words in it."""
    return f"<hp:run><hp:ctrl>{content}</hp:ctrl></hp:run>"


def link(parameter, words):
    """Return words that lead somewhere."""
    begin = f'<hp:fieldBegin id="9" type="HYPERLINK"><hp:parameters>{parameter}</hp:parameters></hp:fieldBegin>'
    return f'{control(begin)}{words}{control("""<hp:fieldEnd beginIDRef="9"/>""")}'


KINDS = ("ROMAN_CAPITAL", "CIRCLED_DIGIT", "LATIN_CAPITAL", "HANGUL_SYLLABLE", "ROMAN_SMALL", "USER_CHAR", "OTHER")


def numbered(number, kind):
    """Return a run with an automatic number of a kind."""
    return control(
        f'<hp:autoNum num="{number}" numType="TABLE"><hp:autoNumFormat type="{kind}" userChar="*"/></hp:autoNum>'
    )


PATH = '<hp:stringParam name="Path">https://a.example/1</hp:stringParam>'
COMMAND = '<hp:stringParam name="Command">https\\://a.example/1;1;0;0;</hp:stringParam>'
DELETED = (
    'ㅇ 예산 <hp:deleteBegin Id="1"/>90억<hp:deleteEnd Id="1"/><hp:insertBegin Id="2"/>100억<hp:insertEnd Id="2"/> 원'
)
NOTE = f'<hp:footNote number="7"><hp:subList><hp:p><hp:run>{AUTO_NUMBER.format(7, "FOOTNOTE", ")")}<hp:t> 물가를 뺀 것</hp:t></hp:run></hp:p></hp:subList></hp:footNote>'
MEMO = f'<hp:fieldBegin id="3" type="MEMO"><hp:subList>{paragraph("고칠 것")}</hp:subList></hp:fieldBegin>'
CAPTION = f'<hp:caption side="TOP"><hp:subList><hp:p>{run("표 ")}<hp:run>{AUTO_NUMBER.format(1, "TABLE", ".")}</hp:run>{run(" 예산")}</hp:p></hp:subList></hp:caption>'


MARKS = "".join(numbered(number, "DIGIT") + run(", ") for number in ("", "-", "01"))


@pytest.mark.parametrize(
    ("content", "body", "dropped"),
    [
        (run("ㅇ 면적 100m") + run("2", 1) + run(", 10") + run("-3", 1), "ㅇ 면적 100m², 10⁻³", {}),
        (run("ㅇ CO") + run("2", 4) + run("x", 1), "<p>ㅇ CO₂<sup>x</sup></p>", {}),
        (run("100억", 2) + run(" 120억", 3), "<p><del>100억</del> 120억</p>", {}),
        (f"<hp:run><hp:t>{DELETED}</hp:t></hp:run>", "ㅇ 예산 100억 원", {"deleted-by-editor": 1}),
        (run("ㅇ 임금") + control(NOTE) + run("이 오른다"), "ㅇ 임금⁷⁾이 오른다\n\n7) 물가를 뺀 것", {}),
        (run("ㅇ 글") + control(MEMO), "ㅇ 글", {"memo": 1}),
        (run("ㅇ ") + "".join(numbered(4, kind) for kind in KINDS) + run(" 예산"), "ㅇ IV④D라iv*4 예산", {}),
        (run("ㅇ ") + MARKS + numbered("-", "ROMAN_CAPITAL") + run(" 예산"), "ㅇ , -, 01, - 예산", {}),
        (control('<hp:fieldBegin id="5" type="HYPERLINK"><hp:parameters>' + PATH + "</hp:parameters></hp:fieldBegin>") + run("ㅇ 글"), "ㅇ 글", {}),
        ('<hp:run><hp:t>ㅇ 글<hp:deleteBegin Id="1"/>끝</hp:t></hp:run>', "ㅇ 글끝", {}),
        (link(PATH, run("원") + run("문")), '<p><a href="https://a.example/1">원문</a></p>', {}),
        (link(COMMAND, run("원문")) + run(" 끝"), '<p><a href="https://a.example/1">원문</a> 끝</p>', {}),
        (link('<hp:stringParam name="Path">C:\\a.hwp</hp:stringParam>', run("ㅇ 원문")), "ㅇ 원문", {}),
        (run("ㅇ 02") + "<hp:run><hp:t><hp:hyphen/>123<hp:nbSpace/>끝</hp:t></hp:run>", "ㅇ 02-123 끝", {}),
        (
            f'<hp:run><hp:tbl>{CAPTION}<hp:tr>{cell("가").replace("<hp:tc>", """<hp:tc header="1">""")}</hp:tr></hp:tbl></hp:run>',
            "<table><caption>표 1. 예산</caption><tbody><tr><th>가</th></tr></tbody></table>",
            {},
        ),
        (
            run("ㅇ 글") + '<hp:run><hp:pic><hp:img binaryItemIDRef="image1"/></hp:pic></hp:run>',
            "ㅇ 글",
            {"picture": 1},
        ),
        (
            run("ㅇ ") + '<hp:run><hp:compose composeText="③"/><hp:compose><hp:composeText>나</hp:composeText></hp:compose></hp:run>',
            "ㅇ ③나",
            {},
        ),
        (
            "<hp:run><hp:dutmal><hp:mainText>세관</hp:mainText><hp:subText>稅關</hp:subText></hp:dutmal></hp:run>",
            "<p><ruby>세관<rt>稅關</rt></ruby></p>",
            {},
        ),
        (
            f"<hp:run><hp:switch><hp:case>{run('ㅇ 새 꼴')}</hp:case><hp:default>{run('ㅇ 글')}</hp:default></hp:switch></hp:run>",
            "ㅇ 글",
            {},
        ),
    ],
    ids=["raised", "lowered", "struck", "deleted", "note", "memo", "numbers", "no-numbers", "endless-link", "endless-deletion", "link", "older-link", "file", "hyphen", "caption", "picture", "letters", "ruby", "switch"],
)  # fmt: skip
def test_a_document_says_what_its_page_says(content, body, dropped):
    """What raises, strikes, numbers or links words is in other files and elements than they; remarks are nobody's text."""
    files = {"Contents/header.xml": HEAD, "Contents/section0.xml": section(f"<hp:p>{content}</hp:p>")}

    draft = read(document(files))

    assert draft.body == body
    assert draft.dropped == dropped
    assert draft.unplaced == ()


@pytest.mark.parametrize(
    ("capture", "reason"),
    [
        (document({"Contents/section0.xml": "<a>" + " " * 31_000_000 + "</a>"}), "zip, Contents/section0.xml"),
        (document({f"x{number}": "" for number in range(2_100)}), "zip, entries"),
        (document({"Contents/section0.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "DOCTYPE"),
        (document({"Contents/section0.xml": "<a>" * 9_000}), "XML, depth"),
        (document({"Contents/section0.xml": "<a>"}), "XML"),
        (document({"Contents/section0.xml": "<a>"}, compression=zipfile.ZIP_LZMA), "zip, method 14"),
        (
            Capture(document({"Contents/section0.xml": section(paragraph("글"))}).data[:-40], "a.hwpx"),
            "zip, BadZipFile",
        ),
    ],
)
def test_an_archive_that_means_harm_is_refused(capture, reason):
    """A bomb of a few kilobytes must cost a few megabytes."""
    with pytest.raises(ContentError) as caught:
        named("hwpx").read(capture)

    assert caught.value.problem.code == "FILE004"
    assert dict(caught.value.problem.details)["reason"].startswith(reason)


def test_a_size_that_lies_is_not_believed():
    """The directory of an archive says what its maker likes."""
    data = bytearray(document({"Contents/section0.xml": " " * 40_000_000}).data)
    place = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, place + 24, 10)

    with pytest.raises(ContentError) as caught:
        named("hwpx").read(Capture(bytes(data), "a.hwpx"))

    assert caught.value.problem.code == "FILE004"


@pytest.mark.parametrize(
    ("data", "reason"), [(b"%PDF-1.7 \xe2\xe3", "PDF"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "HWP/OLE")]
)
def test_a_document_that_is_no_text_is_named(data, reason):
    """The old HWP and PDF are not read; what they are is said."""
    with pytest.raises(ContentError) as caught:
        choose(Capture(data, "a.hwp"))

    assert dict(caught.value.problem.details) == {"reason": reason}


@settings(max_examples=150)
@given(st.data())
def test_no_damage_to_an_archive_breaks_the_importer(data):
    """Files are cut off and mixed up on their way."""
    whole = bytearray(
        document({"Contents/section0.xml": section(paragraph("강물")), "Contents/content.hpf": TITLE}).data
    )
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    capture = Capture(bytes(whole[: data.draw(st.integers(0, len(whole)))]), "a.hwpx")

    try:
        drafts = named("hwpx").read(capture)
    except ContentError as error:
        assert error.problem.code in ("FILE004", "BODY001", "BODY004")  # noqa: PT017  either is right
    else:
        assert all(draft.profile == "hwpx/1" for draft in drafts)


def test_a_note_outside_a_paragraph_keeps_its_words():
    """It stands at the end of its section."""
    draft = read(document({"Contents/section0.xml": section(control(NOTE), paragraph("ㅇ 글"))}))

    assert "7) 물가를 뺀 것" in draft.body


def level(number, form, pattern, start=1):
    """Return the form of a level of a list."""
    return f'<hh:paraHead level="{number}" numFormat="{form}" start="{start}">{pattern}</hh:paraHead>'


def shape(name, kind, follows, depth=0, checked=0):
    """Return a shape of paragraphs that puts something before them."""
    heading = f'<hh:heading type="{kind}" idRef="{follows}" level="{depth}"/>'
    return f'<hh:paraPr id="{name}" checked="{checked}">{heading}</hh:paraPr>'


LISTS = "".join(
    [
        '<hh:head xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head"><hh:refList>',
        '<hh:numbering id="1" start="0">',
        level(1, "ROMAN_CAPITAL", "^1."),
        level(2, "DIGIT", "^2."),
        level(3, "HANGUL_SYLLABLE", "^2-^3)"),
        level(4, "CIRCLED_DIGIT", "^4", 20),
        level(5, "SYMBOL", "^5"),
        level(6, "DIGIT", ""),
        '</hh:numbering><hh:numbering id="2" start="3">',
        level(1, "DIGIT", "제^1조"),
        level(2, "DIGIT", "^N"),
        level(3, "LATIN_SMALL", "^n"),
        "</hh:numbering>",
        '<hh:bullet id="1" char="□" checkedChar="■"/><hh:bullet id="2" char="\uf06c"/>',
        '<hh:bullet id="3" char="\ue123"/><hh:bullet id="4" char="a" useImage="1"/>',
        shape("none", "NONE", 0),
        *(shape(f"a{depth}", "NUMBER", 1, depth - 1) for depth in range(1, 9)),
        *(shape(f"b{depth}", "NUMBER", 2, depth - 1) for depth in range(1, 4)),
        *(shape(f"o{depth}", "OUTLINE", 0, depth - 1) for depth in range(1, 4)),
        *(shape(f"bullet{number}", "BULLET", number) for number in range(1, 6)),
        shape("checked", "BULLET", 1, checked=1),
        "</hh:refList></hh:head>",
    ]
)
OUTLINE = '<hp:p><hp:run><hp:secPr outlineShapeIDRef="2"/></hp:run></hp:p>'


@pytest.mark.parametrize(
    ("shapes", "shown", "unplaced"),
    [
        (["a1", "a2", "a2", "a1", "a2"], ["I. 글", "1. 글", "2. 글", "II. 글", "1. 글"], []),
        (["a2", "a3", "none", "a3", "a2", "a3"], ["1. 글", "1-가) 글", "글", "1-나) 글", "2. 글", "2-가) 글"], []),
        (["a3"], ["1-가) 글"], []),
        (["a4", "a4"], ["⑳ 글", "글"], ["^4 글"]),
        (["a5", "a6", "a7"], ["글", "글", "글"], ["^5 글", "글"]),
        (["b1", "b2", "b2", "b3"], ["제3조 글", "3.1. 글", "3.2. 글", "글"], ["^n 글"]),
        (["b1", "a1", "b1"], ["제3조 글", "I. 글", "제4조 글"], []),
        (["o1", "b1", "o2"], ["제3조 글", "제3조 글", "3.1. 글"], []),
        (["bullet1", "checked", "bullet2"], ["□ 글", "■ 글", "● 글"], []),
        (["bullet3", "bullet4", "bullet5"], ["글", "글", "글"], ["글", "글", "글"]),
    ],
    ids=["levels", "restart", "unnamed-level", "letters-end", "unknown", "path", "lists", "outline", "bullets", "no-sign"],
)  # fmt: skip
def test_numbers_and_bullets_stand_before_their_paragraphs(shapes, shown, unplaced):
    """The word processor writes them, the file only names their form; what we cannot write is told, and proves nothing."""
    written = OUTLINE + "".join(f'<hp:p paraPrIDRef="{name}">{run("글")}</hp:p>' for name in shapes)
    licence = paragraph("공공누리 제3유형")

    capture = document({"Contents/header.xml": LISTS, "Contents/section0.xml": section(written, licence)})
    (draft,) = drafts_of(named("hwpx"), capture)

    lines = [line.text for line in draft.lines if line.part is Part.BODY]
    assert lines == [*shown, "공공누리 제3유형"]
    assert list(draft.unplaced) == unplaced
    assert bool(draft.source.text_sha256) == (not unplaced)


def test_words_of_drawings_and_forms_are_kept_or_told():
    """A drawn headline is a headline; what somebody may tick or choose is no sentence."""
    drawn = '<hp:run><hp:textart text="가뭄 &lt;대책&gt;"/></hp:run>'
    form = (
        '<hp:run><hp:edit><hp:text>1억 원</hp:text></hp:edit><hp:checkBtn caption="동의함"/>'
        '<hp:comboBox selectedValue="서울"><hp:listItem displayText="서울"/></hp:comboBox></hp:run>'
    )
    new = "<hp:run><hp:newThing>새 것</hp:newThing></hp:run>"
    files = {"Contents/section0.xml": section(f"<hp:p>{run('예산: ')}{form}{new}{drawn}{run('끝')}</hp:p>")}

    draft = read(document(files))

    assert draft.body == "<p>예산: 1억 원</p>\n<p>가뭄 &lt;대책&gt;</p>\n<p>끝</p>"
    assert draft.unplaced == ("동의함", "서울", "새 것")


@pytest.mark.parametrize(("first", "doubts"), [("강물 소식", 1), ("둑을 고친다", 2)])
def test_a_title_that_only_the_file_says_is_a_doubt(first, doubts):
    """Who writes a release into last year's file leaves last year's title in it."""
    draft = read(document({"Contents/section0.xml": section(paragraph(first)), "Contents/content.hpf": TITLE}))

    assert (draft.title, len(draft.doubts)) == ("강물 소식", doubts)
