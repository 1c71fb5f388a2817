"""The names of the steps of ``monitor.store.migrations``: enough to see whether a file is current.

By itself so that a file that is current is opened without the library that takes the steps: it
loads numpy where that is installed, 15 MB together.
"""

from __future__ import annotations

SET = "diembao"
"""Tells our steps from another program's in the table of steps taken."""

NAMES = (
    "first_tables",
    "skimmed_and_archived",
    "date_witnesses",
    "figure_days",
    "categories",
    "copies",
    "marks",
    "revisits",
    "units",
    "backfills",
    "shortfalls",
    "discovery",
    "topics",
    "subscriptions",
    "retention",
    "alerts",
    "parts_in_doubt",
    "pruned_at",
    "chats",
)
"""Of all steps, in order; a file that knows others was made by a newer diembao."""
