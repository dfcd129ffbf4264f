"""What the command line says, in Korean and English: one table, keyed by code.

A message says what was found; a hint says the next step. Placeholders come from `Problem.details`.
"""

from typing import Final, NamedTuple

from sitegen.characters import shown_in_line
from sitegen.problems import Problem, Severity
from sitegen.reasons import in_korean


class Message(NamedTuple):
    """The text of one code in both languages, and how much it matters unless site.toml says otherwise."""

    severity: Severity
    ko: str
    en: str
    hint_ko: str = ""
    hint_en: str = ""


B, E, W, N = Severity.BUG, Severity.ERROR, Severity.WARNING, Severity.NOTE

MESSAGES: dict[str, Message] = {
    # sources
    "SRC001": Message(
        E,
        "출처 이름(source.name)이 없습니다",
        "no source name (source.name)",
        "글 머리에 source: {{name: …}}을 적거나 site.toml의 [[sources]]에 규칙을 두세요",
        "write source: {{name: …}} in the front matter, or give the folder a [[sources]] rule in site.toml",
    ),
    "SRC002": Message(
        W,
        "원문 주소(source.url)가 없습니다",
        "no address of the original (source.url)",
        "원문의 주소를 source.url에 적어 주세요",
        "write the original's own address in source.url",
    ),
    "SRC003": Message(
        W,
        "원문 주소가 기사가 아니라 누리집 첫 화면입니다: {url}",
        "the source address is a site's front page, not the article: {url}",
        "기사 자체의 주소를 source.url에 적어 주세요",
        "write the article's own address in source.url",
    ),
    "SRC004": Message(
        W,
        "원문 주소에서 추적 매개변수를 지웠습니다: {params}",
        "tracking parameters stripped from source.url: {params}",
        "source.url에서 지워 두면 이 경고가 사라집니다",
        "remove them from source.url to silence this",
    ),
    "SRC005": Message(
        E,
        "같은 원문이 두 번 실렸습니다: {other}",
        "the same original is published twice: {other}",
        "한쪽을 지우거나 notice로 대체됨을 밝히세요",
        "delete one of them, or mark it replaced with a notice",
    ),
    "DUP001": Message(
        W,
        "다른 글과 거의 같은 글입니다: {other}",
        "nearly the same text as {other}",
        "합동 발표라면 그대로 두세요. 두 글이 서로를 가리킵니다. 같은 글이면 하나만 남겨 주세요",
        "leave joint releases: their pages lead to each other; of one and the same article keep one",
    ),
    "SRC007": Message(
        E,
        "전재 안내 문구가 빠졌습니다: {statement}",
        "the reprint statement is missing from the page: {statement}",
        "templates/partials/source.html을 살펴 주세요",
        "look at templates/partials/source.html",
    ),
    "SRC006": Message(
        E,
        "보도자료인데 작성기관(agency)이 없습니다",
        "a press release without an agency",
        "글 머리에 agency: 기관 이름을 적어 주세요",
        "write agency: in the front matter",
    ),
    "SRC008": Message(
        W,
        "글이 밝힌 출처({credited})가 [[sources]] 규칙의 출처({ruled})와 다릅니다. 글의 것을 따릅니다",
        "the text names another source ({credited}) than the rule in [[sources]] ({ruled}); the text's is shown",
        "맞는 출처를 머리말의 source.name에 적어 주세요",
        "write the right one as source.name in the front matter",
    ),
    "SRC009": Message(
        W,
        "홍보 문구로 지운 줄이 출처를 밝히고 있었습니다: {match}",
        "a line that was removed as promotion names a source: {match}",
        "그곳이 원문이면 source.name과 source.url에 적고 이용조건을 확인해 주세요",
        "if that is the original, write it as source.name and source.url, and check its terms",
    ),
    # finished pages
    "ATTR001": Message(
        B,
        "출처 표시가 화면에 없습니다: {page}",
        "no visible source attribution on {page}",
        "templates/partials/source.html을 살펴 주세요",
        "look at templates/partials/source.html",
    ),
    "ATTR002": Message(
        B,
        "출처 표시에 빠진 항목이 있습니다: {missing}",
        "the attribution is incomplete: {missing}",
        "templates/partials/source.html을 살펴 주세요",
        "look at templates/partials/source.html",
    ),
    "ATTR003": Message(
        B,
        "출처 링크가 숨겨졌거나 nofollow입니다: {page}",
        "the source link is hidden or nofollow: {page}",
        "templates/partials/source.html을 살펴 주세요",
        "look at templates/partials/source.html",
    ),
    "ATTR004": Message(
        B,
        "구조화 데이터와 화면의 이용조건이 다릅니다: {page}",
        "structured data and visible licence disagree: {page}",
        "templates/article.html의 JSON-LD를 살펴 주세요",
        "look at the JSON-LD of templates/article.html",
    ),
    "ATTR005": Message(
        B,
        "정부 누리집으로 오인될 표시가 있습니다: {match}",
        "the page could be mistaken for a government's: {match}",
        "템플릿이나 글에서 그 표시를 빼 주세요",
        "take the mark out of the template or the text",
    ),
    "REC001": Message(
        B,
        "실을 수 없는 글이 화면에 있거나 기록이 없습니다: {reason}",
        "the page shows what it may not, or its record is missing: {reason}",
        "다시 빌드해 보고, 같은 일이 생기면 알려 주세요",
        "build again; if it stays, please report it",
    ),
    "SEC001": Message(
        B,
        "허용되지 않는 HTML이 남아 있습니다: {snippet}",
        "disallowed HTML survived to the page: {snippet}",
        "본문을 정리한 뒤에 무엇이 고치는지 살펴 주세요",
        "find out what touches the body after it was cleaned",
    ),
    "SEC002": Message(
        B,
        "허용되지 않는 주소입니다: {url}",
        "an address that is not allowed: {url}",
        "템플릿을 살펴 주세요",
        "look at the template",
    ),
    "SEC003": Message(
        W,
        "이 화면의 정책(CSP)이 막는 것입니다: {what}",
        "blocked by the page's own content security policy: {what}",
        "꾸밈은 static/css/parts/에, 스크립트는 static/js/에 두고, 그림의 호스트는 [cleaning] image_hosts에 적어 주세요",
        "put style into static/css/parts/ and scripts into static/js/, and name hosts of pictures in [cleaning] image_hosts",
    ),
    "SEC004": Message(
        W,
        "이 화면의 정책(CSP)이 없거나 느슨합니다: {what}",
        "the page's content security policy is missing, or permits more than ours: {what}",
        "templates/base.html의 Content-Security-Policy를 되돌려 주세요",
        "bring the Content-Security-Policy of templates/base.html back",
    ),
    "SEO002": Message(
        B,
        "noindex와 다른 누리집 canonical을 함께 쓸 수 없습니다: {page}",
        "noindex together with a cross-site canonical: {page}",
        "indexing에서 하나를 고르세요",
        "choose one of them in indexing",
    ),
    "SEO003": Message(
        B,
        "noindex 글이 사이트맵에 있습니다: {page}",
        "a noindex page in the sitemap: {page}",
        "templates/feeds/sitemap.xml을 살펴 주세요",
        "look at templates/feeds/sitemap.xml",
    ),
    "SEO004": Message(
        N,
        "사이트맵의 주소가 완전하지 않아 검색 엔진이 읽지 못합니다: {url}",
        "the sitemap's addresses are not full ones, and search engines pass them over: {url}",
        "site.toml의 [site] base_url에 누리집의 주소를 적거나 --base-url로 넘겨 주세요",
        "write the site's address in base_url under [site] in site.toml, or pass --base-url",
    ),
    "LINK001": Message(
        W,
        '없는 rel 값입니다: "{rel}" ({href})',
        'rel="{rel}" is not a link type: {href}',
        "그 값을 지워 주세요",
        "remove it",
    ),
    "LINK002": Message(
        W,
        '홍보 링크에 rel="sponsored nofollow"가 없습니다: {href}',
        'a promotional link without rel="sponsored nofollow": {href}',
        "rel을 더하거나 링크를 빼 주세요",
        "add it, or take the link out",
    ),
    "LINK003": Message(
        W,
        "누리집 안에 없는 곳을 가리킵니다: {href}",
        "leads to a page that is not there: {href}",
        "주소를 고치거나 링크를 빼 주세요",
        "mend the address, or take the link out",
    ),
    "LINK004": Message(
        W,
        "그 쪽에 없는 자리를 가리킵니다: {href}",
        "leads to a place that is not on its page: {href}",
        "# 뒤의 이름을 고쳐 주세요",
        "mend the name after #",
    ),
    "LINK005": Message(
        W,
        "원문이 사라졌습니다({days}에 {status}): {url}",
        "the original is gone ({status} on {days}): {url}",
        "기관에 물어보고, 사라진 것이 맞으면 takedown --notice gone으로 알려 주세요",
        "ask the institution; if it is gone for good, say so with takedown --notice gone",
    ),
    "LINK006": Message(
        W,
        "본문의 링크가 사라진 곳을 가리킵니다({days}에 {status}): {url}",
        "a link of the text leads to what is gone ({status} on {days}): {url}",
        "링크를 빼거나, 보존된 주소로 바꾸어 주세요",
        "take the link out, or lead to an archived copy",
    ),
    "IMG001": Message(
        W,
        "그림 파일이 없습니다: {src}",
        "there is no such picture: {src}",
        "static/ 아래에 그림을 넣어 주세요",
        "put it under static/",
    ),
    "HTML001": Message(
        W,
        "쪽의 짜임이 어긋났습니다: {reason}",
        "the page's structure is off: {reason}",
        "templates/를 살펴 주세요",
        "look at templates/",
    ),
    "XML001": Message(
        B,
        "XML을 읽을 수 없습니다: {reason}",
        "the XML cannot be read: {reason}",
        "templates/feeds/를 살펴 주세요",
        "look at templates/feeds/",
    ),
    # policy
    "POL001": Message(
        E,
        "{code}의 예외가 {until}에 끝났습니다",
        "the waiver of {code} ended on {until}",
        "글을 바로잡고 예외를 지우거나, 까닭을 다시 살펴 until을 새로 적어 주세요",
        "mend the articles and delete the waiver, or review its reason and set a new until",
    ),
    "POL002": Message(
        N,
        "{code}의 예외가 필요한 글이 없습니다",
        "no article needs the waiver of {code}",
        "예외를 지워도 됩니다",
        "the waiver can go",
    ),
    "POL003": Message(
        W,
        "이 규칙의 paths에 맞는 파일이 없습니다: {paths}",
        "no file is under the paths of this rule: {paths}",
        "paths는 content 폴더에서부터 적습니다(예: articles/**). 그 파일들을 지웠다면 규칙도 지우세요",
        "paths begin in the content folder, like articles/**; if its files are gone, the rule can go",
    ),
    # dates
    "DATE001": Message(
        W,
        "날짜가 없습니다",
        "no date",
        "글 머리에 date: 2024-08-08처럼 적거나 파일 이름을 날짜로 시작하세요",
        "write date: 2024-08-08 in the front matter, or begin the file name with the date",
    ),
    "DATE002": Message(
        N,
        "아직 때가 되지 않아 뺐습니다: {when} (지금 {now})",
        "left out until {when} (now {now})",
    ),
    "DATE003": Message(
        E,
        "{field}의 날짜를 읽을 수 없습니다: {value}",
        "{field} is not a date: {value}",
        "2024-08-08 또는 2024-08-08 14:30:00 +0900처럼 적어 주세요",
        "write it like 2024-08-08 or 2024-08-08 14:30:00 +0900",
    ),
    "DATE004": Message(
        W,
        "{field}: 아직 오지 않은 날입니다: {value}",
        "{field}: {value} is still to come",
        "날짜를 확인해 주세요. 이 누리집이 한 일의 날짜는 오늘보다 늦을 수 없습니다",
        "check the date; what this site did cannot be dated after today",
    ),
    "DATE005": Message(
        W,
        "{field}: 글의 날짜보다 앞섭니다: {value}",
        "{field}: {value} is before the date of the article",
        "두 날짜를 확인해 주세요. 고친 날은 글의 날짜보다 앞설 수 없습니다",
        "check both dates; a correction comes after the article",
    ),
    # licences
    "LIC001": Message(
        W,
        "이용조건이 확인되지 않았습니다",
        "the licence is not established",
        "원문의 공공누리 표시를 확인해 license.id와 license.evidence를 적어 주세요",
        "check the mark on the original and record license.id and license.evidence",
    ),
    "LIC002": Message(
        E,
        '알 수 없는 이용조건입니다: "{id}"',
        'license "{id}" is not known',
        "자료의 표시가 그러하면 이렇게 적어 주세요: {known}. 이 가운데 없으면 UNKNOWN으로 적어 주세요",
        "write {known} if that is what the mark says; UNKNOWN if it is none of these",
    ),
    "LIC003": Message(
        W,
        "이용조건의 근거(license.evidence)가 없습니다",
        "no evidence is recorded for the licence (license.evidence)",
        "어디에서 확인했는지 license.evidence에 적어 주세요",
        "record in license.evidence where it was seen",
    ),
    "LIC004": Message(
        W,
        "한 글에 서로 다른 공공누리 유형이 있습니다: {found}",
        "two different KOGL types in one article: {found}",
        "원문의 표시를 확인해 license.id에 하나만, license.evidence에 그 표시를 적어 주세요",
        "check the mark of the original; write one of them in license.id, and that mark in license.evidence",
    ),
    "LIC010": Message(
        E,
        "상업적 이용이 금지된 저작물인데 이 누리집은 영리로 설정되어 있습니다 ({id})",
        "a work closed to commercial use on a site declared commercial ({id})",
        "글을 빼거나 site.commercial을 확인해 주세요 (광고도 영리입니다)",
        "leave it out, or check site.commercial (ads count)",
    ),
    "LIC011": Message(
        W,
        "변경이 금지된 저작물을 고쳐 쓴 글이라 본문을 싣지 않습니다 ({id})",
        "a rewriting of a work that may not be changed; shown as a link only ({id})",
        "원문 그대로의 글로 바꾸어 주세요",
        "republish the original text instead",
    ),
    "LIC012": Message(
        W,
        "이용허락은 글에만 미치므로 그림을 싣지 않았습니다: {src}",
        "the licence covers the text only, so this picture is not shown: {src}",
        "그림의 이용조건과 저작자를 media에 {{src: …, license: …, credit: …}}로 적거나 그림을 빼 주세요",
        "write its own licence and credit under media as {{src: …, license: …, credit: …}}, or take it out",
    ),
    "LIC015": Message(
        W,
        "영리 누리집이어서 상업적 이용이 금지된 그림을 싣지 않았습니다: {src}",
        "a picture closed to commercial use is not shown on a site declared commercial: {src}",
        "상업적으로 쓸 수 있는 그림으로 바꾸거나 그림을 빼 주세요",
        "take a picture that may be used commercially, or leave it out",
    ),
    "LIC017": Message(
        W,
        "글이 자유롭게 이용할 수 없다고 밝혀 [[sources]] 규칙의 이용조건을 따르지 않았습니다: “{match}”",
        "the text says that it is not free to use, so the licence of its rule in [[sources]] was not taken: “{match}”",
        "원문의 이용조건을 license에 적어 주세요",
        "write the original's own terms as license",
    ),
    "LIC016": Message(
        W,
        "이 누리집에 올려 둔 붙임 파일의 이용조건을 알 수 없습니다: {src}",
        "the terms of a file that this site keeps itself are not recorded: {src}",
        "원문의 파일로 잇거나, media에 {{src: …, license: …, credit: …}}로 이용조건을 적어 주세요",
        "link the original's file instead, or write its licence and credit under media as {{src: …, license: …, credit: …}}",
    ),
    "LIC013": Message(
        W,
        "다른 사람의 저작물이라는 표시가 있습니다: “{match}”",
        "a mark of somebody else's rights: “{match}”",
        "기고·칼럼·인터뷰에는 공공누리가 미치지 않을 수 있습니다. 원문에서 확인해 주세요",
        "KOGL may not cover contributions, columns and interviews; check the original",
    ),
    "LIC014": Message(
        W,
        "공공누리 제0유형은 2026-01-28에 생겼는데 근거 없이 그 전의 글에 붙어 있습니다",
        "KOGL type 0 dates from 2026-01-28, but the work is older and has no evidence",
        "근거를 license.evidence에 적어 주세요",
        "record the evidence in license.evidence",
    ),
    "VERB001": Message(
        W,
        "변경이 금지된 저작물인데 본문이 원문과 같은지 확인되지 않아 본문을 싣지 않습니다",
        "a work that may not be changed, and its text is not proven equal to the original; shown as a link only",
        "원문 본문의 지문을 source.text_sha256에 적어 주세요 (지금 본문: {found})",
        "record the original text's digest in source.text_sha256 (this body: {found})",
    ),
    "VERB002": Message(
        W,
        "변경이 금지된 저작물에 허용되지 않는 정리가 필요해 본문을 싣지 않습니다: {rules}",
        "a work that may not be changed would need cleaning beyond presentation; shown as a link only: {rules}",
        "원문 그대로의 본문을 넣어 주세요. 그림은 media에 이용조건을 적거나 빼고, 제목은 ##부터 쓰며, 출처를 적은 줄은 site.toml의 "
        '[cleaning] disable = ["credit"]이 남겨 둡니다',
        "give the original text as it stands; license pictures under media or take them out, begin headings with ##, and "
        '[cleaning] disable = ["credit"] in site.toml keeps a line that names its source',
    ),
    # bodies
    "BODY001": Message(
        W,
        "본문도 요약도 붙임도 없습니다",
        "no text, no summary and no attachment",
        "본문을 넣거나 attachments에 붙임을 적어 주세요",
        "add the text, or list the attachments",
    ),
    "BODY002": Message(
        W,
        "화면 꾸밈 문구가 본문에 남았습니다: “{match}”",
        "page furniture left in the body: “{match}”",
        "그 줄을 지우거나 원문을 다시 가져오세요",
        "delete the line, or import the original again",
    ),
    "BODY003": Message(
        W,
        "가져올 때 어느 칸에도 넣지 못한 줄이 {count}개 있습니다",
        "{count} line(s) could not be placed on import",
        "원본과 견주어 본문에 넣거나, import.unplaced를 비워 주세요",
        "compare with the capture: put them into the text, or empty import.unplaced",
    ),
    "BODY004": Message(
        E,
        "글자가 깨졌습니다: “{match}”",
        "broken characters: “{match}”",
        "원본을 cp949로 읽어 UTF-8로 다시 저장해 주세요",
        "read the original as cp949 and save it as UTF-8",
    ),
    "BODY005": Message(
        E,
        "본문이 너무 큽니다: {size}{unit_ko} (한도 {limit}{unit_ko})",
        "the body is too large: {size} {unit_en} (limit {limit})",
        "글을 나누어 주세요",
        "split the article",
    ),
    "BODY006": Message(
        W,
        "태그가 너무 깊이 겹쳐 있어 {depth}단계 아래는 글자만 남겼습니다",
        "tags are nested too deep; below {depth} levels only the text was kept",
        "본문의 HTML을 간단히 해 주세요",
        "simplify the body's HTML",
    ),
    "BODY007": Message(
        W,
        "한글(HWP)이나 특정 글꼴에서만 보이는 글자가 있습니다: “{match}”",
        "a letter that only HWP or one font can show: “{match}”",
        "누구나 볼 수 있는 글자(『 』, ①, ▪ 등)로 바꿔 주세요",
        "write one that everybody can read (『 』, ①, ▪)",
    ),
    "BODY008": Message(
        W,
        "다른 생성기의 표시가 글자로 남았습니다: “{match}”",
        "a mark of another generator stands as text: “{match}”",
        "그 자리의 내용을 글로 바꾸거나 지워 주세요. 여기서는 Liquid, Hugo, kramdown, 워드프레스의 표시를 실행하지 않습니다",
        "write what it stands for, or delete it: marks of Liquid, Hugo, kramdown and WordPress are not carried out here",
    ),
    "BODY009": Message(
        W,
        "옮길 수 없는 태그와 함께 글이 빠졌습니다: “{match}”",
        "words went with a tag that cannot be carried over: “{match}”",
        "빠진 글을 문단으로 적어 주세요. 닫히지 않은 따옴표나 닫는 괄호(>)가 없는 태그도 살펴 주세요",
        "write them as a paragraph; look for a quotation mark or bracket that is missing",
    ),
    "BODY010": Message(
        W,
        "개요의 여러 줄이 한 문단으로 이어졌습니다: “{match}”",
        "several lines of an outline have run together into one paragraph: “{match}”",
        "front matter에 body_format: gov-outline을 적거나, 항목 사이에 빈 줄을 넣어 주세요",
        "write body_format: gov-outline in the front matter, or put an empty line between the items",
    ),
    "BODY011": Message(
        W,
        "쓸 수 없는 주소여서 링크를 풀었습니다: {src}",
        "a link lost its address, which cannot be used: {src}",
        "https://부터 온전한 주소를 적거나, 파일을 static/에 넣고 그 경로를 적어 주세요",
        "write the whole address from https:// on, or put the file into static/ and write its path",
    ),
    "BODY012": Message(
        W,
        "마크다운이나 태그가 글자로 남았습니다: “{match}”",
        "marks of Markdown or a tag stand as text: “{match}”",
        "주소의 빈칸은 %20으로 적거나 주소를 <…>로 묶어 주세요. 표에는 머리 줄 아래 칸 수가 같은 |---|---| 줄이, 제목의 # 뒤에는 "
        "빈칸이, 태그에는 따옴표의 짝이 있어야 합니다. **는 한 문단 안에서 글자에 붙여 열고 닫으며, HTML에서는 <strong>으로 굵게 "
        "합니다. 태그 앞의 빈칸 네 개는 코드를 뜻합니다",
        "write spaces in an address as %20, or the address between < and >; a table needs |---|---| of as many cells below its "
        "head, a heading a space behind its #, a tag its second quotation mark and no four spaces before it; ** opens and "
        "closes at a letter, in one paragraph; in HTML, <strong> makes bold",
    ),
    "BODY013": Message(
        W,
        "원본에서 숨긴 글이 여기서는 보입니다: “{match}”",
        "words that the original hides are shown here: “{match}”",
        "보여 줄 글이 아니면 지우고, 펼쳐 읽게 한 글이면 숨기는 style이나 hidden을 지워 주세요",
        "delete them; if they are text that unfolds there, delete the style or the attribute that hides them",
    ),
    "A11Y001": Message(
        W,
        "굵은 글씨가 본문의 {percent}%입니다. 강조가 뜻을 잃습니다",
        "{percent}% of the body is bold; emphasis loses its meaning",
        "꼭 필요한 곳만 굵게 해 주세요",
        "keep bold for what matters",
    ),
    "A11Y002": Message(
        W,
        "대체 텍스트가 없는 그림입니다: {src}",
        "a picture without alternative text: {src}",
        "alt를 적어 주세요 (꾸밈이면 빈 alt)",
        "give it alt (empty when it is decoration)",
    ),
    "A11Y003": Message(
        W,
        "제목 칸(th)이 없는 표가 {count}개 있습니다",
        "{count} data table(s) without header cells (th)",
        "표의 첫 줄이나 첫 칸을 th로 바꾸어 주세요",
        "make the first row or column th",
    ),
    "A11Y004": Message(
        W,
        "한글이 거의 없는데 한국어 글로 나옵니다. 언어(lang)가 적혀 있지 않습니다",
        "published as Korean, for no language is stated, though there is hardly any Hangul in it",
        "글 머리에 lang: en처럼 글의 언어를 적어 주세요 (한국어라면 lang: ko)",
        "write its language in the front matter, like lang: en (lang: ko if it is Korean)",
    ),
    "TAKE001": Message(
        E,
        "그런 글이 없습니다",
        "there is no such article",
        "콘텐츠 폴더에 있는 글 파일의 경로나, 글의 주소를 적어 주세요",
        "name a file of the content folder, or the address of an article",
    ),
    "FILE004": Message(
        E,
        "자료를 읽을 수 없습니다: {reason}",
        "the capture cannot be read: {reason}",
        "온전한 파일인지 확인해 주세요. HWP와 PDF는 HWPX나 글로 저장하면 읽습니다. MHTML에는 HTML 페이지가 들어 있어야 합니다",
        "check that the file is whole; save HWP and PDF as HWPX or text; an MHTML file must hold an HTML page",
    ),
    "API001": Message(
        E,
        "서비스가 오류로 답했습니다: {result} {message}",
        "the service answered with an error: {result} {message}",
        "인증키와 요청한 기간(사흘 이내)을 확인해 주세요",
        "check the key and the days asked for (three at most)",
    ),
    "API002": Message(
        E,
        "data.go.kr 인증키가 없습니다",
        "there is no key for data.go.kr",
        "환경 변수 SITEGEN_DATA_GO_KR_KEY에 넣어 주세요(docs/importing.md)",
        "put it into the environment as SITEGEN_DATA_GO_KR_KEY (docs/importing.md)",
    ),
    "API003": Message(
        E,
        "여러 번 물었으나 답을 받지 못했습니다({day}부터): {message}",
        "no answer after several attempts (from {day} on): {message}",
        "받은 글은 그대로 있습니다. 같은 명령을 다시 내리면 이어서 받습니다",
        "what has come is kept; the same command goes on from there",
    ),
    "API004": Message(
        E,
        "오늘 쓸 요청 {count}번을 다 썼습니다",
        "the {count} requests of today are used up",
        "내일 같은 명령을 내리면 이어서 받습니다",
        "the same command goes on from there tomorrow",
    ),
    "API005": Message(
        E,
        "SITEGEN_DATA_GO_KR_URL이 완전한 주소가 아닙니다",
        "the address in SITEGEN_DATA_GO_KR_URL is not a full one",
        "https://로 시작하는 주소를 넣어 주세요",
        "begin it with https://",
    ),
    "IMP001": Message(
        E,
        "가져올 파일이 없습니다",
        "there is no file to import",
        "경로를 확인해 주세요. 별표를 쓴 경로는 따옴표로 감싸세요",
        "check the path; quote a path with stars",
    ),
    "IMP002": Message(
        E,
        "어떤 자료인지 알 수 없습니다 (가장 가까운 방식의 확신 {confidence})",
        "no profile knows this capture (the surest is {confidence} sure)",
        "--profile로 방식을 정해 주세요: {profiles}",
        "name one with --profile: {profiles}",
    ),
    "IMP003": Message(
        W,
        "자리를 정하지 못한 줄이 {count}개 있습니다: {first}",
        "{count} line(s) could not be placed, the first: {first}",
        "본문에 들어가야 할 글인지 원본과 견주어 보세요",
        "compare with the capture whether they belong to the text",
    ),
    "IMP004": Message(
        W,
        "사람이 살펴봐야 합니다: {doubt}",
        "needs a person's eye: {doubt}",
        "파일을 열어 원본과 견주어 보세요",
        "open the file and compare it with the capture",
    ),
    "IMP005": Message(
        E,
        "더 새로운 판이 이미 있습니다: {file}",
        "a newer revision is there already: {file}",
        "옛 판을 버려도 됩니다. 그래도 쓰려면 그 파일을 먼저 옮기세요",
        "this one can go; to use it all the same, move that file away first",
    ),
    "IMP006": Message(
        E,
        "사람이 고친 파일이라 그대로 두었습니다: {file}",
        "left alone, for somebody has edited it: {file}",
        "고친 것을 버려도 되면 --force를 주세요",
        "give --force to overwrite the edits",
    ),
    "IMP007": Message(
        E,
        "같은 것으로 보이는 글이 이미 있습니다: {file}",
        "what seems to be the same item is there already: {file}",
        "그 글을 고친 새 판이면 --update를, 다른 글이면 --force를 주세요",
        "give --update if it is a newer version of that one, --force if it is another",
    ),
    "IMP008": Message(
        W,
        "사람이 고쳐, 원본에서 다시 만든 것과 다릅니다",
        "differs from what its capture gives, for somebody has edited it",
        "고친 것이 맞으면 그대로 두세요. 되돌리려면 --force로 다시 가져오세요",
        "leave it if the edit is meant; to undo it, import the capture again with --force",
    ),
    "IMP009": Message(
        N, "원본이 captures/에 없어 견주지 못합니다", "its capture was not kept; nothing to compare with"
    ),
    "IMP010": Message(
        N,
        "같은 자료를 이제는 다르게 읽습니다: {file}",
        "the same capture is read differently now: {file}",
        "새로 쓰려면 --update를 주세요",
        "give --update to write it again",
    ),
    "IMP020": Message(
        W,
        "원본도 이 파일도 그대로인데 이 판의 sitegen은 원본을 다르게 읽습니다",
        "neither its capture nor the file has changed, but this version of sitegen reads the capture otherwise",
        "그대로 두어도 됩니다. 새로 읽은 것으로 바꾸려면 --update로 다시 가져오세요. site.toml의 [cleaning]이나 boards.toml을 고친 뒤에도 이렇습니다",
        "the files may stay; to have them as they are read now, import the captures again with --update. A change of "
        "[cleaning] in site.toml, or of boards.toml, has the same effect",
    ),
    "IMP012": Message(
        W,
        "내린 글이라 다시 가져오지 않았습니다: {file}",
        "not imported again, for it was taken down: {file}",
        "다시 실으려면 알림 파일을 먼저 지우세요",
        "to publish it again, delete the notice first",
    ),
    "IMP013": Message(
        W,
        "옛 블로그의 파일 가운데 글이 아닌 {count}개는 가져오지 않았습니다: {files}",
        "files of the old blog that are no posts were not imported ({count}): {files}",
        "가져오려면 그 파일이나 폴더를 적어 주세요",
        "to import one, name it or its folder",
    ),
    "IMP014": Message(
        W,
        "다른 유형의 항목은 가져오지 않았습니다: {types}",
        "items of other types were not imported: {types}",
        "그 가운데 글이 있으면 워드프레스에서 글(post)로 바꾸어 다시 내보내세요",
        "if there are articles among them, make them posts in WordPress and export again",
    ),
    "IMP015": Message(
        E,
        "내보낸 파일에 글이 없습니다. 들어 있는 것: {types}",
        "there is no post or page in the export, only: {types}",
        "워드프레스의 내보내기에서 '모든 콘텐츠'를 골라 다시 받으세요",
        "export again from WordPress, with 'All content' chosen",
    ),
    "IMP016": Message(
        W,
        "글이 옛 누리집의 파일을 가리킵니다({count}개): {first}",
        "links lead to files of the old site ({count}): {first}",
        "옛 서버의 wp-content/uploads 폴더를 static/wp-content/uploads로 복사하세요",
        "copy the folder wp-content/uploads of the old server to static/wp-content/uploads",
    ),
    "IMP017": Message(
        W,
        "옛 블로그의 컬렉션 {collection}에 있는 글 {count}개는 가져오지 않았습니다",
        "articles of the collection {collection} of the old blog were not imported ({count})",
        "가져오려면: python build.py import {folder}",
        "to import them: python build.py import {folder}",
    ),
    "IMP018": Message(
        W,
        "브라우저가 쪽과 함께 저장한 폴더 {count}개는 가져오지 않았습니다: {files}",
        "folders that a browser saved with pages were not imported ({count}): {files}",
    ),
    "IMP019": Message(
        W,
        "글 파일에 없는 키가 옛 글의 머리에 있었습니다: {keys}",
        "heads of the old posts had keys that content files have not: {keys}",
        "값은 각 파일의 import.unplaced에 있습니다. 필요한 것은 이 누리집의 키로 옮겨 적어 주세요(docs/content.md)",
        "their values are kept under import.unplaced of each file: write what you need into keys of this site (docs/content.md)",
    ),
    "IMP011": Message(
        E,
        "게시판 선언을 쓸 수 없습니다: {message}",
        "the declaration of boards cannot be used: {message}",
        "{hint_ko}",
        "{hint_en}",
    ),
    "FILE003": Message(
        W,
        "그림 파일이 없어 싣지 않았습니다: {src}",
        "there is no such picture, so it is not shown: {src}",
        "static/ 아래 같은 경로에 그림을 넣어 주세요",
        "put the picture under static/ at the same path",
    ),
    "PII001": Message(
        E,
        "주민등록번호로 보이는 숫자가 있습니다: {match}",
        "looks like a resident registration number: {match}",
        "숫자를 가리고 다시 빌드하세요",
        "mask the number and build again",
    ),
    "PII002": Message(
        W,
        "개인 휴대전화로 보이는 번호가 있습니다: {match}",
        "looks like a personal mobile number: {match}",
        "공식 번호가 아니면 가려 주세요",
        "mask it unless it is an official number",
    ),
    "SEO001": Message(
        W,
        "전재 글이 검색에 그대로 노출됩니다(indexing = self)",
        "a verbatim article is indexable (indexing = self)",
        '검색 엔진은 전재 글을 색인에서 빼라고 권합니다: indexing = "source-first"',
        'search engines advise republishers to block indexing: indexing = "source-first"',
    ),
    # front matter
    "FM001": Message(
        E,
        "글 머리(front matter)를 읽을 수 없습니다: {message}",
        "front matter cannot be read: {message}",
        "{hint_ko}",
        "{hint_en}",
    ),
    "FM002": Message(
        E,
        "글 머리가 닫히지 않았습니다: 닫는 {delimiter} 줄이 없습니다",
        "front matter is not closed: no closing {delimiter} line",
        "글 머리 끝에 {delimiter} 한 줄을 넣어 주세요",
        "end the front matter with a line that is just {delimiter}",
    ),
    "FM003": Message(
        E,
        '같은 키가 두 번 나옵니다: "{key}" (처음은 {first}째 줄)',
        'key "{key}" is given twice (first on line {first})',
        "하나만 남겨 주세요",
        "keep one of them",
    ),
    "FM004": Message(
        E,
        "글 머리는 키: 값 꼴이어야 하는데 {found}입니다",
        "front matter must be key: value pairs, not {found}",
        "title: 제목처럼 적어 주세요",
        "write it like title: A title",
    ),
    "FM005": Message(
        E,
        "UTF-8이 아닙니다 ({byte}번째 바이트)",
        "not UTF-8 (byte {byte})",
        "{hint_ko}",
        "{hint_en}",
    ),
    "FM006": Message(
        E,
        "{field}의 값을 쓸 수 없습니다: {found}",
        "{field} cannot be {found}",
        "{expected_ko}",
        "{expected_en}",
    ),
    "FM007": Message(
        W,
        "쓰지 않는 키입니다: {keys}",
        "keys that are not used: {keys}",
    ),
    "FM008": Message(
        E,
        "제목(title)이 없습니다",
        "no title",
        "글 머리에 title: 제목을 적어 주세요",
        "write title: in the front matter",
    ),
    "FM009": Message(
        W,
        "어느 글로 바뀌었는지 적혀 있지 않습니다",
        "does not say what the article was replaced by",
        "notice에 replaced_by: /2026/04/new/처럼 적어 주세요",
        "write replaced_by: /2026/04/new/ into notice",
    ),
    "FM010": Message(
        W,
        "옛 글의 머리에 여기서는 쓰지 않는 키가 있었습니다: {keys}",
        "the old post's head had keys that are not used here: {keys}",
        "필요한 값은 이 누리집의 키로 옮겨 적고, import.unplaced에서 지워 주세요",
        "write what you need of their values into keys of this site, and take them out of import.unplaced",
    ),
    # addresses
    "URL001": Message(
        E,
        "이미 쓰고 있는 주소입니다: {url} ({other})",
        "the address {url} is claimed twice: {other}",
        "한쪽에 다른 slug나 permalink를 적어 주세요",
        "give one of them another slug or permalink",
    ),
    "URL002": Message(
        E,
        '주소로 쓸 수 없습니다: "{value}" ({reason})',
        'cannot be an address: "{value}" ({reason})',
        "slug나 permalink를 고쳐 주세요",
        "mend slug or permalink",
    ),
    "URL003": Message(
        W,
        "다른 화면이 쓰고 있어 넘겨주지 않는 옛 주소입니다: {url}",
        "the alias {url} belongs to another page and is not redirected",
        "aliases에서 지워 주세요",
        "remove it from aliases",
    ),
    "URL004": Message(
        W,
        '옛 주소로 쓸 수 없습니다: "{value}" ({reason})',
        'cannot be an alias: "{value}" ({reason})',
        "aliases를 고쳐 주세요",
        "mend aliases",
    ),
    "URL005": Message(
        W,
        "대신하는 글로 이어지지 않습니다: {url} ({reason})",
        "does not lead to what replaces the article: {url} ({reason})",
        "replaced_by에 새 글의 주소를 적어 주세요",
        "write the address of the new article in replaced_by",
    ),
    # files and folders
    "FILE001": Message(
        E,
        "파일을 읽을 수 없습니다: {message_ko}",
        "cannot read the file: {message_en}",
        "파일과 권한을 확인해 주세요",
        "check the file and its permissions",
    ),
    "FILE002": Message(
        E,
        "폴더 밖을 가리키거나 제자리를 맴도는 링크입니다",
        "a link that leads out of its folder, or round in a ring",
        "링크 대신 파일을 넣어 주세요",
        "put the file there instead of a link",
    ),
    "FILE005": Message(
        W,
        "이 자리에는 사이트의 페이지가 있어 이 파일을 싣지 않았습니다: {url}",
        "a page of the site has this place, so the file is left out: {url}",
        "파일 이름을 바꾸거나, 그 페이지의 템플릿을 바꿔 주세요",
        "rename the file, or change the page's template",
    ),
    "USE001": Message(
        E,
        "콘텐츠 폴더가 없습니다",
        "there is no such content folder",
        "--content로 글이 있는 폴더를 알려 주세요. 처음이라면 new나 import가 content/를 만듭니다",
        "name the folder that holds the articles with --content; to begin, `new` or `import` makes content/",
    ),
    "USE002": Message(
        E,
        "이 출력 폴더는 sitegen이 만든 것이 아니라서 건드리지 않습니다",
        "this output folder was not made by sitegen and is left alone",
        "빈 폴더나 다른 이름을 --output으로 주세요",
        "give an empty folder or another name with --output",
    ),
    "USE003": Message(
        E,
        "출력 폴더가 {folder} 폴더와 겹칩니다",
        "the output folder overlaps the {folder} folder",
        "서로 떨어진 폴더를 --output으로 주세요",
        "give a folder apart from it with --output",
    ),
    "USE004": Message(
        E,
        "다른 빌드가 진행 중입니다",
        "another build is running",
        "그 빌드가 끝난 뒤에 다시 해 주세요",
        "try again when it has finished",
    ),
    "USE005": Message(E, "{message_ko}", "{message_en}", "{hint_ko}", "{hint_en}"),
    "USE006": Message(
        E,
        "출력 폴더에 다음이 있습니다: {name}. 빌드는 폴더를 통째로 바꾸므로 함께 없어집니다",
        "the output folder holds {name}, which a build would remove with all that is not the site's",
        "저장소는 다른 폴더에 두고, 빌드한 뒤에 그리로 복사해 주세요",
        "keep the repository in another folder, and copy the site there after a build",
    ),
    "USE007": Message(
        E,
        "같은 자리에 파일과 폴더가 함께 놓입니다: {name}",
        "a file and a folder of the site want the same place: {name}",
        "static/의 그 파일 이름을 바꾸거나, 글의 주소(permalink, slug)를 바꿔 주세요",
        "rename that file of static/, or change the address of the article (permalink, slug)",
    ),
    "USE008": Message(
        E,
        "다른 import나 takedown이 진행 중입니다",
        "another import or takedown is running",
        "그것이 끝난 뒤에 다시 해 주세요",
        "try again when it has finished",
    ),
    "USE009": Message(
        E,
        "지금 서 있는 폴더는 통째로 바꾸거나 지울 수 없습니다",
        "this is the current folder, which cannot be replaced or removed as a whole",
        "다른 폴더에서 이 폴더를 --output으로 주세요",
        "from another folder, name this one with --output",
    ),
    "USE010": Message(
        E,
        "출력 폴더가 {target} 폴더를 가리키는 링크입니다",
        "the output folder is a link that leads to {target}",
        "링크가 가리키는 폴더를 바로 적어 주세요: --output {target}",
        "name the folder itself: --output {target}",
    ),
    "CONF001": Message(
        E,
        '모르는 설정입니다: "{key}"',
        'unknown setting "{key}"',
        "{hint_ko}",
        "{hint_en}",
    ),
    "CONF002": Message(
        E,
        "{key}의 값이 알맞지 않습니다: {found}",
        "{key} cannot be {found}",
        "{expected_ko}",
        "{expected_en}",
    ),
    "CONF003": Message(
        E,
        "TOML을 읽을 수 없습니다: {message}",
        "cannot read the TOML: {message}",
        "표시된 줄의 따옴표와 괄호, 날짜를 확인해 주세요",
        "check the quotes, brackets and dates on that line",
    ),
    "CONF004": Message(
        E,
        "{key} = {found}에는 이 꾸러미가 있어야 합니다: {package}",
        "{key} = {found} needs the package {package}",
        "설치해 주세요: pip install {package}. GitHub에서 만든다면 .github/workflows/pages.yml의 Install 단계에서도 설치해야 합니다",
        "install it: pip install {package}; for GitHub Pages in the step Install of .github/workflows/pages.yml, too",
    ),
    "CONF005": Message(
        E,
        "UTF-8이 아닙니다 ({byte}번째 바이트)",
        "not UTF-8 (byte {byte})",
        "CP949(EUC-KR)로 저장했다면 UTF-8로 다시 저장해 주세요",
        "if it was saved as CP949 (EUC-KR), save it again as UTF-8",
    ),
    "CONF006": Message(
        E,
        "빠진 설정이 있습니다: {key}",
        "{key} is missing",
        "적어 주세요: {meaning_ko}",
        "write it: {meaning_en}",
    ),
    "CONF007": Message(
        W,
        "차림표가 없는 페이지로 이어집니다: {url}",
        "the menu leads to a page that is not there: {url}",
        "[[nav]]의 url을 고치거나 그 항목을 지워 주세요",
        "mend the url of this [[nav]], or take it out",
    ),
    "FILE006": Message(
        E,
        "테마의 파일이 없습니다: {name}",
        "a file of the theme is not there: {name}",
        "되돌려 놓거나, 검색 없이 빌드하세요(--no-search)",
        "bring it back, or build without the search (--no-search)",
    ),
    "FILE007": Message(
        W,
        "글로 읽지 않는 파일입니다({suffix}). 사이트에 실리지 않습니다",
        "no article is read from such a file ({suffix}); the site does not show it",
        "글이면 .md나 .html로 저장하고(HWPX는 import가 바꿉니다), 내려받을 파일이면 static/에 두세요",
        "save a text as .md or .html (`import` turns HWPX into one); a file to download belongs under static/",
    ),
    "FILE008": Message(
        W,
        "폴더 밖이나 없는 곳, 폴더를 가리키는 링크라 싣지 않았습니다",
        "a link that leads out of its folder, nowhere or to a folder, so it is left out",
        "링크 대신 파일을 넣어 주세요",
        "put the file there instead of a link",
    ),
    "FILE009": Message(
        W,
        "다른 파일과 이름이 같아(NFD, NFC만 다릅니다) 싣지 않았습니다: {name}",
        "another file has this name, but for NFD and NFC, so it is left out: {name}",
        "둘 중 하나를 지우거나 이름을 바꿔 주세요",
        "delete or rename one of the two",
    ),
    "FILE010": Message(
        W,
        "그림이 글 안이나 글쓴이의 컴퓨터에 있어 싣지 않았습니다: {src}",
        "a picture that lies in the text itself, or on its writer's machine, is not shown: {src}",
        "그림을 파일로 static/에 넣고 그 경로를 적어 주세요",
        "save it as a file under static/, and write its path",
    ),
    "FILE012": Message(
        E,
        "끝나지 않은 병합의 자국(<<<<<<<, =======, >>>>>>>)이 남아 있습니다",
        "what git leaves of a merge that is not finished: <<<<<<<, =======, >>>>>>>",
        "맞는 쪽만 남기고 그 줄들을 지워 주세요",
        "keep the side that is right, and delete these lines",
    ),
    "FILE011": Message(
        E,
        "파일 대신 Git LFS의 쪽지가 있어 그림이나 자료가 보이지 않습니다",
        "a note of Git LFS stands in place of the file, which readers would not see",
        "git lfs pull로 내려받아 주세요. GitHub에서는 pages.yml의 checkout에 lfs: true를 씁니다",
        "fetch it with git lfs pull; on GitHub write lfs: true under checkout in pages.yml",
    ),
    "CSS001": Message(
        E,
        "스타일 시트가 여기서 어긋납니다: {reason}",
        "the style sheet comes apart here: {reason}",
        "짝을 맞춰 주세요(메모는 /* … */로 적습니다). 그대로 두면 뒤따르는 모양이 사이트 전체에서 사라질 수 있습니다",
        "mend it (remarks stand in /* … */); else the style that follows may be lost on the whole site",
    ),
    "CSS002": Message(
        W,
        "스타일 시트가 부르는 파일이 없습니다: {name}",
        "the style sheet names a file that is not there: {name}",
        "주소를 고치거나, 그 파일을 static/에 넣어 주세요. 조각(css/parts/)에서는 css/ 폴더에서 시작하는 주소입니다",
        "mend the address, or put the file under static/; in css/parts/, addresses begin in css/",
    ),
    "CSS003": Message(
        W,
        "스타일 시트가 다른 누리집의 파일을 부릅니다: {url}",
        "the style sheet loads a file of another site: {url}",
        "화면의 정책(CSP)이 막아 읽는 이에게 보이지 않고, 막지 않으면 누가 읽는지 그쪽에 알려집니다. 파일을 static/에 넣고 그 경로를 적어 "
        "주세요. 그림이라면 호스트를 [cleaning] image_hosts에 적어도 됩니다",
        "the pages' own policy blocks it, and would it not, that site would learn who reads; put the file under static/ and "
        "write its path; hosts of pictures may be named in [cleaning] image_hosts",
    ),
    "CSS004": Message(
        W,
        "스타일 시트가 여기서 어긋납니다: {reason}",
        "the style sheet comes apart here: {reason}",
        "짝을 맞춰 주세요(메모는 /* … */로 적습니다). 그대로 두면 이 파일에서 뒤따르는 모양이 사라질 수 있습니다",
        "mend it (remarks stand in /* … */); else the style that follows in this file may be lost",
    ),
    "TPL001": Message(
        E,
        "템플릿을 쓸 수 없습니다: {message}",
        "the template cannot be used: {message}",
        "{hint_ko}",
        "{hint_en}",
    ),
    "TPL002": Message(
        W,
        "어느 템플릿도 쓰지 않는 말입니다: {key}",
        "no template asks for these words: {key}",
        "{hint_ko}",
        "{hint_en}",
    ),
    "TPL003": Message(
        E,
        "이런 이름의 템플릿이 없습니다: {message}",
        "there is no template of this name: {message}",
        "이름을 고치거나, 그 파일을 templates/ 폴더에 넣어 주세요",
        "mend the name, or put the file into the folder of templates",
    ),
    "TPL004": Message(
        W,
        "아무 화면도 쓰지 않는 템플릿입니다: {name}",
        "no page is made of this template: {name}",
        "{hint_ko}",
        "{hint_en}",
    ),
    "TPL005": Message(
        W,
        "어느 화면도 보여 주지 않는 블록입니다: {name}",
        "no page shows this block: {name}",
        "{hint_ko}",
        "{hint_en}",
    ),
    "TPL006": Message(
        W,
        "이런 글이 오면 여기서 빌드가 멈춥니다: {message}",
        "an article that comes here would stop the build: {message}",
        "표시된 줄을 고치거나, 없을 수도 있는 값이면 {{% if %}}로 감싸 주세요. 모두 갖춘 글과 제목뿐인 글을 시험 삼아 만들어 보았습니다",
        "mend the line shown, or put {{% if %}} around what may be missing; an article with everything and one with a title alone were made on trial",
    ),
    "BUG001": Message(
        B,
        "sitegen의 잘못입니다: {message}",
        "a fault of sitegen: {message}",
        "있던 사이트는 그대로입니다. 같은 명령에 -v를 더해 나오는 글을 알려 주세요",
        "the site that was there is untouched; please report what the same command prints with -v",
    ),
    "TOOL001": Message(
        E,
        "출력 폴더에 쓸 수 없습니다: {message_ko}",
        "cannot write to the output folder: {message_en}",
        "공간과 권한을 확인해 주세요. 있던 사이트는 그대로입니다",
        "check space and permissions; the site that was there is untouched",
    ),
    "TOOL002": Message(
        E,
        "Pagefind를 실행할 수 없습니다: {message_ko}",
        "cannot run Pagefind: {message_en}",
        "pip install pagefind-bin으로 다시 설치하거나 --no-search로 빌드하세요",
        "reinstall it with pip install pagefind-bin, or build with --no-search",
    ),
    "TOOL003": Message(
        E,
        "작업 프로세스가 죽었습니다: {message_ko}",
        "a worker process died: {message_en}",
        "메모리를 확인하거나 --jobs 1로 다시 해 주세요",
        "check the memory, or try --jobs 1",
    ),
    "TOOL004": Message(
        E,
        "이 클러스터를 쓸 수 없습니다: {message_ko}",
        "cannot use this cluster: {message_en}",
        "스케줄러와 일꾼이 켜져 있고 같은 폴더나 저장소를 보는지 확인해 주세요 (docs/scale.md)",
        "check that its scheduler and workers run and see the same folders, or the same store (docs/scale.md)",
    ),
    "TOOL005": Message(
        E,
        "짓는 동안 바뀌었습니다",
        "it changed while it was being built",
        "다시 지어 주세요. 있던 사이트는 그대로입니다",
        "build again; the site that was there is untouched",
    ),
    "TOOL006": Message(
        E,
        "시스템이 더 내주지 않습니다: {message_ko}",
        "the system gives no more: {message_en}",
        "한도를 늘리거나(ulimit -a) 다른 프로그램을 닫고, --jobs 1로 해 보세요. 있던 사이트는 그대로입니다",
        "raise the limit (ulimit -a) or close other programs, or try --jobs 1; the site that was there is untouched",
    ),
    "TOOL007": Message(
        E,
        "이 폴더는 다른 폴더와 자리를 바꿀 수 없습니다: {message_ko}",
        "this folder cannot change places with another: {message_en}",
        "디스크가 붙은 자리라면 그 안의 폴더에 지으세요(--output 폴더/site). 아니면 clean으로 지우고 다시 지으세요",
        "if a disk is mounted there, build into a folder inside it (--output FOLDER/site); else remove it with clean "
        "and build again",
    ),
    "TOOL008": Message(
        E,
        "읽을 수 없습니다: {message_ko}",
        "cannot be read: {message_en}",
        "권한을 확인해 주세요. 있던 사이트는 그대로입니다",
        "check its permissions; the site that was there is untouched",
    ),
    "TOOL009": Message(
        E,
        "다 지우지 못했습니다: {message_ko}",
        "could not be removed whole: {message_en}",
        "폴더와 그 안의 권한을 확인하고 다시 해 주세요. 일부는 이미 지워졌을 수 있습니다",
        "check the permissions of the folder and of what is in it, and try again; some of it may have gone",
    ),
    "TOOL010": Message(
        E,
        "읽거나 쓸 수 없습니다: {message_ko}",
        "cannot be read or written: {message_en}",
        "권한과 공간을 확인하고 다시 해 주세요. 그때까지 된 일은 그대로 있습니다",
        "check permissions and space, and try again; what was done by then stays",
    ),
    "TOOL011": Message(
        E,
        "폴더를 지켜볼 수 없습니다: {message_ko}",
        "the folder cannot be watched: {message_en}",
        "리눅스라면 한도(fs.inotify.max_user_watches, fs.inotify.max_user_instances)를 늘리거나, 큰 폴더를 밖으로 옮겨 주세요",
        "on Linux, raise fs.inotify.max_user_watches and fs.inotify.max_user_instances, or move large folders elsewhere",
    ),
    "TOOL012": Message(
        E,
        "이 파이썬에는 필요한 패키지가 없습니다: {message_ko}",
        "this Python lacks a package that is needed: {message_en}",
        ".venv/bin/python으로 실행해 주세요. 없다면 먼저 python3 -m venv .venv && .venv/bin/pip install .",
        "run it with .venv/bin/python; to make that, python3 -m venv .venv && .venv/bin/pip install .",
    ),
    "TOOL013": Message(
        E,
        "이 폴더를 잠글 수 없습니다: {message_ko}",
        "this folder cannot be locked: {message_en}",
        "파일을 잠글 수 있는 디스크에 --output 폴더를 두세요 (일부 네트워크 디스크는 잠그지 못합니다)",
        "keep the folder on a disk whose files can be locked (some network disks cannot): --output FOLDER",
    ),
}


# What an owner may answer for (`[[policy.waiver]]`): never an unreadable head or a contested address.
WAIVABLE: tuple[str, ...] = tuple(
    code
    for code in MESSAGES
    if (code.startswith(("SRC", "LIC", "VERB", "A11Y", "PII", "DUP")) and code not in ("SRC007", "PII001"))
    or code
    in (
        "DATE001",
        "BODY002",
        "BODY003",
        "BODY004",
        "BODY007",
        "BODY008",
        "BODY009",
        "BODY010",
        "BODY011",
        "BODY012",
        "BODY013",
        "FM007",
        "FM010",
        "FILE003",
        "FILE010",
        "LINK005",
        "LINK006",
        "SEO001",
    )
)


def text_of(template: str, details: tuple[tuple[str, str], ...]) -> str:
    """Return `template` with its placeholders filled in."""
    return template.format(**{name: shown_in_line(value) for name, value in details})


REASONED: Final = frozenset(
    {"message", "reason", "doubt", "field", "found", "other"}
)  # places whose words are not the content's


def message_of(problem: Problem, language: str) -> str:
    """Return what was found, in `language` (`ko` or `en`)."""
    message = MESSAGES[problem.code]
    if language == "ko":
        details = ((name, in_korean(value) if name in REASONED else value) for name, value in problem.details)
        return text_of(message.ko, tuple(details))
    return text_of(message.en, problem.details)


def hint_of(problem: Problem, language: str) -> str:
    """Return the next step in `language`, or an empty string."""
    message = MESSAGES[problem.code]
    return text_of(message.hint_ko if language == "ko" else message.hint_en, problem.details)


def render(problem: Problem, language: str, remark: str = "") -> list[str]:
    """Return the lines of a problem: `path:line:col: error CODE message`, a remark if there is one, then the hint."""
    waived = f" ({'예외' if language == 'ko' else 'waived'}: {problem.waived})" if problem.waived else ""
    lines = [
        f"{shown_in_line(str(problem.where))}: {problem.severity} {problem.code} {message_of(problem, language)}{waived}{remark}"
    ]
    hint = hint_of(problem, language)
    if hint:
        lines.append(f"  {'도움말' if language == 'ko' else 'hint'}: {hint}")
    return lines
