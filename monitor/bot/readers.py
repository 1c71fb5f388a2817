"""Who may ask the bot: the chats that the settings name, as they are called now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.bot.updates import Chat
    from monitor.config import Config


@dataclass(frozen=True)
class Readers:
    """The chats that digests go to.

    Args:
        by_chat: Names of the subscriptions that a chat gets, by its id or its ``@name``.
    """

    by_chat: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, config: Config, *, moved: Mapping[str, str]) -> Readers:
        """As the settings name them.

        Args:
            config: The settings that hold.
            moved: Groups that became supergroups, by their former ids.
        """
        by_chat: dict[str, tuple[str, ...]] = {}
        for one in config.subscribers:
            for chat in map(str, one.channels.telegram):
                # By both: what stands in a group that moved can still be pressed.
                for key in dict.fromkeys((chat.lower(), moved.get(chat, chat))):
                    by_chat[key] = (*by_chat.get(key, ()), one.name)
        return cls(by_chat)

    def subscriptions_of(self, chat: Chat) -> tuple[str, ...]:
        """What a chat gets; nothing for a stranger."""
        own = self.by_chat.get(chat.id, ())
        public = self.by_chat.get(chat.public_name, ()) if chat.public_name else ()
        return tuple(dict.fromkeys((*own, *public)))

    def may_mark(self, chat: Chat) -> bool:
        """Whether what is pressed there counts: not where anybody can come in and press."""
        return chat.public_name is None and chat.id in self.by_chat
