"""``python -m monitor.press FOLDER``: serve the press in the foreground, under commands."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from monitor.press.items import FaultKind
from monitor.press.press import Press
from monitor.press.watch import write_watch

if TYPE_CHECKING:
    from collections.abc import Iterable

_HELP = f"""\
Commands: publish | edit ID | delete ID | break SITE KIND | mend SITE | list | quit
KIND: {", ".join(get_args(FaultKind))}"""


def main(arguments: list[str] | None = None) -> int:
    """Serve until ``quit``, the end of standard input, or Ctrl+C."""
    parser = argparse.ArgumentParser(prog="python -m monitor.press", description=__doc__)
    parser.add_argument("folder", type=Path, help="gets seeds/*.yaml and config.yaml")
    parser.add_argument("--port-base", type=int, help="first port; free ones by default")
    options = parser.parse_args(arguments)
    with Press(now=datetime.now(UTC), port_base=options.port_base) as press:
        print(f"Watch written to {write_watch(options.folder, press)}")
        for site in press.sites.values():
            print(f"{site.base_url}/  {site.profile.key}  {site.family}")
        print(_HELP, flush=True)
        try:
            obey_all(press, sys.stdin)
        except KeyboardInterrupt:
            print("Stopped.")
    return 0


def obey_all(press: Press, lines: Iterable[str]) -> None:
    """Obey commands, one a line, until ``quit``."""
    for line in lines:
        words = line.split()
        if words == ["quit"]:
            return
        press.set_now(datetime.now(UTC))
        print(obey(press, words), flush=True)


def obey(press: Press, words: list[str]) -> str:
    """Obey one command and say what came of it."""
    match words:
        case ["publish"]:
            article = press.publish_next()
            return press.url(article.story.id) if article else "Nothing left to publish."
        case ["edit", key] if _is_served(press, key):
            return press.url(press.edit(key).story.id)
        case ["delete", key] if _is_served(press, key):
            press.delete(key)
            return f"{key} is gone."
        case ["break", site, kind] if site in press.sites and kind in get_args(FaultKind):
            press.break_site(site, next(each for each in get_args(FaultKind) if each == kind))
            return f"{site}: {kind}"
        case ["mend", site] if site in press.sites:
            press.mend(site)
            return f"{site} is well."
        case ["list"]:
            return "\n".join(f"{row.id}  {row.label}  {row.url}" for row in press.truth())
    return _HELP


def _is_served(press: Press, article_id: str) -> bool:
    return any(row.id == article_id for row in press.truth())


if __name__ == "__main__":
    sys.exit(main())
