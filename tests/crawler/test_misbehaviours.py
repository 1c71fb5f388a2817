"""Each misbehaviour of a site ends in its recorded kind, and the crawl goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from crawler.items import Article, Link
from crawler.urls import page_key
from monitor import extractor
from monitor.ingest import Ingest
from monitor.items import Reading
from monitor.store import Store
from monitor.topics import load_topic
from tests.fakes.rogue.crawl import PATIENT, Outcome, crawl_cases, decent, source_of
from tests.fakes.rogue.documents import GOOD_PAGE, MORE_PAGE, PATHS
from tests.fakes.rogue.rows import Case
from tests.fakes.rogue.table import CASES, ROWS

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
LONGEST_TITLE = 1_000
HASTY_CASES = tuple(case for case in CASES if not case.row.is_heavy)
HEAVY_CASES = tuple(case for case in CASES if case.row.is_heavy)


@dataclass(frozen=True)
class Crawls:
    hasty: Outcome
    heavy: Outcome
    plain: Outcome
    """Of decent sites: what a crawl takes when nothing is wrong."""

    def of(self, case: Case) -> Outcome:
        return self.heavy if case.row.is_heavy else self.hasty


@pytest.fixture(scope="module")
def crawls() -> Crawls:
    return Crawls(
        hasty=crawl_cases(HASTY_CASES),
        heavy=crawl_cases(HEAVY_CASES, limits=PATIENT),
        plain=crawl_cases([decent(case) for case in HEAVY_CASES], limits=PATIENT),
    )


@pytest.fixture(scope="module")
def store(crawls: Crawls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Everything that was told, stored as the service stores it."""
    folder = tmp_path_factory.mktemp("rogue")
    topic = load_topic("dang-vien", beside=folder)

    def extract(article: Article) -> Reading:
        return extractor.read(
            title=article.title, sapo=article.sapo, body=article.body, topics=(topic,)
        )

    store = Store.open(folder / "rogue.db", now=NOW)
    store.sync_sources([source_of(case, crawls.of(case)) for case in CASES], now=NOW)
    ingest = Ingest(store, extract=extract, clock=lambda: NOW)
    crowds = {case.key for case in CASES if (case.row.links or 0) > 1}
    for record in (*crawls.hasty.records, *crawls.heavy.records):
        if record.source not in crowds:  # a hundred thousand links take their time
            ingest.add(record)
    ingest.finish(now=NOW, expected=[case.key for case in CASES])
    yield store
    store.close()


def test_the_table_is_long_and_names_each_misdeed_once() -> None:
    assert len(ROWS) >= 100
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_no_misdeed_ends_the_crawl_or_is_a_surprise_to_it(crawls: Crawls) -> None:
    for outcome in (crawls.hasty, crawls.heavy):
        assert outcome.status == 0, outcome.log
        assert "Traceback" not in outcome.log, outcome.log


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_misdeed_ends_in_its_recorded_kind(crawls: Crawls, case: Case) -> None:
    """And the rest of the site is read, with few requests, unless it asked not to."""
    outcome = crawls.of(case)
    kind, detail = outcome.recorded(case)
    assert kind == case.expected, detail
    report = outcome.report(case)
    assert report is not None
    assert report.retry_after == case.row.retry_after
    assert outcome.went_on(case) is not case.closes
    assert len(outcome.sites[case.key].asked) <= case.row.most_requests


@pytest.mark.parametrize("case", [case for case in CASES if case.row.links is not None], ids=str)
def test_an_entry_gives_the_links_that_are_links(crawls: Crawls, case: Case) -> None:
    visit = crawls.of(case).visit(case)
    assert visit is not None
    assert visit.links == case.row.links


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.row.title and case.role == "article"], ids=str
)
def test_an_article_is_read_in_its_own_letters(crawls: Crawls, case: Case) -> None:
    [title] = [
        record.title
        for record in crawls.of(case).of(case)
        if isinstance(record, Article) and record.key.endswith(PATHS["article"])
    ]
    assert title == case.row.title


def test_only_the_sources_own_address_is_ever_connected_to(crawls: Crawls) -> None:
    for outcome in (crawls.hasty, crawls.heavy):
        assert outcome.connected == {"127.0.0.1"}


def test_memory_stays_within_a_small_multiple_of_a_plain_crawls(crawls: Crawls) -> None:
    """Sixteen sources are read at once, each with documents as large as the limit allows."""
    for outcome in (crawls.hasty, crawls.heavy):
        assert outcome.peak_bytes < 5 * crawls.plain.peak_bytes


def test_nothing_is_stored_as_an_article_that_is_none(crawls: Crawls, store: Store) -> None:
    for case in CASES:
        home = crawls.of(case).sites[case.key].home
        pages = {GOOD_PAGE, MORE_PAGE}
        if case.expected == "article" or case.role != "article":
            pages.add(PATHS["article"])
        stored = store.pages_of(case.key, since=datetime(2000, 1, 1, tzinfo=UTC))
        assert {page_key(url) for url in stored} <= {page_key(home + page) for page in pages}


def test_no_title_is_stored_longer_than_a_title_can_be(crawls: Crawls) -> None:
    for outcome in (crawls.hasty, crawls.heavy):
        titled = (record for record in outcome.records if isinstance(record, Article | Link))
        assert max(len(record.title or "") for record in titled) <= LONGEST_TITLE


def test_no_file_or_foreign_page_is_read_through_an_entity(crawls: Crawls) -> None:
    cases = [case for case in CASES if case.row.name.startswith("external")]
    assert cases
    for case in cases:
        titles = [getattr(record, "title", "") or "" for record in crawls.of(case).of(case)]
        assert not any("root:" in title for title in titles)
        assert not [path for path in crawls.of(case).sites[case.key].asked if "/la/" in path]
