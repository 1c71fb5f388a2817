"""The store: one SQLite file, all its sides behind one name."""

from __future__ import annotations

from monitor.store.alerts import Alerts
from monitor.store.archive import Archive
from monitor.store.archived import Archived
from monitor.store.backfills import Backfills
from monitor.store.budgets import Budgets
from monitor.store.chats import Chats
from monitor.store.clock_faults import ClockFaults
from monitor.store.deliveries import Deliveries
from monitor.store.digests import Digests
from monitor.store.marks import Marks
from monitor.store.newest import Newest
from monitor.store.proofs import Proofs
from monitor.store.prunings import Prunings
from monitor.store.revisits import Revisits
from monitor.store.rhythms import Rhythms
from monitor.store.runs import Runs
from monitor.store.search import Search
from monitor.store.sources import Sources
from monitor.store.states import States
from monitor.store.subscriptions import Subscriptions
from monitor.store.told import ToldFigures
from monitor.store.trends import Trends
from monitor.store.units import Units
from monitor.store.witnesses import PageWitnesses


class Store(
    Sources,
    States,
    Proofs,
    Runs,
    Rhythms,
    Budgets,
    Revisits,
    Subscriptions,
    Digests,
    Deliveries,
    Search,
    Newest,
    Archive,
    Archived,
    PageWitnesses,
    Marks,
    Chats,
    ToldFigures,
    Trends,
    Units,
    Backfills,
    Prunings,
    ClockFaults,
    Alerts,
):
    """Everything that is kept between two runs of the program.

    Each base is one subject in one file; all share the connections of
    ``monitor.store.connections``: ``open``, ``close``, ``write``, ``read``.
    """
