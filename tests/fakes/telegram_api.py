"""A Bot API server on loopback that speaks the real protocol and keeps what it is sent."""

from __future__ import annotations

import html
import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOKEN = "12345:test-token"
LONGEST_MESSAGE = 4096
"""UTF-16 code units after entities are parsed (Bot API, sendMessage)."""

_TAGS = re.compile(r"</?(?:b|strong|i|em|u|s|code|pre|blockquote|a)(?: [^<>]*)?>")


_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


@dataclass
class BotServer:
    """What was sent, and how to answer next."""

    base_url: str = ""
    messages: list[dict[str, str]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    """Status and body for the next sendMessage calls, before it goes on accepting."""
    unknown_chats: set[str] = field(default_factory=set)
    """Chats that the bot was not added to."""
    before_answer: Callable[[], None] | None = None
    """Called when a message has arrived and is not answered yet."""

    def answer(self, method: str, token: str, fields: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Answer one call as api.telegram.org would."""
        if token != TOKEN:
            return 401, _refusal(401, "Unauthorized")
        if method == "getMe":
            bot = {"id": 12345, "is_bot": True, "first_name": "Điểm báo", "username": "diembao_bot"}
            return 200, {"ok": True, "result": bot}
        if method == "getChat":
            return self._chat(fields["chat_id"])
        if method != "sendMessage":
            return 404, _refusal(404, "Not Found")
        if self.answers:
            return self.answers.pop(0)
        return self._accept(fields)

    def _chat(self, chat: str) -> tuple[int, dict[str, Any]]:
        if chat in self.unknown_chats:
            return 400, _refusal(400, "Bad Request: chat not found")
        known = {"id": 7, "type": "private", "accent_color_id": 1, "max_reaction_count": 11}
        accepted = {"accepted_gift_types": _NO_GIFTS}
        return 200, {"ok": True, "result": {**known, **accepted}}

    def _accept(self, fields: dict[str, str]) -> tuple[int, dict[str, Any]]:
        bare = _TAGS.sub("", fields["text"])
        if "<" in bare or ">" in bare:
            return 400, _refusal(400, "Bad Request: can't parse entities")
        if len(html.unescape(bare).encode("utf-16-le")) // 2 > LONGEST_MESSAGE:
            return 400, _refusal(400, "Bad Request: message is too long")
        self.messages.append(fields)
        if self.before_answer is not None:
            self.before_answer()
        chat = {"id": 7, "type": "private"}
        sent = {"message_id": len(self.messages), "date": 1_700_000_000, "chat": chat, "text": "…"}
        return 200, {"ok": True, "result": sent}


def flood(seconds: int) -> tuple[int, dict[str, Any]]:
    """The answer of flood control."""
    parameters = {"retry_after": seconds}
    return 429, {**_refusal(429, "Too Many Requests"), "parameters": parameters}


def blocked() -> tuple[int, dict[str, Any]]:
    """The answer when the reader blocked the bot."""
    return 403, _refusal(403, "Forbidden: bot was blocked by the user")


def migrated(chat: int) -> tuple[int, dict[str, Any]]:
    """The answer when a group became a supergroup."""
    refusal = _refusal(400, "Bad Request: group chat was upgraded to a supergroup chat")
    return 400, {**refusal, "parameters": {"migrate_to_chat_id": chat}}


def _refusal(code: int, said: str) -> dict[str, Any]:
    return {"ok": False, "error_code": code, "description": said}


@contextmanager
def bot_server() -> Iterator[BotServer]:
    """Serve until the block ends."""
    bot = BotServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            fields = {
                key: value[0] for key, value in parse_qs(self.rfile.read(length).decode()).items()
            }
            _, token, method = self.path.split("/")
            status, answer = bot.answer(method, token.removeprefix("bot"), fields)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    bot.base_url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield bot
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
