"""What the service is asked by signals: to stop, or to read its files again."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import queue
    from collections.abc import Iterator
    from types import FrameType

Asked = Literal["stop", "reload"]


@contextmanager
def asked_by_signals(asked: queue.SimpleQueue[Asked]) -> Iterator[None]:
    """Put what SIGINT, SIGTERM and SIGHUP ask for into a queue, as long as the block lasts.

    Args:
        asked: Of a kind that may be written to while it is being read.
    """

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        asked.put("stop")

    def ask_to_reload(_number: int, _frame: FrameType | None) -> None:
        asked.put("reload")

    handlers = {
        signal.SIGINT: ask_to_stop,
        signal.SIGTERM: ask_to_stop,
        signal.SIGHUP: ask_to_reload,
    }
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
