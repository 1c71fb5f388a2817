"""A seed file is replaced only by one that the whole folder is sound with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.errors import SeedError
from crawler.sources import load_sources
from monitor.errors import InputError
from monitor.seed_files import NATIONAL_FILE, diff_of, file_for, file_of, write_seed

if TYPE_CHECKING:
    from pathlib import Path

ONE = """\
province: Gia Lai
code: "52"
sources:
  - {key: bao-a, name: A, kind: paper, home: "https://a.vn/", certainty: seen, watched: false}
"""
TWO = ONE.replace("province: Gia Lai\n", "").replace('code: "52"\n', "").replace("bao-a", "bao-b")


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    (tmp_path / "gia-lai.yaml").write_text(ONE, encoding="utf-8")
    return tmp_path


def test_files_are_found_by_province_and_by_source(seeds: Path) -> None:
    assert file_for("Gia Lai", seeds) == file_of("bao-a", seeds) == seeds / "gia-lai.yaml"
    assert file_for(None, seeds) == seeds / NATIONAL_FILE
    (seeds / "khac.yaml").write_text(TWO, encoding="utf-8")
    assert file_for(None, seeds) == seeds / "khac.yaml"
    with pytest.raises(InputError, match="'Huế'"):
        file_for("Huế", seeds)
    with pytest.raises(InputError, match="'bao-c'"):
        file_of("bao-c", seeds)


def test_a_sound_file_is_written_and_leaves_nothing_beside_it(seeds: Path) -> None:
    write_seed(seeds / NATIONAL_FILE, TWO)
    assert [source.key for source in load_sources(seeds).sources] == ["bao-a", "bao-b"]
    assert sorted(path.name for path in seeds.iterdir()) == ["gia-lai.yaml", NATIONAL_FILE]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (TWO.replace("bao-b", "Báo B"), "small letters"),
        (TWO.replace("bao-b", "bao-a"), "'bao-a' is taken by"),
        ("sources: [", "toan-quoc.yaml:"),
    ],
)
def test_a_broken_file_is_refused_under_its_own_name(seeds: Path, text: str, reason: str) -> None:
    path = seeds / NATIONAL_FILE
    path.write_text(TWO, encoding="utf-8")
    with pytest.raises(SeedError, match=reason) as caught:
        write_seed(path, text)
    assert str(caught.value).startswith(str(path))
    assert path.read_text("utf-8") == TWO


def test_a_diff_names_the_folder_of_seeds(seeds: Path) -> None:
    path = seeds / "gia-lai.yaml"
    assert diff_of("a\n", "b\n", path).startswith(f"--- a/{seeds.name}/gia-lai.yaml\n")
    assert diff_of("", "b\n", path).startswith("--- /dev/null\n")


def test_a_file_that_cannot_be_written_is_told_in_one_line(seeds: Path) -> None:
    path = seeds / NATIONAL_FILE
    path.mkdir()
    with pytest.raises(SeedError, match="cannot be"):
        write_seed(path, TWO)
    assert sorted(each.name for each in seeds.iterdir()) == ["gia-lai.yaml", NATIONAL_FILE]
