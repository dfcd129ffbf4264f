"""Every code in words: what was found, how much it matters, why it is asked and what to do. Read off the checks."""

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Final

from sitegen.checks import attribution, blocked, content, originals, pages, policy
from sitegen.checks.why import WHY
from sitegen.messages import MESSAGES, WAIVABLE

CODE: Final = re.compile(r"\b([A-Z][A-Z0-9]{2,4}\d{3})(?:–([A-Z][A-Z0-9]{2,4}\d{3}))?")
OPENING: Final = re.compile(rf"(?m)^\s*((?:{CODE.pattern})(?:, {CODE.pattern})*): ")
HEAD: Final = """\
# Checks and problems

Made by `python build.py check --explain all`; a test keeps it so. A **bug** is our fault, found on finished pages
(exit 3); an **error** holds the article back, or stops the command; a **warning** publishes it, and the page says what
is unknown; a **note** needs nothing. `[policy]` in site.toml changes the level of a code, `[[policy.waiver]]` publishes
named articles in spite of one (codes marked *waivable*). Words in braces are filled in.
"""


def reasons() -> dict[str, str]:
    """Return why each code is asked, in the words of the check that asks it."""
    return dict(said())


def said() -> Iterator[tuple[str, str]]:
    """Yield each code that a check's docstring names, with the reason it gives."""
    for check in functions():
        text = inspect.cleandoc(check.__doc__ or "")
        openings = list(OPENING.finditer(text))
        for place, opening in enumerate(openings):
            end = openings[place + 1].start() if place + 1 < len(openings) else len(text)
            words = " ".join(text[opening.end() : end].split())
            yield from ((code, words[:1].upper() + words[1:]) for code in codes_in(opening[1]))


def reasons_in_korean() -> dict[str, str]:
    """Return why each code is asked, in Korean."""
    return {code: words for codes, words in WHY.items() for code in codes_in(codes)}


def functions() -> Iterator[Callable[..., object]]:
    """Yield the checks, in the order of their modules."""
    for module in (content, attribution, pages, blocked, originals, policy):
        for name, member in vars(module).items():
            if inspect.isfunction(member) and member.__module__ == module.__name__ and not name.startswith("_"):
                yield member


def codes_in(opening: str) -> Iterator[str]:
    """Yield the codes that `SRC001–SRC003, LIC001` names."""
    for first, last in CODE.findall(opening):
        stem, start = first[:-3], int(first[-3:])
        yield from (f"{stem}{number:03}" for number in range(start, int(last[-3:]) + 1 if last else start + 1))


def explained(code: str, language: str) -> str:
    """Return all there is to say of a code. Raises KeyError for one that is not there."""
    message = MESSAGES[code]
    said, hint = (message.ko, message.hint_ko) if language == "ko" else (message.en, message.hint_en)
    lines = [f"{code} ({message.severity.value})", f"  {plain(said)}"]
    why = reasons_in_korean() if language == "ko" else reasons()
    lines += [f"  {why[code]}"] if code in why else []
    lines += [f"  → {plain(hint)}"] if is_fixed(hint) else []
    return "\n".join(lines)


def markdown() -> str:
    """Return docs/checks.md."""
    why = reasons()
    parts = [HEAD]
    for code in sorted(MESSAGES):
        message = MESSAGES[code]
        waivable = ", *waivable*" if code in WAIVABLE else ""
        parts.append(f"## {code}\n\n{message.severity.value}{waivable}. {plain(message.en)}.  \n{plain(message.ko)}.\n")
        parts += [f"{why[code]}\n"] if code in why else []
        parts += [f"→ {plain(message.hint_en)}\n"] if is_fixed(message.hint_en) else []
    return "\n".join(parts)


def is_fixed(hint: str) -> bool:
    """Return whether there is a hint that says the same each time."""
    return bool(hint) and not hint.startswith(("{hint", "{expected"))


def plain(template: str) -> str:
    """Return a message's template as a reader should see it: doubled braces are braces."""
    return template.replace("{{", "{").replace("}}", "}")
