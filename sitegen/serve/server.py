"""The preview's server: 127.0.0.1 only, files of one folder only, a proper status always.

A Host or Origin that is not this machine's is refused (403), so that a web page elsewhere cannot read the preview.
"""

import html
import mimetypes
import sys
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

from sitegen.output.writer import MARKER
from sitegen.serve.reload import CLIENT, CLIENT_URL, EVENTS_URL, Broadcast

LOCAL_NAMES: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
WELL_KNOWN: Final = ".well-known"
PING_S: Final = 15.0  # a comment on the stream this often finds out who has left
TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".json": "application/json; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}


class PreviewServer(ThreadingHTTPServer):
    """Serves one folder."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, site_dir: Path, base_path: str, broadcast: Broadcast) -> None:
        super().__init__(("127.0.0.1", port), partial(Handler, site_dir, base_path, broadcast))

    @property
    def port(self) -> int:
        """Return the port that was taken."""
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of readers who leave before the answer is complete; a fault of ours is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    server_version = "sitegen-preview"
    sys_version = ""

    def __init__(self, site_dir: Path, base_path: str, broadcast: Broadcast, *arguments: object) -> None:
        self.site_dir = site_dir
        self.base_path = unquote(base_path)
        self.broadcast = broadcast
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_HEAD(self) -> None:
        """Answer as GET, without the body."""
        self.do_GET()

    def do_GET(self) -> None:
        """Send a file, the client, the events, or why not."""
        if not self.is_local():
            self.send(HTTPStatus.FORBIDDEN, b"403\n", "text/plain; charset=utf-8")
            return
        try:
            asked, query = urlsplit(self.path)[2:4]
        except ValueError:  # `http://[/`
            self.send(HTTPStatus.BAD_REQUEST, b"400\n", "text/plain; charset=utf-8")
            return
        # as http.server reads what came; some write the letters of an address as they are, not in per cent
        path = unquote_to_bytes(asked.encode("latin-1")).decode("utf-8", "replace")
        if path == CLIENT_URL:
            self.send(HTTPStatus.OK, CLIENT.encode(), TYPES[".js"])
        elif path == EVENTS_URL:
            self.send_events()
        elif not path.startswith(self.base_path):
            self.redirect(self.base_path)
        else:
            self.send_page(path, query)

    def is_local(self) -> bool:
        """Return whether Host and Origin are this machine's."""
        host = self.headers.get("Host", "")
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        origin = self.headers.get("Origin")
        return name in LOCAL_NAMES and origin in (None, f"http://{host}")

    def send_page(self, path: str, query: str) -> None:
        """Send the file of an address, the site's own 404, or the reason why there is no site yet.

        `path`: the address without what stands for its letters in per cent.
        """
        if not all((self.site_dir / name).is_file() for name in (MARKER, "404.html")):
            self.send_problems()
            return
        file = self.file_of(path)
        if file is not None and file.is_dir():
            if not path.endswith("/"):
                self.redirect(f"{path}/", query)
                return
            file = file / "index.html"
        status = HTTPStatus.OK
        if file is None or not file.is_file():
            file, status = self.site_dir / "404.html", HTTPStatus.NOT_FOUND
        try:
            data = file.read_bytes()
        except OSError:  # the folders have just changed places
            data = (self.site_dir / "404.html").read_bytes()
            status = HTTPStatus.NOT_FOUND
        suffix = file.suffix.lower()
        kind = TYPES.get(suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        self.send(status, self.with_client(data) if suffix == ".html" else data, kind)

    def file_of(self, path: str) -> Path | None:
        """Return the path below the site's folder that an address means, or None for one outside."""
        parts = [part for part in path[len(self.base_path) :].split("/") if part not in ("", ".")]
        if any(
            part == ".." or "\0" in part or "\\" in part or part.startswith(".") for part in parts if part != WELL_KNOWN
        ):
            return None
        file = self.site_dir.joinpath(*parts)
        try:
            return file if file.resolve(strict=True).is_relative_to(self.site_dir.resolve()) else None
        except OSError:  # it is not there, or no file can have that name
            return None

    def with_client(self, page: bytes) -> bytes:
        """Return a page with the reload client before its end."""
        told = f'data-version="{self.broadcast.version}" data-index="{self.broadcast.index}"'
        tag = f'<script src="{CLIENT_URL}" {told}></script>'.encode()
        before, end, after = page.rpartition(b"</body>")
        return before + tag + end + after if end else page + tag

    def send_problems(self) -> None:
        """Send a page that says why there is nothing to show; it reloads when there is."""
        lines = html.escape("\n".join(self.broadcast.problems))
        page = f"<!doctype html><meta charset=utf-8><title>sitegen</title><body><pre>{lines}</pre></body>"
        self.send(HTTPStatus.SERVICE_UNAVAILABLE, self.with_client(page.encode()), TYPES[".html"])

    def send_events(self) -> None:
        """Send the state now and whenever it changes, until the reader leaves."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if self.command == "HEAD":
            return
        seen = -1
        try:
            while not self.broadcast.closed:
                serial, state = self.broadcast.wait(seen, PING_S)
                self.wfile.write((f"data: {state}\n\n" if serial != seen else ": still here\n\n").encode())
                self.wfile.flush()
                seen = serial
        except OSError:
            return

    def redirect(self, path: str, query: str = "") -> None:
        """Send the reader to another address of this server. `query` is as it came."""
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", f"/{quote(path.lstrip('/'))}{'?' if query else ''}{query}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def send(self, status: HTTPStatus, data: bytes, kind: str) -> None:
        """Send an answer; nothing is ever kept by the browser."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Keep the terminal for problems."""
