"""The benchmarks still run; what they measure is printed and never judged."""

from __future__ import annotations

import json

import pytest

from tests.benchmarks.__main__ import main


def test_every_measure_is_told_with_its_unit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", "--seconds", "0.01", "--rows", "200", "--pages", "10"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told["machine"]) == {"python", "system", "cores"}
    assert [one["name"] for one in told["measures"]] == [
        "pages_read",
        "stories_scored",
        "figures_read",
        "stories_placed",
        "mix_read",
        "mix_trafilatura",
        "mix_trafilatura_fast",
        "mix_trafilatura_metadata",
        "articles_ingested",
        "digest_rendered",
        "articles_stored",
        "search_median",
        "search_slowest",
        "start_up",
        "child_memory",
        "child_cpu",
    ]
    assert all(one["unit"] and one["value"] > 0 for one in told["measures"])
    assert {one["reader"] for one in told["readers"] if one["corpus"] == "frozen"} == {
        "diembao",
        "trafilatura",
        "trafilatura fast",
    }


def test_one_table_tells_how_well_and_how_fast_each_reader_reads(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--seconds", "0.01", "--rows", "200", "--pages", "10"]) == 0
    table = capsys.readouterr().out.partition("pages   reader")[2].splitlines()
    assert table[0].split("  ")[-1].strip() == "ratio"
    assert [line.split()[0] for line in table[1:]] == ["frozen"] * 3 + ["press"] * 3 + ["mix"] * 3
