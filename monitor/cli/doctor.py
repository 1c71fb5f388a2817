"""``doctor``: what is wrong with a watch, and what to do about it."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.cli.app import DEFAULT_CONFIG, ConfigOption, JsonOption, app, read_config
from monitor.cli.output import out, print_json
from monitor.doctor import Doctor
from monitor.watch import now
from monitor.wording import load_wording

_SIGNS = {"good": "✓", "warning": "!", "fault": "✗"}


@app.command()
def doctor(
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend what can be mended without losing anything.")
    ] = False,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Examine the watch: settings, database, disk, channels, sources, clock; 1 on a fault."""
    settings = read_config(config)
    wording = load_wording(settings.language)
    examiner = Doctor(settings, beside=config.parent, wording=wording, now=now())
    findings = examiner.repair() if repair else []
    findings += examiner.examine()
    if json:
        print_json(findings)
    else:
        for finding in findings:
            out.print(f"{_SIGNS[finding.level]} {finding.message}")
            if finding.fix:
                out.print(f"    → {finding.fix}")
    if any(finding.level == "fault" for finding in findings):
        raise typer.Exit(1)
