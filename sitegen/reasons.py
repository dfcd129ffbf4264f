"""What stands in English inside a message: reasons that parsers give, and our own → in Korean."""

import re
from collections.abc import Mapping
from typing import Final

REASONS: Final[Mapping[str, str]] = {
    # YAML, as libyaml says it
    "did not find expected key": "키가 와야 할 자리입니다",
    "did not find expected ',' or ']'": ",나 ]가 와야 할 자리입니다",
    "did not find expected ',' or '}'": ",나 }가 와야 할 자리입니다",
    "did not find expected '-' indicator": "-가 와야 할 자리입니다",
    "did not find expected node content": "값이 와야 할 자리입니다",
    "did not find expected comment or line break": "줄이 끝나야 할 자리입니다",
    "could not find expected ':'": "키 뒤에 :이 없습니다",
    "mapping values are not allowed in this context": "여기에는 :을 쓸 수 없습니다",
    "block sequence entries are not allowed in this context": "여기에는 -를 쓸 수 없습니다",
    "found character that cannot start any token": "값은 이 글자로 시작할 수 없습니다",
    "found unexpected end of stream": "따옴표나 괄호가 닫히지 않았습니다",
    "found unexpected document indicator": "따옴표나 괄호가 닫히지 않았습니다",
    "found unknown escape character": "\\ 뒤의 글자를 알 수 없습니다",
    # JSON
    "Expecting ',' delimiter": ",가 와야 할 자리입니다",
    "Expecting ':' delimiter": ":이 와야 할 자리입니다",
    "Expecting value": "값이 와야 할 자리입니다",
    "Expecting property name enclosed in double quotes": "큰따옴표로 감싼 키가 와야 할 자리입니다",
    "Illegal trailing comma before end of object": "마지막 값 뒤의 ,를 지워 주세요",
    "Unterminated string starting at": "따옴표가 닫히지 않았습니다",
    "Extra data": "끝난 뒤에 글이 더 있습니다",
    # TOML
    "Invalid value": "쓸 수 없는 값입니다",
    "Invalid statement": "읽을 수 없는 줄입니다",
    "Unterminated string": "따옴표가 닫히지 않았습니다",
    "Unclosed array": "]가 없습니다",
    "Illegal character '\\n'": "따옴표가 닫히지 않았습니다",
    "Cannot overwrite a value": "같은 키가 두 번 있습니다",
    "Expected '=' after a key in a key/value pair": "키 뒤에 =이 없습니다",
    "Expected newline or end of document after a statement": "줄이 끝나야 할 자리입니다",
    "Expected ']' at the end of a table declaration": "[표 이름] 뒤에 ]가 없습니다",
    "Expected ']]' at the end of an array declaration": "[[표 이름]] 뒤에 ]]가 없습니다",
    # Jinja, and Python of what Jinja writes
    "Missing end of comment tag": "주석이 닫히지 않았습니다. #}가 없습니다",
    "Missing end of raw directive": "{% endraw %}가 없습니다",
    "unexpected 'end of print statement'": "식이 끝까지 적히지 않았습니다",
    "unexpected 'end of statement block'": "식이 끝까지 적히지 않았습니다",
    "unexpected end of template, expected 'end of print statement'.": "}}가 없습니다",
    "unexpected end of template, expected 'end of statement block'.": "%}가 없습니다",
    "too many statically nested blocks": "{% for %}를 20겹 넘게 겹칠 수 없습니다",
    "too many levels of indentation": "태그가 너무 깊이 겹쳤습니다",
    "too many nested parentheses": "괄호가 너무 깊이 겹쳤습니다",
    "too many parts in one another": "식이나 태그가 너무 깊이 겹쳤습니다",
    # of finished pages
    "a text that may not be shown": "실을 수 없는 글",
    # our own
    "a quote that does not end": "닫히지 않은 따옴표가 있습니다",
    "a comment that does not end": "닫히지 않은 주석이 있습니다",
    "a bracket that does not end": "닫히지 않은 괄호가 있습니다",
    "brackets are nested too deep": "괄호가 너무 깊이 겹쳐 있습니다",
    "a number has too many digits": "자릿수가 너무 많은 수입니다",
    "Invalid date or datetime": "없는 날짜나 시각입니다",
    "it includes, extends or calls itself": "자기 자신을 부르거나 잇습니다(include, extends, 매크로)",
    "half a letter, which no file can hold": "반쪽뿐인 글자(\\ud800 같은)는 파일에 적을 수 없습니다",
    "a tab cannot indent": "탭으로는 들여 쓸 수 없습니다",
    "empty": "비어 있습니다",
    "encoding": "글자의 부호화를 알 수 없습니다",
    "nothing is left of it": "남는 글자가 없습니다",
    "it names another site or drive": "다른 누리집이나 드라이브입니다",
    "it climbs out of the site": "누리집 밖으로 나갑니다",
    "a part of it cannot be a file name": "파일 이름이 될 수 없는 부분이 있습니다",
    "it is too long": "너무 깁니다",
    "it is the notice itself": "이 안내 자신입니다",
    "it is a notice, too": "그것도 안내입니다",
    "there is no such page": "그런 화면이 없습니다",
    "a host of files hears nothing behind ? or #": "? 나 # 뒤는 파일을 내주는 서버에 전해지지 않습니다",
    "not an address of this site": "이 누리집의 주소가 아닙니다",
    "no line with date and agency": "날짜와 기관이 적힌 줄이 없습니다",
    "no reprint statement: the body's end was judged by the labels after it": (
        "전재 문구가 없어 뒤따르는 이름표로 본문의 끝을 가려냈습니다"
    ),
    "nothing says where the text is from: write its source in": (
        "어디에서 온 글인지 적혀 있지 않습니다. 출처를 적어 넣어 주세요"
    ),
    "extracted by a general rule: compare it with the page": "일반 규칙으로 뽑았습니다. 쪽과 견주어 보세요",
    "the feed is not well formed: compare it with the original": "피드의 꼴이 온전하지 않습니다. 원문과 견주어 보세요",
    "a viewer page names no title, date or agency: write them in": (
        "뷰어 쪽에는 제목, 날짜, 기관이 없습니다. 적어 넣어 주세요"
    ),
    "a document names no date, agency or address of its publication: write them in": (
        "문서에는 발표한 날짜, 기관, 주소가 없습니다. 적어 넣어 주세요"
    ),
    "the title is what the file says of itself, and stands nowhere in its text: it may be of an older document": (
        "본문에 없는 제목을 문서 정보에서 가져왔습니다. 예전 문서의 제목일 수 있습니다"
    ),
    "its file is written in another form, and is read as Markdown: put its marks right": (
        "다른 꼴로 쓴 파일을 마크다운으로 읽었습니다. 표시를 고쳐 주세요"
    ),
    "it names no title: this one is made of the file's name, as its blog made it": (
        "제목이 없어 옛 블로그처럼 파일 이름으로 지었습니다"
    ),
    "the text of the feed was escaped twice, and is unescaped once more: compare it with the original": (
        "피드의 글이 두 번 이스케이프되어 한 번 더 풀었습니다. 원문과 견주어 보세요"
    ),
    "tags stand in the text as words, as the feed has them: compare it with the original": (
        "피드의 글에 태그가 글자로 들어 있습니다. 원문과 견주어 보세요"
    ),
    "characters that no XML may hold were taken out: compare it with the original": (
        "XML에 쓸 수 없는 문자를 뺐습니다. 원문과 견주어 보세요"
    ),
    "a press release that names no agency is held back by the build: write it in": (
        "기관이 적히지 않은 보도자료는 실리지 않습니다. agency를 적어 넣어 주세요"
    ),
    "what stands around an article on its page is in this row's text: import the page itself": (
        "이 줄의 글에 원래 화면의 곁다리가 섞여 있습니다. 그 쪽을 직접 가져오세요"
    ),
    # kinds of values
    "text": "글",
    "a bare text": "글",
    "a list": "목록",
    "the file name": "파일 이름",
    "nothing": "빈 값",
    "a mapping": "키: 값 묶음",
    # what a setting should be
    'a text in "…"': '"…" 안에 쓴 글',
    "a text without control characters": "제어 문자가 없는 글",
    'the names of hosts, e.g. ["example.go.kr"]; those below one of them count': (
        '호스트 이름 (예: ["example.go.kr"], 그 아래의 것도 들어갑니다)'
    ),
    "a page of this site's own": "이 누리집 자체의 화면",
    "a number from 1 to 200": "1부터 200까지의 수",
    "a day like 2027-06-30": "2027-06-30 같은 날짜",
    "a regular expression": "정규 표현식",
    "why these articles are published all the same": "그래도 싣는 까닭",
    "the finding to publish in spite of": "그래도 실을 점검 코드",
    "globs relative to the content folder": "콘텐츠 폴더에서 시작하는 경로 (글롭)",
    "the words of the menu link": "메뉴에 보일 말",
    "the name of an agency": "기관 이름",
    "short names that readers search by": "독자가 찾을 때 쓰는 줄임말",
    "the name of the source": "출처의 이름",
    "the institution to credit when an article names none": "글에 기관이 없을 때 밝힐 기관",
    "address, e.g. /about/": "주소 (예: /about/)",
}
PATTERNS: Final = (
    (re.compile(r"unknown: (.+)"), "모르는 키: {}"),
    (re.compile(r"missing: (.+)"), "빠진 키: {}"),
    (re.compile(r"wrong kind of value: (.+)"), "값의 꼴이 다릅니다: {}"),
    (re.compile(r"facts: (.+)"), "facts에 쓸 수 없는 값입니다: {}"),
    (re.compile(r"(.+) is not allowed here"), "여기에는 쓸 수 없습니다: {}"),
    (re.compile(r"(.+) is missing or cannot be read"), "없거나 읽을 수 없습니다: {}"),
    (re.compile(r".* does not export the requested name '(.+)'"), "다른 템플릿이 쓰는 매크로가 없습니다: {}"),
    (
        re.compile(r"words under (\".+?\"): (\".*\") \(known here: (.*)\)"),
        "{}의 말을 채울 수 없습니다: {} (여기에 주어진 값: {})",
    ),
    (re.compile(r"there is no template of this name: (.+)"), "이런 이름의 템플릿이 없습니다: {0}"),
    (re.compile(r"no words under \"(.+)\" for language \"(.+)\""), "words/{1}.toml에 없는 말입니다: {0}"),
    (re.compile(r"static file \"(.+)\" is not there"), "static/에 없는 파일입니다: {}"),
    (re.compile(r"not UTF-8 \(byte (\d+)\)"), "UTF-8이 아닙니다 ({}번째 바이트)"),
    (re.compile(r"(.) that nothing opens"), "여는 짝이 없는 {}"),
    (re.compile(r"(.) that does not close"), "닫히지 않은 {}"),
    (re.compile(r"(.+) is no text"), "글이 아닙니다: {}"),
    # Jinja
    (re.compile(r"(.+) has no attribute '(.+)' \(did you mean '(.+)'\?\)"), "{}에 없는 값입니다: {} (혹시 {}인가요?)"),
    (re.compile(r"(.+) has no attribute '(.+)'"), "{}에 없는 값입니다: {}"),
    (re.compile(r"block '(.+)' defined twice"), "블록이 두 번 나옵니다: {}"),
    (re.compile(r"there is no parent block called '(.+)'\."), "바탕 템플릿(extends)에 없는 블록입니다: {}"),
    (re.compile(r"parameter '(.+)' was not provided"), "매크로에 주지 않은 값입니다: {}"),
    (
        re.compile(r"(?:TypeError: )?macro '(.+)' takes no keyword argument '(.+)'"),
        "매크로 {}가 받지 않는 값입니다: {}",
    ),
    (re.compile(r"unexpected '(.+)', expected '(.+)'"), "{1}이(가) 와야 할 자리에 다른 것이 있습니다: {0}"),
    (re.compile(r"unexpected (?:char )?'(.+)'(?: at \d+)?"), "여기에는 올 수 없습니다: {}"),
    (
        re.compile(r"expected token 'end of print statement', got '(.+)'"),
        "}}}}가 와야 할 자리에 다른 것이 있습니다: {}",
    ),
    (re.compile(r"expected token 'end of statement block', got '(.+)'"), "%}}가 와야 할 자리에 다른 것이 있습니다: {}"),
    (re.compile(r"expected token '(.+)', got '(.+)'"), "{}이(가) 와야 할 자리에 다른 것이 있습니다: {}"),
    (re.compile(r"Expected an expression, got (.+)"), "식이 와야 할 자리에 다른 것이 있습니다: {}"),
    (re.compile(r"Encountered unknown tag (.+?)\..*", re.DOTALL), "그런 태그가 없습니다: {}"),
    (re.compile(r"Unexpected end of template\..*", re.DOTALL), "닫히지 않은 블록이 있습니다"),
    (re.compile(r"(.+) is undefined"), "그런 값이 없습니다: {}"),
    (re.compile(r"No filter named '(.+?)'(?: found)?\."), "그런 필터가 없습니다: {}"),
    (re.compile(r"No test named '(.+?)'(?: found)?\."), "그런 테스트가 없습니다: {}"),
    (re.compile(r"ContentsStatus (.+): neither new nor updated"), "새 글도 고친 글도 아닙니다 (ContentsStatus {})"),
    (
        re.compile(
            r"(\d+) file\(s\) have an address only on their own site, as (.+): write it whole under attachments"
        ),
        "파일 {}개의 주소가 제 누리집 안의 경로뿐입니다({}). attachments에 온전한 주소를 적어 주세요",
    ),
    (
        re.compile(r"(\d+) file\(s\) are named nowhere on the page, as (.+): write label and url under attachments"),
        "파일 {}개의 이름이 쪽에 없습니다({}). attachments에 label과 url을 적어 주세요",
    ),
    (
        re.compile(r"(\d+) picture\(s\) saved beside the page have no address: (.+)"),
        "쪽과 함께 저장한 그림 {}개는 주소가 없습니다: {}",
    ),
    (
        re.compile(r"(\d+) part\(s\) that the original hides stand in the text: (.+)"),
        "원본에서 숨긴 글 {}곳이 본문에 들어 있습니다: {}",
    ),
    (
        re.compile(r"(\d+) picture\(s\) that lie in the text itself are left out: save them as files"),
        "글 안에 든 그림 {}개를 뺐습니다. 파일로 저장해 넣어 주세요",
    ),
    (
        re.compile(r"may not be published before a time that cannot be read: (.+)"),
        "언제까지 실을 수 없는지 그 때를 읽지 못했습니다: {}",
    ),
    (
        re.compile(r"a line above the date may be furniture of the page: (.+)"),
        "날짜 위의 줄이 화면 꾸밈 문구일 수 있습니다: {}",
    ),
    (re.compile(r"control character (U\+\w+)"), "제어 문자 {}"),
)


def in_korean(text: str) -> str:
    """Return a reason in Korean, or the text itself where it is none that is known."""
    if text in REASONS:
        return REASONS[text]
    for pattern, korean in PATTERNS:
        if found := pattern.fullmatch(text):
            return korean.format(*found.groups())
    return text
