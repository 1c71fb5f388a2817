"""How much of a digest has room in a mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.render.cuts import cut_stories

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.render.view import DigestView
    from monitor.wording import Wording

MAIL_BYTES = 100_000
"""Bound of a mail with all its parts but the file of figures that a reader asked for.

Gmail hides what comes after 102 KB of a page, and phones fetch larger mails in pieces."""

TEXT_BYTES, SHORT_TEXT_BYTES = 20_000, 12_000
"""Bounds of its plain text: where the page has room for everything beside it, and else."""

_HEADER_BYTES = 4_000
"""Room for the headers, those of the parts included."""

_LEAST_ROWS, _ROWS_A_STORY = 10, 4
"""Figures of the table where there is no room for all, and more for each story in full."""

# Base64 makes lines of 76 letters and two for their end out of 57 bytes (RFC 2045, 6.8).
_RAW_LINE, _ENCODED_LINE = 57, 78


def room_for_page(text: str, picture: bytes) -> int:
    """Bytes that a mail's page may have beside its text and its picture."""
    left = MAIL_BYTES - _HEADER_BYTES - _encoded(len(text.encode())) - _encoded(len(picture))
    return max(0, left // _ENCODED_LINE * _RAW_LINE)


def fitting(
    view: DigestView, fill: Callable[[DigestView], str], *, most_bytes: int, wording: Wording
) -> tuple[DigestView, str]:
    """The fullest digest whose text is small enough, and that text.

    The steps go from nothing shown, over ever more titles, to ever more stories in full with
    figures in the table. Each makes the text larger, so the last that fits is found by halving.

    Args:
        view: All of it.
        fill: Makes the text of a view.
        most_bytes: Bound of the text in UTF-8; exceeded where not even nothing has room.
        wording: To say what was cut.
    """
    text = fill(view)
    if len(text.encode()) <= most_bytes:
        return view, text
    low, high = 0, 2 * sum(len(section.stories) for section in view.sections)
    best = _at_step(view, low, wording)
    text = fill(best)
    while low < high - 1:
        middle = (low + high) // 2
        candidate = _at_step(view, middle, wording)
        filled = fill(candidate)
        if len(filled.encode()) <= most_bytes:
            low, best, text = middle, candidate, filled
        else:
            high = middle
    return best, text


def _at_step(view: DigestView, step: int, wording: Wording) -> DigestView:
    stories = sum(len(section.stories) for section in view.sections)
    in_full = max(0, step - stories)
    return cut_stories(
        view,
        in_full=in_full,
        shown=min(step, stories),
        rows=_LEAST_ROWS + in_full * _ROWS_A_STORY,
        wording=wording,
    )


def _encoded(raw_bytes: int) -> int:
    return -(-raw_bytes // _RAW_LINE) * _ENCODED_LINE
