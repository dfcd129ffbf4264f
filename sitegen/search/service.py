"""Pagefind's indexer as a service: requests and answers are base64 of JSON with a comma after each, over its pipes.

The binary is the one that the package `pagefind_bin` ships. Its own Python interface waits 0.1 s for each answer.
"""

import base64
import gzip
import json
import os
import re
import select
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import IO, Any, Final, Self

from sitegen.errors import ToolError, system_error, tool_error

KNOWN_VERSION: Final = re.compile(r"1\.5\.\d+")
PIPE_BYTES: Final = 1 << 20
PATIENCE_S: Final = 600  # the largest index takes some
NAME: Final = "pagefind"
ENTRY: Final = "pagefind-entry.json"
SIGNATURE: Final = b"pagefind_dcd"  # before the content of every file


class Indexer:
    """One index in the making. Everything raises ToolError."""

    def __init__(self, config: Mapping[str, object] | None = None, patience_s: float = PATIENCE_S) -> None:
        try:
            from pagefind_bin import get_executable  # noqa: PLC0415  only when there is something to index
        except ImportError as error:
            raise failed("pagefind_bin 패키지가 없습니다", "the package pagefind_bin is not installed") from error
        self.config = dict(config or {})
        self.patience_s = patience_s
        self.sent = 0
        self.unread = bytearray()
        try:
            self.process = subprocess.Popen(  # noqa: S603
                [str(get_executable()), "--service"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise system_error("TOOL002", NAME, error) from error

    def __enter__(self) -> Self:
        try:
            self.index = self.ask({"type": "NewIndex", "config": self.config})["index_id"]
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """End Pagefind's process."""
        self.process.kill()
        self.process.communicate()

    def add(self, requests: Sequence[Mapping[str, object]]) -> None:
        """Add pages in order. A thread sends: a full pipe would stop both sides."""
        sender = threading.Thread(target=self.send_all, args=(requests,), daemon=True)
        sender.start()
        for _ in requests:
            self.answer()
        sender.join()

    def send_all(self, requests: Iterable[Mapping[str, object]]) -> None:
        """Send every request (the sender thread); a closed pipe is noticed by who reads the answers."""
        for request in requests:
            try:
                self.send({**request, "index_id": self.index})
            except (OSError, ValueError):  # closed by the other side, or by ours
                return

    def files(self) -> dict[str, bytes]:
        """Return the files of the index by their paths.

        Pagefind gives the files and we write them: where it writes them itself, 1.5.2 answers before the bytes are on
        the disk (its issue 1271), and one build in fifty on a busy machine had an empty or torn file.
        """
        answer = self.ask({"type": "GetFiles", "index_id": self.index})
        files = {file["path"]: base64.b64decode(file["content"]) for file in answer["files"]}
        check_version(files.get(ENTRY, b""))
        return files

    def ask(self, request: dict[str, object]) -> dict[str, Any]:
        """Send one request and return its answer."""
        with suppress(OSError):  # a closed pipe: the answer says how it ended
            self.send(request)
        return self.answer()

    def send(self, request: dict[str, object]) -> None:
        """Send one request."""
        assert self.process.stdin is not None
        self.sent += 1
        message = json.dumps({"message_id": self.sent, "payload": request}, ensure_ascii=False)
        self.process.stdin.write(base64.b64encode(message.encode()) + b",")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """Return the next answer. Raises ToolError when there is none or it is an error."""
        assert self.process.stdout is not None
        looked_at = 0  # an answer may have many megabytes: no byte of it is looked at twice
        while (end := self.unread.find(b",", looked_at)) < 0:
            looked_at = len(self.unread)
            if not comes(self.process.stdout, self.patience_s):
                seconds = f"{self.patience_s:g}"
                raise failed(f"{seconds}초 동안 답이 없습니다", f"it has not answered for {seconds} s")
            part = os.read(self.process.stdout.fileno(), PIPE_BYTES)
            if not part:
                status = self.process.wait()
                raise failed(f"상태 {status}로 끝났습니다", f"it ended with status {status}")
            self.unread += part
        message = self.unread[:end]
        del self.unread[: end + 1]
        payload: dict[str, Any] = json.loads(base64.b64decode(message))["payload"]
        if payload["type"] == "Error":
            raise failed(str(payload.get("message")))
        return payload


def comes(stream: IO[bytes], patience_s: float) -> bool:
    """Return whether something can be read, or the end comes, in so many seconds. On Windows no pipe can be asked."""
    return sys.platform == "win32" or bool(select.select([stream], [], [], patience_s)[0])


def check_version(entry: bytes) -> None:
    """Refuse an index of a version whose files we do not know. Raises ToolError."""
    try:
        version = json.loads(entry)["version"]
    except ValueError as error:
        raise failed(f"색인이 쓰이지 않았습니다 ({error})", f"no index was written ({error})") from error
    if not KNOWN_VERSION.fullmatch(version):
        en = f"version {version} is not one of 1.5.x, whose files are known"
        raise failed(f"{version}판은 파일을 아는 1.5.x가 아닙니다", en)


def decoded(content: bytes) -> bytes:
    """Return what is in a file of the index: after its compression and its signature."""
    return gzip.decompress(content).removeprefix(SIGNATURE)


def failed(ko: str, en: str = "") -> ToolError:
    """Return the error for an indexer that did not do its work."""
    return tool_error("TOOL002", NAME, ko, en)
