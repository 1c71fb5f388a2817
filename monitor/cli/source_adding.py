"""``sources add`` and ``sources check``: looking at a site before, and after, it is watched."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.errors import SeedError
from crawler.items import SourceReport
from crawler.seedtext import source_lines
from monitor.cli.app import DEFAULT_CONFIG, ConfigOption, JsonOption, open_watch
from monitor.cli.certificate_notes import certificate_lines
from monitor.cli.looking import sources_app
from monitor.cli.output import notes, out, print_json
from monitor.cli.source_view import findings_object, print_findings, problem_line
from monitor.errors import InputError
from monitor.seed_files import diff_of, file_for, file_of, text_edited, text_with, write_seed
from monitor.source_verdicts import problems_of, proposed_edit, proposed_source
from monitor.surveying import (
    check_new,
    check_province,
    key_for,
    kind_of,
    new_source,
    province_in,
    survey,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crawler.items import Record, Source
    from monitor.source_findings import SourceFindings
    from monitor.watch import Watch


@sources_app.command()
def add(
    url: Annotated[str, typer.Argument(help="The site's home page.")],
    key: Annotated[str | None, typer.Option(help="Its key; else made from its name.")] = None,
    name: Annotated[str | None, typer.Option(help="Its name; else the home page's.")] = None,
    province: Annotated[
        str | None, typer.Option(help="The province it reports on; else read from its name.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Write it into the seeds.")] = False,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Find a site's feeds, sitemaps and listings, show its newest stories, and add it.

    Nothing is written without --write, or a yes at the terminal.
    """
    with open_watch(config) as watch:
        wanted = check_province(province, watch) if province else None
        first = new_source(url, key=key, name=name, province=wanted)
        check_new(first, watch)
        with _progress(watch, 1) as observe:
            [findings] = survey(watch, [first], observe=observe)
        source = _proposed(watch, findings, key=key, name=name)
        check_new(source, watch)
        path = file_for(source.province, watch.config.seeds)
        _, after = text_with(source, path)
        if not json:
            print_findings(watch, findings)
            out.print(f"\n{watch.wording.say('survey.file', path=str(path))}")
            out.print("\n".join(source_lines(source)))
        is_written = write or (not json and says_yes(watch, "survey.confirm"))
        if is_written:
            write_seed(path, after)
        if json:
            block = "\n".join(source_lines(source)) + "\n"
            found = findings_object(findings, [])
            print_json({**found, "file": path, "yaml": block, "written": is_written})
            return
        end = "survey.written" if is_written else "survey.not_written"
        out.print(watch.wording.say(end, source=source.key, path=str(path)))


@sources_app.command()
def check(
    source: Annotated[
        list[str] | None, typer.Argument(help="Keys of sources; none checks all watched.")
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Say what is wrong with sources, address by address, and propose the patch of the seeds."""
    with open_watch(config) as watch:
        if source:
            chosen = [watch.source(key) for key in dict.fromkeys(source)]
        else:
            chosen = [one for one in watch.seeds.sources if one.watched]
        with _progress(watch, len(chosen)) as observe:
            found = []
            for findings in survey(watch, chosen, observe=observe):
                found.append(findings)
                if not json:
                    _print_check(watch, findings, in_full=bool(source))
        if json:
            print_json([_check_object(watch, findings) for findings in found])
            return
        wrong = sum(bool(problems_of(findings)) for findings in found)
        out.print(watch.wording.say("survey.total", count=len(found), wrong=wrong))


def says_yes(watch: Watch, question: str) -> bool:
    """Asked at a terminal only: a script that does not say --write writes nothing."""
    if not (sys.stdin.isatty() and out.is_terminal):
        return False
    return typer.confirm(watch.wording.say(question), default=False)


def _proposed(
    watch: Watch, findings: SourceFindings, *, key: str | None, name: str | None
) -> Source:
    survey_of = findings.survey
    home = findings.source.home
    if survey_of is None:
        raise InputError(f"{home}: not looked at in time; try again")
    if not findings.works:
        if survey_of.failure:
            raise InputError(f"{home}: {survey_of.failure}: {survey_of.detail}")
        raise InputError(f"{home}: no feed, sitemap or listing leads to recent articles")
    title = name or survey_of.title or findings.source.name
    return replace(
        proposed_source(findings),
        key=key or key_for(title, home),
        name=title,
        kind=kind_of(title, home),
        province=findings.source.province or province_in(title, watch),
    )


def _print_check(watch: Watch, findings: SourceFindings, *, in_full: bool) -> None:
    problems = problems_of(findings)
    source = findings.source
    if problems:
        out.print(f"{source.key}: {source.name}")
        for problem in problems:
            out.print(f"  - {problem_line(watch, problem, findings)}")
    else:
        out.print(watch.wording.say("survey.good", source=source.key))
    for line in certificate_lines(watch, [source]):
        out.print(f"  - {line}")
    if findings.survey is not None and (problems or in_full):
        print_findings(watch, findings)
    if patch := _patch(watch, findings):
        path = file_of(source.key, watch.config.seeds)
        out.print(watch.wording.say("survey.patch", path=str(path)))
        out.print(patch, end="")
    if problems or in_full:
        out.print()


def _check_object(watch: Watch, findings: SourceFindings) -> dict[str, object]:
    problems = problems_of(findings)
    said = [problem_line(watch, problem, findings) for problem in problems]
    found = findings_object(findings, problems)
    return {**found, "said": said, "patch": _patch(watch, findings)}


def _patch(watch: Watch, findings: SourceFindings) -> str | None:
    edit = proposed_edit(findings)
    if edit.is_empty:
        return None
    path = file_of(findings.source.key, watch.config.seeds)
    try:
        before, after = text_edited(findings.source.key, edit, path)
    except SeedError as error:
        notes.print(str(error))  # this file is for people to edit; the findings still stand
        return None
    return diff_of(before, after, path)


@contextmanager
def _progress(watch: Watch, count: int) -> Iterator[Callable[[Record], None]]:
    """A line where a site's answer may take half a minute; none where nobody looks."""
    say = watch.wording.say
    if not notes.is_terminal:
        notes.print(say("survey.starting", count=count))
        yield lambda _: None
        return
    done = 0
    with notes.status(say("survey.starting", count=count)) as status:

        def observe(record: Record) -> None:
            nonlocal done
            if isinstance(record, SourceReport):
                done += 1
                status.update(f"{say('survey.starting', count=count)} · {done}/{count}")

        yield observe
