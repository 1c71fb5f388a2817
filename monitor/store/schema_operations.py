"""Tables and columns for the service's own operation, in the style of ``monitor.store.schema``."""

from __future__ import annotations

ALERTS = """
-- What needs, or needed, a person (monitor.items.Alert). One that comes back goes on with its row.
CREATE TABLE alerts (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,       -- tells it from others of its kind; '' for the only one
    since_at TEXT NOT NULL,      -- when it began, as far as is known
    opened_at TEXT NOT NULL,     -- when it was found, for the first time or again
    fields TEXT NOT NULL,        -- JSON object: for the words
    told_at TEXT,                -- when a letter last told of it; NULL: none ever did
    over_since_at TEXT,          -- when it was first not found any more; NULL: it lasts
    closed_at TEXT,              -- when its end was settled; NULL: it is open
    PRIMARY KEY (kind, subject)
) STRICT, WITHOUT ROWID;
"""

PARTS_IN_DOUBT = """
-- JSON array: numbers, from 1, of the parts that doubt names; empty where it names none, and in
-- deliveries that were unclear before this was kept.
ALTER TABLE deliveries ADD COLUMN parts_in_doubt TEXT NOT NULL DEFAULT '[]';
"""

PRUNED_AT = """
-- When sapo and body were let go of; NULL: they were not, or before this was kept (is_pruned).
ALTER TABLE articles ADD COLUMN pruned_at TEXT;
"""
