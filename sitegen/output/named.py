"""A style sheet or script → the files that it names, and how it names them."""

import re
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Final
from urllib.parse import quote, unquote

from sitegen.characters import composed

SCRIPT_ENDS: Final = (".js", ".mjs")
# Where a file may name another. In a style sheet: `url(../fonts/a.woff2)`, `@import "b.css"`; in a script: any text
# that begins as a path (`from "./b.js"`, `import("../c.js")`, `new URL("./d.wasm", import.meta.url)`).
# In a sheet, comments and texts are passed over: `content: "url(x)"` names nothing.
IN_SHEET: Final = re.compile(
    r"""(?P<begin>(?:\burl\(\s*|@import\s+(?=["']))(?P<quote>["'])?)(?P<address>(?(quote)[^"'\\?#\n]+|[^\s"')\\?#]+))"""
    r"""(?(quote)(?:\\.|(?!(?P=quote))[^\\\n])*(?P=quote)?)"""
    r"""|/\*[\s\S]*?\*/|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'"""
)
IN_SCRIPT: Final = re.compile(r"""(?P<begin>["'`])(?P<address>\.{0,2}/[^"'`\n\\?#]+)(?=["'`?#])""")
ADDRESSES: Final = {".css": IN_SHEET, **dict.fromkeys(SCRIPT_ENDS, IN_SCRIPT)}


def named_by(address: str, name: str) -> str:
    """Return the path of the file that an address in another means: from the root, or from where that one lies."""
    path = unquote(composed(address.strip()))
    if path.startswith("//"):  # of another host
        return ""
    return normpath(path if path.startswith("/") else f"{PurePosixPath(name).parent}/{path}").lstrip("/")


def addressed(address: str, name: str, named: str) -> str:
    """Return an address in a file, of one by its new name; from the root of a style sheet it works below any path."""
    address = composed(address.strip())
    if address.startswith("/") and name.endswith(".css"):
        address = f"{'../' * name.count('/')}{address[1:]}"
    folder, slash, last = address.rpartition("/")
    new = PurePosixPath(named).name
    return f"{folder}{slash}{last if unquote(last) == new else quote(new, errors='surrogateescape')}"
