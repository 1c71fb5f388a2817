"""A mistake in a seed file is told with its place and the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crawler.written_seeds import GIA_LAI, HA_NAM, JSON_PAPER, NATIONAL, refusal, write

MISTAKES = [
    ("kind: paper", "kind: papr", 9, "sources[0].kind", "must be 'paper', 'portal' or"),
    ("    feeds:", "    feds:", 16, "sources[0].feds", "unknown key, did you mean 'feeds'?"),
    ("province: Gia", "provinse: Gia", 2, "provinse", "unknown key, did you mean 'province'?"),
    ('code: "52"', "code: 52", 3, "code", "must be text; put it in quotes"),
    ('code: "52"', 'code: "5"', 3, "code", "must be two digits"),
    ('code: "52"\n', "", 2, "province", "needs a 'code' beside it"),
    ("province: Gia Lai\n", "", 2, "code", "needs a 'province' beside it"),
    ("key: bao-gia-lai", "key: Báo Gia Lai", 7, "sources[0].key", "small letters, digits"),
    ("name: Báo Gia Lai", "name: ''", 8, "sources[0].name", "is empty"),
    ("    name: Báo Gia Lai\n", "", 7, "sources[0].name", "is missing"),
    ("home: https:", "home: htps:", 10, "sources[0].home", "is not a web address"),
    (r"-post\d+", "-post(", 13, "sources[0].article_url", "is not a regular expression"),
    ("interval: 30m", "interval: 30", 14, "sources[0].interval", "is not a duration such as"),
    ("delay: 2s", "delay: 0s", 15, "sources[0].delay", "must be longer than 0"),
    ("2025-07-01", "2025-07-41", 4, "", "is not a date or number that exists"),
    ("2025-07-01", "July", 4, "formed_on", "is not a day such as 2025-06-30"),
    ("{month:02d}", "{mouth}", 19, "sources[0].sitemaps[0].url", "may hold {year}, {month}"),
    ("{year}-", "year}-", 19, "sources[0].sitemaps[0].url", "may hold {year}"),
    ("certainty: checked", "certainty: sure", 21, "sources[0].listings[0].certainty", "must be"),
    (
        "host: binhdinh",
        "host: https://binhdinh",
        23,
        "sources[0].predecessors[0].host",
        "is not a host name such as",
    ),
    ("chinh-tri, ", "rss/home.rss, ", 7, "sources[0]", "names https://gialai.example/rss/home.rss"),
]


@pytest.mark.parametrize(("right", "wrong", "line", "key", "reason"), MISTAKES)
def test_a_mistake_is_told_with_file_line_and_key(
    tmp_path: Path, right: str, wrong: str, line: int, key: str, reason: str
) -> None:
    assert right in GIA_LAI
    write(tmp_path, gialai=GIA_LAI.replace(right, wrong, 1))

    error = refusal(tmp_path)

    assert (error.path.name, error.line, error.key) == ("gialai.yaml", line, key)
    assert reason in error.reason
    assert "\n" not in str(error)


def test_a_key_taken_in_another_file_is_told_with_both_places(tmp_path: Path) -> None:
    write(tmp_path, gialai=GIA_LAI, ca_nuoc=NATIONAL.replace("key: ca-nuoc", "key: bao-gia-lai"))

    error = refusal(tmp_path)

    assert str(error) == (
        f"{tmp_path / 'ca-nuoc.yaml'}:3: sources[0].key: 'bao-gia-lai' is taken by gialai.yaml:7"
    )


def test_a_province_stands_in_one_file_only(tmp_path: Path) -> None:
    copy = GIA_LAI.replace("bao-gia-lai", "bao-khac").replace('"52"', '"53"')
    write(tmp_path, gialai=GIA_LAI, khac=copy)

    assert "'Gia Lai' is taken by gialai.yaml:2" in str(refusal(tmp_path))


def test_an_heir_nobody_knows_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    write(tmp_path, gialai=GIA_LAI, hanam=HA_NAM.replace("bao-gia-lai", "bao-gialai"))

    error = refusal(tmp_path)

    assert (error.line, error.key) == (10, "sources[0].succeeded_by")
    assert error.reason == "no source 'bao-gialai', did you mean 'bao-gia-lai'?"


def test_a_source_cannot_be_its_own_heir(tmp_path: Path) -> None:
    write(tmp_path, hanam=HA_NAM.replace("bao-gia-lai", "bao-ha-nam"))

    assert refusal(tmp_path).reason == "a source cannot succeed itself"


def test_a_watched_source_without_any_entry_is_refused(tmp_path: Path) -> None:
    write(tmp_path, gialai=GIA_LAI, hanam=HA_NAM.replace("    watched: false\n", ""))

    error = refusal(tmp_path)

    assert (error.line, error.key) == (5, "sources[0]")
    assert "has no feed, sitemap, JSON list or listing" in error.reason


def test_an_empty_seed_file_is_told(tmp_path: Path) -> None:
    write(tmp_path, gialai="# later\n")

    assert str(refusal(tmp_path)) == f"{tmp_path / 'gialai.yaml'}: is empty"


def test_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "cu.yaml").write_bytes(b"province: H\xe0 Nam\n")

    assert refusal(tmp_path).reason == "is not UTF-8; save the file as UTF-8"


def test_a_missing_an_empty_and_a_wrong_folder_are_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "seeds").reason == "there is no such folder"
    assert refusal(tmp_path).reason == "holds no seed file (*.yaml)"
    (tmp_path / "file").write_text("x")
    assert refusal(tmp_path / "file").reason == "is not a readable folder"


@pytest.mark.parametrize(
    ("key", "wrong", "reason"),
    [
        ("address", "https://json.example/tin", "must hold a key of the list"),
        ("address", "'https://json.example/{slug}/{'", "may hold dotted keys in braces only"),
        ("items", "data..list", "is not a dotted key"),
        ("link", "slug", "takes the place of 'link'"),
    ],
)
def test_keys_of_json_lists_that_cannot_be_are_refused(
    tmp_path: Path, key: str, wrong: str, reason: str
) -> None:
    lines = [line for line in JSON_PAPER.splitlines() if f"        {key}:" not in line]
    place = lines.index("        certainty: seen")
    lines.insert(place + 1, f"        {key}: {wrong}")
    write(tmp_path, json="\n".join(lines))
    assert reason in refusal(tmp_path).reason
