"""Write the expected readings anew, or show a page: ``write``, ``show KEY``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from tests.crawler.frozen import EXPECTED_HOME, Build, load_specs
from tests.crawler.frozen.items import FrozenPage


def main(arguments: list[str]) -> None:
    """Do what the arguments say.

    Raises:
        SystemExit: They say neither.
    """
    build = Build()
    match arguments:
        case ["write"]:
            for spec in load_specs():
                write(build.page(spec))
        case ["show", key]:
            spec = next(each for each in load_specs() if each.key == key)
            sys.stdout.buffer.write(build.page(spec).body)
        case _:
            sys.exit("write | show KEY")


def write(page: FrozenPage) -> None:
    """Freeze a page; a person reads the difference before it is committed."""
    told = {name: value for name, value in asdict(page.expected).items() if value not in ("", ())}
    if page.expected.refusal:
        told = {"sha256": page.expected.sha256, "refusal": page.expected.refusal}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (EXPECTED_HOME / f"{page.spec.key}.json").write_text(f"{text}\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
