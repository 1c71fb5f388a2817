"""All misbehaviours, and the cases they make."""

from __future__ import annotations

from tests.fakes.rogue.content_rows import CONTENT_ROWS
from tests.fakes.rogue.rows import cases_of
from tests.fakes.rogue.transport_rows import TRANSPORT_ROWS

ROWS = (*TRANSPORT_ROWS, *CONTENT_ROWS)
CASES = cases_of(ROWS)
