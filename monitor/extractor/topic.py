"""Whether a story is about the topic, how sure that is, and which words say so.

Every sentence is compared with the topic's phrases. A hit counts by its place, in the title
most, and a phrase counts once, at its best place. Idioms void the hits they swallow; vetoes
take points away. The sum decides. A body that speaks for itself needs more than one kind of
proof, and weighs the more the larger a part of it the proof is; a paragraph of its own weighs
like the lead. The value is the sum turned into a chance by the topic's calibration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.extractor.terms.findings import Passage, find_all
from monitor.extractor.terms.matching import Line
from monitor.extractor.terms.tally import Tally
from monitor.extractor.text import fold, sentences
from monitor.items import Score

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.extractor.terms.rules import Topic
    from monitor.items import Where

_LEAD_SENTENCES = 2
"""Of the body's first paragraph, where the lead was not found apart."""
_LONGEST_CHARACTERS = 1_500
"""Of a sentence; a longer one is a table or a list without full stops, and is compared in
pieces, which keeps the work in proportion to the text."""


def score(title: str, *, sapo: str | None = None, body: str = "", topic: Topic) -> Score:
    """Weigh a story.

    Args:
        title: As printed.
        sapo: The lead, where it is known apart from the body; otherwise the first sentences
            of the body count as the lead.
        body: Plain text; line breaks end sentences.
        topic: What to look for.

    Returns:
        Label, a value from 0 to 1 (flagged from 0.5 on), and the reasons, strongest first.
    """
    told = tally(title, sapo=sapo, body=body, topic=topic)
    is_flagged = told.label != "none"
    return Score(
        label=told.label,
        value=topic.calibration.value(told.margin, is_flagged=is_flagged),
        reasons=tuple(told.strongest_first()),
        shortfall=told.shortfall(),
    )


def tally(title: str, *, sapo: str | None = None, body: str = "", topic: Topic) -> Tally:
    """What the story's sentences add up to; the arguments are those of ``score``."""
    passages = list(_passages(title, sapo or "", body))
    if any(topic.triggers.search(passage.line.text) for passage in passages):
        return Tally(find_all(passages, topic), topic)
    return Tally((), topic)


def _passages(title: str, sapo: str, body: str) -> Iterator[Passage]:
    for text, _ in _pieces(title):
        yield _passage(text, "title", is_lead=False)
    for text, _ in _pieces(sapo):
        yield _passage(text, "sapo", is_lead=True)
    lead_end = 0 if sapo else _end_of_first_line(body)
    paragraph = before = 0
    for number, (text, start) in enumerate(_pieces(body)):
        is_lead = number < _LEAD_SENTENCES and start < lead_end
        paragraph += "\n" in body[before:start]
        before = start
        yield _passage(text, "body", is_lead=is_lead, paragraph=paragraph)


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """The sentences and where they start, none longer than is compared at once."""
    for sentence in sentences(text):
        start = sentence.start
        while sentence.end - start > _LONGEST_CHARACTERS:
            limit = start + _LONGEST_CHARACTERS
            space = text.rfind(" ", start + 1, limit)
            end = limit if space < 0 else space
            yield text[start:end], start
            start = end
        yield text[start : sentence.end], start


def _passage(text: str, where: Where, *, is_lead: bool, paragraph: int = 0) -> Passage:
    line = Line(" ".join(fold(text).split()))
    return Passage(where, is_lead, text, line, paragraph)


def _end_of_first_line(text: str) -> int:
    end = text.find("\n", len(text) - len(text.lstrip()))
    return len(text) if end < 0 else end
