"""All misbehaviours, and the cases they make."""

from __future__ import annotations

from tests.fakes.rogue.entry_rows import ENTRY_ROWS, FEED_ROWS
from tests.fakes.rogue.page_rows import CODE_ROWS, PAGE_ROWS
from tests.fakes.rogue.rows import cases_of
from tests.fakes.rogue.status_rows import REDIRECT_ROWS, STATUS_ROWS
from tests.fakes.rogue.transport_rows import TRANSPORT_ROWS

ROWS = (
    *TRANSPORT_ROWS,
    *STATUS_ROWS,
    *REDIRECT_ROWS,
    *FEED_ROWS,
    *ENTRY_ROWS,
    *CODE_ROWS,
    *PAGE_ROWS,
)
CASES = cases_of(ROWS)
