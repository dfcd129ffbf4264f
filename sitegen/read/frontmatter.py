"""The bytes of a content file → its front matter and body.

Nearly every head is plain YAML between two lines of `---`; any other is read by dialects.py, which is loaded for it.
"""

from sitegen.read.head_forms import read_head
from sitegen.read.nodes import FrontMatter
from sitegen.read.parts import YAML_END, decode, directive_in, split


def parse(text: str | bytes, path: str) -> FrontMatter:
    """Return the front matter and body of a file. Raises ContentError with `path:line:col`."""
    source = decode(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"), path)
    front = plain_front(source) if source.startswith("---\n") else None
    if front is not None:
        return front
    from sitegen.read.dialects import parse_dialect  # noqa: PLC0415  a tenth of what a small build loads

    return parse_dialect(source, path)


def plain_front(source: str) -> FrontMatter | None:
    """Return the front matter and body of a text with a plain head, or None when only dialects.py can tell."""
    parts = split(source, YAML_END, 0)
    if parts is None or directive_in(parts[1]):
        return None
    head, body, line = parts
    found = read_head(head, 2)
    return None if found is None else FrontMatter(found.mapping, body, line, found.places)
