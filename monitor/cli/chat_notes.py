"""Says which Telegram groups bear another id now than the settings write."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.watch import Watch


def moved_chats(watch: Watch) -> dict[str, str]:
    """Groups of the settings that became supergroups: the ids written there to those of now."""
    named = {str(chat) for one in watch.config.subscribers for chat in one.channels.telegram}
    return {former: chat for former, chat in watch.store.moved_chats().items() if former in named}


def moved_chat_lines(watch: Watch) -> list[str]:
    """A line for each, which says what to write."""
    say = watch.wording.say
    return [
        say("chat.moved", former=former, chat=chat) for former, chat in moved_chats(watch).items()
    ]
