"""The ways a digest leaves the house: one backend, one file, all behind ``Channel``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from monitor.items import Letter


class Handover(Protocol):
    """How a channel tells the outbox where it stands, so that a crash is understood.

    The outbox commits each call before it returns.
    """

    parts_done: int
    """Parts confirmed by earlier attempts; a channel goes on after them."""

    def begin(self) -> None:
        """The next byte may complete a part: from here to ``confirm`` a crash is unclear."""

    def confirm(self) -> None:
        """The other side has accepted the part."""


class Channel(Protocol):
    """A way to send a letter to its recipients."""

    name: str
    can_repeat: bool
    """Whether sending a letter twice gives the reader only one."""

    @property
    def recipients(self) -> tuple[str, ...]:
        """Mail addresses, chat ids or folders; each gets its own delivery."""

    def parts(self, letter: Letter) -> int:
        """How many hand-overs the letter takes."""

    def probe(self) -> None:
        """Go as far as a delivery goes before anything is sent.

        Raises:
            TemporaryRefusal: A delivery would fail now; the reason says why.
        """

    def send(self, letter: Letter, recipient: str, handover: Handover) -> None:
        """Send all parts of the letter that are not done yet.

        Raises:
            TemporaryRefusal: Not now.
            PermanentRefusal: Never.
            UnclearOutcome: It was handed over, and no answer came.
        """
