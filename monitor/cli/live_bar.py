"""A bar that is seen on a terminal only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.cli.output import notes

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from rich.progress import Progress


class LiveBar:
    """Shows a bar for as long as a block lasts; a log sees nothing of it.

    Args:
        bar: Of one task or several.
    """

    def __init__(self, bar: Progress) -> None:
        self._bar = bar

    def __enter__(self) -> Self:
        if notes.is_terminal:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if notes.is_terminal:  # a bar that was never shown would still end with an empty line
            self._bar.stop()
