"""``python -m tests.benchmarks.misbehaviours``: what the crawl records of each misbehaving site."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from tests.fakes.rogue.crawl import PATIENT, crawl_cases, decent
from tests.fakes.rogue.documents import ROLES
from tests.fakes.rogue.table import CASES, ROWS


def main() -> None:
    """Crawl them all and print the table, one row a misdeed, one column a role."""
    heavy = [case for case in CASES if case.row.is_heavy]
    hasty = [case for case in CASES if not case.row.is_heavy]
    outcomes = {
        False: crawl_cases(hasty),
        True: crawl_cases(heavy, limits=PATIENT),
    }
    plain = crawl_cases([decent(case) for case in heavy], limits=PATIENT)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("misbehaviour", *ROLES):
        table.add_column(column)
    for row in ROWS:
        kinds = {
            case.role: outcomes[row.is_heavy].recorded(case)[0] for case in CASES if case.row is row
        }
        table.add_row(row.name, *(kinds.get(role, "") for role in ROLES))
    out = Console(highlight=False, width=140)
    out.print(table)
    for name, outcome in (
        ("little time", outcomes[False]),
        ("large", outcomes[True]),
        ("decent", plain),
    ):
        out.print(
            f"{name}: {len(outcome.sites)} sites in {outcome.seconds:.1f} s, "
            f"peak {outcome.peak_bytes / 1e6:.0f} MB"
        )


if __name__ == "__main__":
    main()
