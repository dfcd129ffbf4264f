"""What may stand in a cleaned body, and what becomes of everything else. Tables only."""

import re
from typing import Final

from sitegen.languages import direction, language_tag

# Dropped with all they hold: they run, load, submit or draw.
DROPPED: Final = frozenset(
    {
        "applet", "audio", "base", "bgsound", "button", "canvas", "col", "colgroup", "datalist", "dialog", "embed",
        "form", "frame", "frameset", "head", "iframe", "input", "link", "map", "math", "meta", "meter", "noembed",
        "noframes", "noscript", "object", "optgroup", "option", "param", "portal", "progress", "script", "select",
        "source", "style", "svg", "template", "textarea", "title", "track", "video",
    }
)  # fmt: skip

# Those of them that hold words which a reader sees; what stands in controls is no news.
WORDED: Final = frozenset({"dialog", "form", "math", "svg"})
CONTROLS: Final = (
    "a[role=button], button, input, label, legend, option, script, select, style, svg desc, svg title, textarea"
)

# One word for one thing.
RENAMED: Final = {"b": "strong", "i": "em", "s": "del", "strike": "del", "tt": "code", "dir": "ul", "menu": "ul"}

INLINE: Final = frozenset(
    {
        "a", "abbr", "br", "cite", "code", "del", "em", "img", "kbd", "mark", "q", "rp", "rt", "ruby", "samp",
        "small", "span", "strong", "sub", "sup", "var",
    }
)  # fmt: skip
# Inline elements that mean nothing around nothing.
HOLLOW: Final = INLINE - {"br", "img"}

HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
# Blocks that hold words and inline elements.
PROSE: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "dt", "caption"})
# Blocks that hold blocks, or inline content when that is all there is.
CELLS: Final = frozenset({"li", "td", "th", "dd"})
# Blocks whose children are of a fixed kind.
FRAMES: Final = frozenset({"ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr"})
BLOCKS: Final = PROSE | CELLS | FRAMES | {"blockquote", "div", "figure", "hr", "pre"}

# Blocks of no meaning of their own: their content stays, as a block.
WRAPPERS: Final = frozenset(
    {
        "address", "article", "aside", "body", "center", "details", "div", "fieldset", "footer", "header", "hgroup",
        "html", "legend", "listing", "main", "nav", "plaintext", "search", "section", "summary", "xmp",
    }
)  # fmt: skip

# How a cell of a Markdown table stands in its column; the start of the line needs no word.
ALIGNED: Final = {"right": "n-right", "center": "n-center"}

# Attributes that stay, by element. Classes and ids are only ever our own (see gate.py).
ATTRIBUTES: Final[dict[str, frozenset[str]]] = {
    "a": frozenset({"href", "role"}),
    "abbr": frozenset({"title"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
}
# What some of them may say; the group is what is written.
COUNT: Final = re.compile(r"([0-9]{1,9})")
WHOLE: Final = re.compile(r"\+?(-?[0-9]{1,9})")
VALUES: Final = {
    **dict.fromkeys(("width", "height", "colspan", "rowspan"), COUNT),
    **dict.fromkeys(("start", "value"), WHOLE),
    "type": re.compile("([aAiI])"),
    "reversed": re.compile("()(?:reversed)?"),
    "role": re.compile("(doc-noteref|doc-backlink)"),
}

# What any element may say of its words: their language, and which way they run.
SPOKEN: Final = {"lang": language_tag, "dir": direction}
WORDLESS: Final = frozenset({"br", "hr"})

# Inline styles that say something, and the elements that say it.
MEANING: Final = {
    "super": "sup",
    "sub": "sub",
    "line-through": "del",
    "block": "div",
}
# Elements that only look so: one with such a style says that.
LOOKS: Final = frozenset({"big", "em", "font", "ins", "mark", "small", "span", "strong", "u"})

# Pages of these hosts are videos; an embed of one becomes a link to it.
VIDEO_HOSTS: Final = (
    "youtube.com", "youtu.be", "youtube-nocookie.com", "vimeo.com", "tv.naver.com", "nmv.naver.com", "tv.kakao.com",
    "play-tv.kakao.com", "ktv.go.kr",
)  # fmt: skip

# Class names that mark advertisements and sharing widgets of Korean blogs and news pages.
WIDGET_CLASSES: Final = frozenset(
    {"adsbygoogle", "adfit", "kakao_ad_area", "revenue_unit_wrap", "sns_share", "another_category"}
)

# Query parameters that follow the reader and change nothing about the page.
TRACKING: Final = frozenset(
    {
        "call_from", "fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "msclkid", "pWise", "pWiseMain", "pWiseSub",
        "yclid",
    }
)  # fmt: skip
TRACKING_PREFIXES: Final = ("utm_", "pWise")
# Of the address of a korea.kr article: the list it was found in. In a list's own address they say what it shows.
ARTICLE_NUMBER: Final = "newsId="
LIST_STATE: Final = frozenset({"pageIndex", "srchWord", "srchKeyword"})
LIST_STATE_PREFIX: Final = "repCode"
SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
MAX_URL_CHARS: Final = 2000

# What a link is called that leads from a footnote back to its place, and one that stands for a picture, a recording or
# a video, by the language of the text.
BACK_WORDS: Final = {"ko": "본문으로", "en": "Back to the text"}
MEDIA_WORDS: Final = {
    "ko": {"img": "그림", "audio": "소리", "video": "동영상"},
    "en": {"img": "Picture", "audio": "Recording", "video": "Video"},
}
