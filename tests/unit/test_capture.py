"""What was saved → its text: letters, parts of a mail, where it stood; what cannot be read is refused at its place."""

import base64

import pytest

from sitegen.errors import ContentError
from sitegen.importers.profiles import choose, named
from tests.conftest import captured, made


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("강물".encode(), "강물"),
        ("\ufeff강물".encode(), "강물"),
        ("강물".encode("utf-16"), "강물"),
        ('<meta charset="euc-kr">똠방각하'.encode("cp949"), "똠방각하"),
        ('<meta charset="euc-kr">강물'.encode(), "강물"),
        ('<meta charset="utf-8">강물'.encode("cp949"), "강물"),
        ("강물".encode("cp949"), "강물"),
        (b'<meta charset="no-such-thing">' + "강물".encode(), "강물"),
        (b'<meta charset="undefined">' + "강물".encode("cp949"), "강물"),
        (b'<meta charset="zlib">' + "강물".encode("cp949"), "강물"),
        ("가\r\n나\r다".encode(), "가\n나\n다"),
        ("\u1100\u1161\u11bc".encode(), "강"),
    ],
)
def test_a_capture_is_decoded_as_its_marks_say(data, text):
    """Korean boards declare one encoding and write another."""
    decoded = made(data).text

    assert decoded.endswith(text)


PARTED = """From: <Saved by Blink>
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b"

--b
Content-Type: {kind}
Content-Transfer-Encoding: base64
Content-Location: https://www.korea.kr/briefing/pressReleaseView.do?newsId=150000001

{page}
--b
Content-Type: text/html
Content-Location: https://www.korea.kr/frame

<p>frame</p>
--b--
"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_a_page_saved_in_one_file_is_read_with_its_address(encoding):
    """Browsers save so (MHTML); what its other parts hold is no article."""
    page = captured("korea_kr_page.html").text.replace('property="og:url"', 'property="x"')
    text = base64.encodebytes(page.replace("utf-8", encoding).encode(encoding)).decode()
    capture = made(PARTED.format(kind=f'text/html; charset="{encoding}"', page=text).replace("\n", "\r\n"))

    chosen, _ = choose(capture)
    (draft,) = chosen.read(capture)

    (whole,) = named("koreakr-html").read(captured("korea_kr_page.html"))
    assert (draft.body, draft.title, draft.source.url) == (whole.body, whole.title, whole.source.url)


@pytest.mark.parametrize("header", ["iso-8859-1", "us-ascii", "windows-1252"])
def test_what_a_page_says_of_its_letters_goes_before_what_its_server_did_not_know(header):
    """Servers that know nothing say Latin-1, and any bytes are that."""
    page = base64.encodebytes('<meta charset="euc-kr"><p>강물</p>'.encode("cp949")).decode()

    text = made(PARTED.format(kind=f'text/html; charset="{header}"', page=page)).text

    assert text.endswith("<p>강물</p>")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: 편지\nfrom: 나루\nContent-Type: multipart/related\n---\n\n글이다.\n",
        "title: 편지\nContent-Type: multipart/related\n\n글이다.\n",
        "편지를 쓰는 법\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n글이다.\n",
    ],
)
def test_a_text_that_speaks_of_parts_has_none(text):
    """A post about mail was refused as a broken page."""
    assert made(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n--b--\n",
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b0\n\n"
        + "".join(f"--b{n}\nContent-Type: multipart/related; boundary=b{n + 1}\n\n" for n in range(5000)),
    ],
    ids=["no-page", "deep"],
)
def test_a_file_of_parts_without_a_page_is_refused_by_its_name(text):
    """It was said to have no text, which was true of nothing in it."""
    with pytest.raises(ContentError, match=r"FILE004.*MHTML"):
        _ = made(text).text


def test_a_saved_page_tells_where_it_stood():
    """Browsers write it in a remark above the page; a page that has no address of its own needs it."""
    page = captured("korea_kr_page.html").text.replace('property="og:url"', 'property="x"')
    saved = "<!-- saved from url=(0070)https://www.korea.kr/briefing/pressReleaseView.do?newsId=150000001 -->"

    (draft,) = named("koreakr-html").read(made(f"{saved}\n{page}"))

    assert draft.source.url == "https://www.korea.kr/briefing/pressReleaseView.do?newsId=150000001"


@pytest.mark.parametrize("declared", ["euc-kr", "KS_C_5601-1987", "ms949"])
def test_a_byte_that_is_no_korean_is_refused_at_its_line(declared):
    """A guess turned the whole release into Cyrillic letters, and nobody was told."""
    page = f'<meta charset="{declared}">\n<p>강물이 맑아졌다'.encode("cp949") + b"\xb0</p>\n<p>...</p>"

    with pytest.raises(ContentError, match=r"FILE004.*cp949, byte") as caught:
        _ = made(page).text

    assert caught.value.problem.where.line == 2


def test_a_text_that_declares_nothing_is_never_read_as_other_letters():
    """Detection always finds some encoding; of a Korean release only one with Hangul can be it."""
    page = "<p>강물이 맑아졌다고 하천청이 밝혔다".encode("cp949") + b"\xb0</p>" + "<p>둑도 고친다.</p>".encode("cp949")

    with pytest.raises(ContentError, match=r"FILE004.*encoding"):
        _ = made(page).text


@pytest.mark.parametrize("data", ["강물이 맑아졌다".encode().decode("latin-1").encode(), "강물\ufffd\ufffd".encode()])
def test_broken_letters_are_refused(data):
    """A guess at what they were would be published as a ministry's words."""
    with pytest.raises(ContentError, match="BODY004"):
        _ = made(data).text
