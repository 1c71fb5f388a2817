"""How well and how fast pages are read, beside plain trafilatura on the same pages."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import trafilatura
from rich.table import Table

from crawler.errors import ReadingError
from crawler.page.markup import parse_page
from crawler.reading import read_tree
from crawler.skimming import skim_tree
from crawler.triage import Triage
from tests.benchmarks.measures import Measure, per_cpu_second
from tests.benchmarks.reading_pages import MIX_RELEVANT, article_pages, mixed_pages
from tests.crawler.frozen.readers import diembao, fast_trafilatura, plain_trafilatura
from tests.crawler.frozen.scores import SetScore, score_page, score_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tests.benchmarks.library import Library
    from tests.benchmarks.measures import Effort
    from tests.crawler.frozen import FrozenPage
    from tests.crawler.frozen.readers import Reader

READERS: dict[str, Reader] = {
    "diembao": diembao,
    "trafilatura": plain_trafilatura,
    "trafilatura fast": fast_trafilatura,
}


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One line of the table of readers."""

    corpus: str
    reader: str
    score: SetScore

    def as_dict(self) -> dict[str, object]:
        """For JSON, the marks beside the names."""
        return {"corpus": self.corpus, "reader": self.reader, **asdict(self.score)}


def compare_readers(effort: Effort) -> Iterator[Comparison]:
    """Each reader on the frozen pages and on those of the simulated press."""
    for name, pages in article_pages().items():
        for reader, read in READERS.items():
            yield Comparison(
                corpus=name, reader=reader, score=_examined(read, pages[: effort.pages])
            )


def table_of_readers(comparisons: Iterable[Comparison]) -> Table:
    """The comparison for a person; all marks but the leaks are means from 0 to 1."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("pages", "reader"):
        table.add_column(heading)
    for heading in ("count", "token F1", "sapo kept", "leaking pages", "leaks", "day", "minute"):
        table.add_column(heading, justify="right")
    for one in comparisons:
        score = one.score
        means = (score.f1, score.sapo, score.leaking)
        leaks, dates = str(score.leaked_lines), (score.day, score.minute)
        cells = (*map("{:.3f}".format, means), leaks, *map("{:.3f}".format, dates))
        table.add_row(one.corpus, one.reader, str(score.pages), *cells)
    return table


def measure_reading(library: Library, effort: Effort) -> Iterator[Measure]:
    """The whole reading step on a day's mix of pages, and trafilatura's extraction of them."""
    mix, triage = mixed_pages(effort.pages), Triage(library.topic.trigger_words)
    kilobytes = sum(len(page.body) for page in mix) / len(mix) / 1000
    cleaned = sum(triage.may_concern(parse_page(page.body, encoding=None)) for page in mix)

    def step(page: FrozenPage) -> None:
        _reading_step(page, triage)

    yield Measure(
        name="mix_read",
        value=per_cpu_second(step, mix, effort=effort),
        unit="pages/CPU s",
        about=f"parse, triage, title and date of {len(mix)} pages of {kilobytes:.0f} kB,"
        f" {round(len(mix) * MIX_RELEVANT)} of them of the topic, and the text of {cleaned}",
    )
    for name, about, has_metadata in (
        ("mix_trafilatura", "trafilatura.bare_extraction of the same pages", False),
        ("mix_trafilatura_metadata", "the same with title and date", True),
    ):
        yield Measure(
            name=name,
            value=per_cpu_second(_extraction(has_metadata), mix, effort=effort),
            unit="pages/CPU s",
            about=about,
        )


def _examined(read: Reader, pages: Sequence[FrozenPage]) -> SetScore:
    scores = []
    for page in pages:
        spec = page.spec
        told = read(page.body, url=spec.url, fetched_at=spec.fetched, encoding=spec.label)
        scores.append(score_page(spec.key, told, page.expected))
    return score_set(scores)


def _reading_step(page: FrozenPage, triage: Triage) -> None:
    """What the crawler does with a page between the network and the record."""
    spec = page.spec
    tree = parse_page(page.body, encoding=spec.label)
    try:
        if triage.may_concern(tree):
            read_tree(tree, url=spec.url, fetched_at=spec.fetched)
        else:
            skim_tree(tree, source="", url=spec.url, key=spec.url, fetched_at=spec.fetched)
    except ReadingError as error:
        raise AssertionError(f"{spec.key} is an article") from error


def _extraction(has_metadata: bool) -> Callable[[FrozenPage], None]:
    def extract(page: FrozenPage) -> None:
        trafilatura.bare_extraction(page.body, url=page.spec.url, with_metadata=has_metadata)

    return extract
