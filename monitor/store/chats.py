"""What was heard from Telegram, and where its chats have moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.items import Verdict
from monitor.store import times
from monitor.store.connections import Connections
from monitor.store.marks import save_word

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import datetime

    from monitor.store.marks import Word

NUMBERS_LAST = timedelta(days=6)
"""For how long a number tells what comes after it.

After a week without updates the next one's number is chosen at random (Bot API, Update).
"""


@dataclass(frozen=True, kw_only=True)
class HeardWord:
    """What came of a word that was pressed."""

    before: Verdict | None
    """What was said before."""


class Chats(Connections):
    """The store's side that listens to chats. Nothing of who writes there is kept."""

    def chat_now(self, chat: str) -> str:
        """Where messages for a chat go: its own id, or that of what it became."""
        return self.moved_chats().get(chat, chat)

    def moved_chats(self) -> dict[str, str]:
        """Groups that became supergroups, by their former ids."""
        with self.read() as db:
            return dict(db.execute("SELECT former, chat FROM moved_chats").fetchall())

    def move_chat(self, chat: str, *, to: str) -> None:
        """Keep what a group has become."""
        if self.chat_now(chat) != to:
            with self.write() as db:
                db.execute(_MOVE, (chat, to))

    def last_heard(self, bot: str, *, now: datetime) -> int | None:
        """Number of the last update heard; None where the next may have any number."""
        with self.read() as db:
            return _last_heard(db, bot, now=now)

    def hear(self, bot: str, update: int, *, now: datetime) -> bool:
        """Note that an update was heard; False where it was before, and nothing is to be done.

        Once this has returned, the update is never heard again, whatever becomes of the answer.
        """
        with self.write() as db:
            return _note(db, bot, update, now=now)

    def hear_word(
        self,
        bot: str,
        update: int,
        *,
        article_id: int,
        word_of: Callable[[str], Word | None],
        now: datetime,
    ) -> HeardWord | None:
        """Note an update and keep the word it brings, both or neither.

        Args:
            bot: Whose update.
            update: Its number; where it was heard before, its word was kept then.
            article_id: What the word is about.
            word_of: Makes the word for a topic's key; None where another topic is meant.
            now: When it was heard.

        Returns:
            None where no such article was scored for the topic.
        """
        with self.write() as db:
            is_new = _note(db, bot, update, now=now)
            topics = db.execute("SELECT topic FROM scores WHERE article_id = ?", (article_id,))
            for row in topics.fetchall():
                if word := word_of(row["topic"]):
                    before = save_word(db, word, now=now) if is_new else word.verdict
                    return HeardWord(before=before)
        return None

    def bot_commands(self, bot: str) -> str | None:
        """What a bot's menu was set to, as a hash; None before."""
        with self.read() as db:
            row = db.execute("SELECT commands FROM telegram_bots WHERE bot = ?", (bot,)).fetchone()
        return row["commands"] if row else None

    def set_bot_commands(self, bot: str, commands: str) -> None:
        """Note what a bot's menu was set to."""
        with self.write() as db:
            db.execute(_SET_COMMANDS, (bot, commands))


def _last_heard(db: sqlite3.Connection, bot: str, *, now: datetime) -> int | None:
    row = db.execute("SELECT heard, heard_at FROM telegram_bots WHERE bot = ?", (bot,)).fetchone()
    if row is None or row["heard"] is None:
        return None
    if now - times.read(row["heard_at"]) > NUMBERS_LAST:
        return None
    heard: int = row["heard"]
    return heard


def _note(db: sqlite3.Connection, bot: str, update: int, *, now: datetime) -> bool:
    last = _last_heard(db, bot, now=now)
    if last is not None and update <= last:
        return False
    db.execute(_HEAR, (bot, update, times.written(now)))
    return True


_MOVE = """
INSERT INTO moved_chats (former, chat) VALUES (?, ?)
ON CONFLICT (former) DO UPDATE SET chat = excluded.chat
"""
_HEAR = """
INSERT INTO telegram_bots (bot, heard, heard_at) VALUES (?, ?, ?)
ON CONFLICT (bot) DO UPDATE SET heard = excluded.heard, heard_at = excluded.heard_at
"""
_SET_COMMANDS = """
INSERT INTO telegram_bots (bot, commands) VALUES (?, ?)
ON CONFLICT (bot) DO UPDATE SET commands = excluded.commands
"""
