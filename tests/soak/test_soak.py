"""The simulated month, in small: a day with a kill at each kind of place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.soak.count import count
from tests.soak.month import Month, first_midnight, simulated_month
from tests.soak.plan import Fault, Kill, Plan, draw_plan

HOUR = timedelta(hours=1)


def small_plan() -> Plan:
    midnight = first_midnight()
    return Plan(
        kills=(
            Kill(at=midnight + HOUR, kind="crawl", seconds=0.3),
            Kill(at=midnight + HOUR, kind="write", detail="inside", number=3),
            Kill(at=midnight + 6 * HOUR, kind="email", detail="dot"),
            Kill(at=midnight + 6 * HOUR, kind="telegram", detail="arrived"),
        ),
        faults=(
            Fault(
                begins=midnight + 7 * HOUR,
                ends=midnight + 8 * HOUR,
                place="telegram",
                detail="flood",
            ),
        ),
        child_kills=(),
        calm=(midnight, midnight),
    )


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    folder = tmp_path_factory.mktemp("soak") / "watch"
    with simulated_month(folder, days=9 / 24, seed=3, plan=small_plan(), drain=8.5 * HOUR) as month:
        yield month


def test_killed_in_crawl_ingest_and_sending_it_loses_and_doubles_nothing(day: Month) -> None:
    counted = count(day)
    assert list(counted.findings()) == []
    assert counted.stories > 3
    places = [death.where.split()[0] for death in day.deaths]
    assert sorted(places) == ["crawl", "email", "telegram", "write"]
    assert (counted.doubtful, counted.doubtful_arrived) == (2, 2)


def test_what_a_server_did_not_get_or_got_twice_would_be_found(day: Month) -> None:
    first = next(one for one in day.office.arrivals if one.way == "email")
    others = [one for one in day.office.arrivals if one is not first]
    lacking = count(replace(day, office=replace(day.office, arrivals=others)))
    assert lacking.lost_digests or lacking.doubtful_arrived < lacking.doubtful
    doubled = count(replace(day, office=replace(day.office, arrivals=[first, first, *others])))
    assert len(doubled.doubled_digests) == 1


def test_the_same_seed_draws_the_same_faults() -> None:
    midnight = first_midnight()
    plans = [
        draw_plan(begins=midnight, days=30, kills=200, seed=seed, sites=["mot", "hai"])
        for seed in (5, 5, 6)
    ]
    assert plans[0] == plans[1] != plans[2]
    assert len(plans[0].kills) == 200
    assert not any(plans[0].calm[0] <= kill.at < plans[0].calm[1] for kill in plans[0].kills)
