"""Says which sources are read over bad certificates: nobody shall forget that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.watch import now

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.items import Source
    from monitor.watch import Watch


def certificate_lines(watch: Watch, sources: Iterable[Source]) -> list[str]:
    """A warning for each source that may be read over a bad certificate, or might until lately."""
    today = now().astimezone(watch.config.zone).date()
    lines = []
    for source in sources:
        leave = source.insecure_tls
        if leave is None:
            continue
        phrase = "certificate.insecure" if leave.holds(today) else "certificate.expired"
        day = watch.wording.day(leave.until)
        lines.append(watch.wording.say(phrase, source=source.key, day=day, why=leave.why))
    return lines
