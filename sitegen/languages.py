"""Language tags (BCP 47): which language a text is in, and in which of ours we speak beside it."""


def primary_language(tag: str) -> str:
    """Return the language a tag begins with, in lower case: `zh` for `zh-Hant`."""
    return tag.partition("-")[0].lower()


def our_language(tag: str) -> str:
    """Return `ko` or `en`: the one of our two languages that serves readers of a text in `tag`; `ko` for no tag."""
    return "ko" if primary_language(tag) in ("ko", "") else "en"
