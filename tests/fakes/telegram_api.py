"""A Bot API server on loopback that speaks the real protocol and keeps what it is sent."""

from __future__ import annotations

import json
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from tests.fakes.telegram_texts import bare, buttons_of, entities_of, fault_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "BOT_NAME",
    "TOKEN",
    "BotServer",
    "blocked",
    "bot_server",
    "buttons_of",
    "conflict",
    "flood",
    "group",
    "migrated",
    "private",
]

TOKEN = "12345:test-token"
BOT_NAME = "diembao_bot"
Answer = tuple[int, dict[str, Any]]

_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


@dataclass
class BotServer:
    """What was sent, what readers do, and how to answer next."""

    base_url: str = ""
    messages: list[dict[str, str]] = field(default_factory=list)
    """What sendMessage was called with; a message's id is its place, from 1."""
    answers: list[Answer] = field(default_factory=list)
    """Status and body for the next sendMessage calls, before it goes on accepting."""
    refusals: dict[str, list[Answer]] = field(default_factory=dict)
    """The same for any method."""
    unknown_chats: set[str] = field(default_factory=set)
    """Chats that the bot was not added to."""
    before_answer: Callable[[], None] | None = None
    """Called when a message has arrived and is not answered yet."""
    after_answer: Callable[[str], None] | None = None
    """Called with the method's name when its answer has gone out."""
    on_call: Callable[[str], None] | None = None
    """Called with the name of each method that was called, before anything is done or answered."""
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Every call but getUpdates, in order."""
    polls: int = 0
    """How often getUpdates was called."""
    token: str = TOKEN
    updates: list[dict[str, Any]] = field(default_factory=list)
    """Not confirmed yet."""
    keyboards: dict[int, dict[str, Any]] = field(default_factory=dict)
    """What stands under each message now, by its id."""
    texts: dict[int, str] = field(default_factory=dict)
    """What each message says now."""
    next_update: int = 501
    called: threading.Condition = field(default_factory=threading.Condition)
    """Is told of every call and update."""
    _poll: int = 0
    _is_closed: bool = False

    def answer(self, method: str, token: str, fields: dict[str, str]) -> Answer:
        """Answer one call as api.telegram.org would; status 0 cuts the connection."""
        if token != self.token:
            return 401, _refusal(401, "Unauthorized")
        with self.called:
            if method == "getUpdates":
                self.polls += 1
            else:
                self.calls.append((method, fields))
            refusals = self.refusals.get(method)
            refusal = refusals.pop(0) if refusals else None
            self.called.notify_all()
        if self.on_call is not None:
            self.on_call(method)
        if refusal is not None:
            return refusal
        known = getattr(self, f"_{method}", None)
        return known(fields) if known else (404, _refusal(404, "Not Found"))

    # What a test does in a reader's place.

    def write(self, chat: dict[str, Any], text: str, **more: Any) -> int:
        """Somebody writes into a chat; the update's number."""
        message = {"message_id": 9_000 + self.next_update, "date": more.pop("date", _now())}
        return self._update(message={**message, "chat": chat, "text": text, **more})

    def press(self, chat: dict[str, Any], message: int, data: str) -> int:
        """Somebody presses a button; the update's number."""
        text = self.texts.get(message, "")
        shown: dict[str, Any] = {"message_id": message, "date": _now(), "chat": chat}
        shown |= {"text": bare(text), "entities": entities_of(text)}
        if message in self.keyboards:
            shown["reply_markup"] = self.keyboards[message]
        query = {"id": f"q{self.next_update}", "from": {"id": 4, "is_bot": False}, "data": data}
        return self._update(callback_query={**query, "chat_instance": "1", "message": shown})

    def _update(self, **what: Any) -> int:
        with self.called:
            number = self.next_update
            self.next_update += 1
            self.updates.append({"update_id": number, **what})
            self.called.notify_all()
            return number

    def wait_for(self, method: str, count: int = 1, seconds: float = 60) -> list[dict[str, str]]:
        """What a method was called with, once it was called so often."""

        def found() -> list[dict[str, str]]:
            return [fields for name, fields in self.calls if name == method]

        with self.called:
            assert self.called.wait_for(lambda: len(found()) >= count, seconds), self.calls
            return found()

    def wait_for_poll(self, seconds: float = 60) -> None:
        """Until somebody asks for updates from now on."""
        with self.called:
            before = self.polls
            assert self.called.wait_for(lambda: self.polls > before, seconds)

    def wait_until_confirmed(self, seconds: float = 60) -> None:
        """Until the bot has said that it heard all updates."""
        with self.called:
            assert self.called.wait_for(lambda: not self.updates, seconds), self.updates

    def close(self) -> None:
        """Let go of polls that wait."""
        with self.called:
            self._is_closed = True
            self.called.notify_all()

    # Methods, by their names in the protocol.

    def _getMe(self, _: dict[str, str]) -> Answer:  # noqa: N802 - as the protocol has it
        bot = {"id": 12345, "is_bot": True, "first_name": "Điểm báo", "username": BOT_NAME}
        return _fine(bot)

    def _getChat(self, fields: dict[str, str]) -> Answer:  # noqa: N802 - as above
        if fields["chat_id"] in self.unknown_chats:
            return 400, _refusal(400, "Bad Request: chat not found")
        known = {"id": 7, "type": "private", "accent_color_id": 1, "max_reaction_count": 11}
        return _fine({**known, "accepted_gift_types": _NO_GIFTS})

    def _sendMessage(self, fields: dict[str, str]) -> Answer:  # noqa: N802 - as above
        if self.answers:
            return self.answers.pop(0)
        fault = fault_in(fields)
        if fault:
            return 400, _refusal(400, f"Bad Request: {fault}")
        with self.called:
            self.messages.append(fields)
            number = len(self.messages)
            self._show(number, fields)
            self.called.notify_all()
        if self.before_answer is not None:
            self.before_answer()
        chat = {"id": 7, "type": "private"}
        return _fine({"message_id": number, "date": 1_700_000_000, "chat": chat, "text": "…"})

    def _editMessageText(self, fields: dict[str, str]) -> Answer:  # noqa: N802 - as above
        fault = fault_in(fields)
        if fault:
            return 400, _refusal(400, f"Bad Request: {fault}")
        self._show(int(fields["message_id"]), fields)
        return _fine({})

    def _editMessageReplyMarkup(self, fields: dict[str, str]) -> Answer:  # noqa: N802 - as above
        number, markup = int(fields["message_id"]), json.loads(fields["reply_markup"])
        if self.keyboards.get(number) == markup:
            return 400, _refusal(400, "Bad Request: message is not modified")
        self.keyboards[number] = markup
        return _fine({})

    def _show(self, number: int, fields: dict[str, str]) -> None:
        self.texts[number] = fields["text"]
        self.keyboards.pop(number, None)
        if "reply_markup" in fields:
            self.keyboards[number] = json.loads(fields["reply_markup"])

    def _answerCallbackQuery(self, _: dict[str, str]) -> Answer:  # noqa: N802 - as above
        return _fine(True)

    def _setMyCommands(self, _: dict[str, str]) -> Answer:  # noqa: N802 - as above
        return _fine(True)

    def _getUpdates(self, fields: dict[str, str]) -> Answer:  # noqa: N802 - as above
        """Long polling: a second poll ends the first, an offset confirms what lies before."""
        offset, timeout = int(fields.get("offset", 0)), float(fields.get("timeout", 0))
        with self.called:
            self._poll += 1
            mine = self._poll
            self.updates = [one for one in self.updates if one["update_id"] >= offset]
            self.called.notify_all()
            self.called.wait_for(
                lambda: self.updates or self._poll != mine or self._is_closed, timeout
            )
            if self._poll != mine:
                return conflict()
            return _fine(self.updates[: int(fields.get("limit", 100))])


def group(chat: int = -100, **more: Any) -> dict[str, Any]:
    """A group as updates name it."""
    return {"id": chat, "type": "supergroup", "title": "Ban Tổ chức", **more}


def private(chat: int = 7) -> dict[str, Any]:
    """A reader's own chat with the bot."""
    return {"id": chat, "type": "private", "first_name": "An", "username": "an_nguyen"}


def flood(seconds: int) -> Answer:
    """The answer of flood control."""
    parameters = {"retry_after": seconds}
    return 429, {**_refusal(429, "Too Many Requests"), "parameters": parameters}


def conflict() -> Answer:
    """The answer to a poll that another one ended."""
    said = "Conflict: terminated by other getUpdates request"
    return 409, _refusal(409, said)


def blocked() -> Answer:
    """The answer when the reader blocked the bot."""
    return 403, _refusal(403, "Forbidden: bot was blocked by the user")


def migrated(chat: int) -> Answer:
    """The answer when a group became a supergroup."""
    refusal = _refusal(400, "Bad Request: group chat was upgraded to a supergroup chat")
    return 400, {**refusal, "parameters": {"migrate_to_chat_id": chat}}


def _now() -> int:
    return int(time.time())


def _fine(result: Any) -> Answer:
    return 200, {"ok": True, "result": result}


def _refusal(code: int, said: str) -> dict[str, Any]:
    return {"ok": False, "error_code": code, "description": said}


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is everyday here; anything else is a fault of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def bot_server(bot: BotServer | None = None) -> Iterator[BotServer]:
    """Serve until the block ends."""
    bot = bot or BotServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            fields = {
                key: value[0] for key, value in parse_qs(self.rfile.read(length).decode()).items()
            }
            _, token, method = self.path.split("/")
            status, answer = bot.answer(method, token.removeprefix("bot"), fields)
            if not status:
                self.close_connection = True
                return
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            if bot.after_answer is not None:
                bot.after_answer(method)

        def log_message(self, *_: object) -> None:
            return

    server = _Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    bot.base_url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield bot
    finally:
        bot.close()
        server.shutdown()
        thread.join()
        server.server_close()
