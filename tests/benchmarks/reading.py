"""How well and how fast pages are read, beside plain trafilatura on the same pages."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import trafilatura
from rich.table import Table

from crawler.errors import ReadingError
from crawler.opening import open_page
from crawler.page.markup import parse_page
from crawler.skimming import read_if_concerned, skim
from crawler.triage import Triage
from tests.benchmarks.measures import Measure, best_rate
from tests.benchmarks.reading_pages import article_pages, mixed_pages
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
_SPEEDS = {
    "diembao": "mix_read",
    "trafilatura": "mix_trafilatura",
    "trafilatura fast": "mix_trafilatura_fast",
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


def table_of_readers(comparisons: Iterable[Comparison], measures: Iterable[Measure]) -> Table:
    """How well and how fast each reader reads; means from 0 to 1, but for leaked lines."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("pages", "reader"):
        table.add_column(heading)
    headings = ("count", "body F1", "sapo kept", "leaks", "day", "minute", "per CPU s", "ratio")
    for heading in headings:
        table.add_column(heading, justify="right")
    for one in comparisons:
        score = one.score
        means = map("{:.3f}".format, (score.f1, score.sapo))
        dates = map("{:.3f}".format, (score.day, score.minute))
        leaks = str(score.leaked_lines)
        table.add_row(one.corpus, one.reader, str(score.pages), *means, leaks, *dates, "", "")
    speeds = {one.name: one.value for one in measures}
    for reader, name in _SPEEDS.items():
        ratio = speeds[name] / speeds[_SPEEDS["trafilatura"]]
        table.add_row("mix", reader, *[""] * 6, f"{speeds[name]:.0f}", f"{ratio:.1f}")
    return table


def measure_reading(library: Library, effort: Effort) -> Iterator[Measure]:
    """The whole reading step on a day's mix of pages, and trafilatura's extraction of them."""
    words = library.topic.trigger_words
    mix, triage = mixed_pages(effort.pages, trigger_words=words), Triage(words)
    kilobytes = sum(len(page.body) for page in mix) / len(mix) / 1000
    looked_into = sum(triage.may_concern(parse_page(page.body, encoding=None)) for page in mix)
    read = sum(_reading_step(page, triage) for page in mix)
    about = (
        f"parse, triage, title and date of {len(mix)} pages of {kilobytes:.0f} kB;"
        f" the text of {looked_into}, all else of {read}"
    )
    for name, work, done in (
        ("mix_read", lambda page: _reading_step(page, triage), about),
        ("mix_trafilatura", _extraction(), "trafilatura.bare_extraction of the same pages"),
        ("mix_trafilatura_fast", _extraction(fast=True), "the same, fast"),
        ("mix_trafilatura_metadata", _extraction(with_metadata=True), "with title and date"),
    ):
        rate = best_rate(work, mix, effort=effort)
        yield Measure(name=name, value=rate, unit="pages/CPU s", about=done)


def _examined(read: Reader, pages: Sequence[FrozenPage]) -> SetScore:
    scores = []
    for page in pages:
        spec = page.spec
        told = read(page.body, url=spec.url, fetched_at=spec.fetched, encoding=spec.label)
        scores.append(score_page(spec.key, told, page.expected))
    return score_set(scores)


def _reading_step(page: FrozenPage, triage: Triage) -> bool:
    """What the crawler does with a page between the network and the record.

    Returns:
        Whether it was read and not only skimmed.
    """
    spec = page.spec
    tree = parse_page(page.body, encoding=spec.label)
    try:
        opened = open_page(tree, url=spec.url, fetched_at=spec.fetched)
        if read_if_concerned(opened, triage) is not None:
            return True
        skim(opened, source="", key=spec.url)
    except ReadingError as error:
        raise AssertionError(f"{spec.key} is an article") from error
    return False


def _extraction(*, fast: bool = False, with_metadata: bool = False) -> Callable[[FrozenPage], None]:
    def extract(page: FrozenPage) -> None:
        trafilatura.bare_extraction(
            page.body, url=page.spec.url, fast=fast, with_metadata=with_metadata
        )

    return extract
