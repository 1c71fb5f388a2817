from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

from crawler.values import Duration, WebAddress
from crawler.yamlfile import Fault, YamlDocument, YamlError, dotted, first_fault, load_yaml, nearest

if TYPE_CHECKING:
    from pathlib import Path


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Feed(Strict):
    url: WebAddress
    every: Duration | None = None


class Paper(Strict):
    name: str
    feeds: tuple[Feed, ...] = ()


class Shelf(Strict):
    papers: tuple[Paper, ...]
    opened_on: date | None = None
    by_town: dict[str, Paper] = {}


def read(folder: Path, text: str) -> YamlDocument:
    path = folder / "shelf.yaml"
    path.write_text(text, encoding="utf-8")
    return load_yaml(path)


def fault_of(folder: Path, text: str) -> Fault:
    document = read(folder, text)
    with pytest.raises(ValidationError) as caught:
        Shelf.model_validate(document.data)
    return first_fault(caught.value, document, Shelf)


def error_of(folder: Path, text: str) -> YamlError:
    with pytest.raises(YamlError) as caught:
        read(folder, text)
    return caught.value


def test_every_key_and_element_has_its_line(tmp_path: Path) -> None:
    document = read(
        tmp_path, "# shelf\npapers:\n  - name: Báo A\n    feeds:\n      - url: x\n      - url: y\n"
    )

    assert document.line_of(("papers",)) == 2
    assert document.line_of(("papers", 0, "name")) == 3
    assert document.line_of(("papers", 0, "feeds")) == 4
    assert document.line_of(("papers", 0, "feeds", 1, "url")) == 6


def test_a_key_that_is_not_there_has_the_line_of_its_parent(tmp_path: Path) -> None:
    document = read(tmp_path, "papers:\n  - name: Báo A\n\n  - name: Báo B\n")

    assert document.line_of(("papers", 1, "feeds", 7)) == 4
    assert document.line_of(("nothing",)) == 1


def test_an_empty_file_is_nothing_and_has_no_lines(tmp_path: Path) -> None:
    document = read(tmp_path, "# only a comment\n")

    assert document.data is None
    assert document.line_of(("papers",)) is None


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "notepad.yaml"
    path.write_bytes(b"\xef\xbb\xbfpapers: []\r\n")

    assert load_yaml(path).data == {"papers": []}


def test_an_anchor_may_be_used_twice(tmp_path: Path) -> None:
    document = read(tmp_path, "first: &a {name: x}\nsecond: *a\n")

    assert document.data == {"first": {"name": "x"}, "second": {"name": "x"}}


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("papers: 1\nother: 2\npapers: 3\n", 3, "'papers' stands here twice (line 1)"),
        ("papers:\n  - {name: a, name: b}\n", 2, "twice"),
        ("papers: [\n", 2, "expected"),
        ("papers: 'open\n", 2, "while scanning a quoted scalar from line 1"),
        ("a: b: c\n", 1, "mapping values are not allowed here"),
        ("\tpapers: 1\n", 1, "cannot start any token"),
        ("papers: 1\nopened_on: 2025-02-30\n", 2, "2025-02-30 is not a date or number that exists"),
        ("papers: 1\nname: a\x07b\n", 2, "control character, U+0007"),
        ("papers: &loop [*loop]\n", 1, "an anchor holds itself"),
        ("? [a, b]\n: c\n", 1, "a key must be one word"),
        ("papers: 1\n---\npapers: 2\n", 2, "expected a single document"),
        ("papers: !!python/object:os.system {}\n", 1, "could not determine a constructor"),
    ],
)
def test_broken_yaml_is_told_with_its_line(tmp_path: Path, text: str, line: int, word: str) -> None:
    error = error_of(tmp_path, text)

    assert error.line == line
    assert word in error.reason
    assert str(error).startswith(f"{tmp_path / 'shelf.yaml'}:{line}: ")
    assert "\n" not in str(error)


def test_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "old.yaml"
    path.write_bytes("papers: 1\nname: Báo\n".encode("utf-16-le"))
    with pytest.raises(YamlError, match="is not UTF-8"):
        load_yaml(path)

    path.write_bytes(b"papers: 1\nname: B\xe1o\n")
    with pytest.raises(YamlError, match=r":2: is not UTF-8; save the file as UTF-8$"):
        load_yaml(path)


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(YamlError, match="there is no such file"):
        load_yaml(tmp_path / "missing.yaml")
    with pytest.raises(YamlError, match="cannot be read: Is a directory"):
        load_yaml(tmp_path)


def test_endless_nesting_is_refused(tmp_path: Path) -> None:
    assert error_of(tmp_path, "[" * 3000).reason == "is nested too deeply"


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.one_of(
        st.binary(max_size=60),
        st.text("ab:-[]{}&*!|>'\"# \n\t01.~?%@", max_size=40).map(str.encode),
    )
)
def test_any_bytes_are_read_or_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.yaml"
    path.write_bytes(content)
    try:
        told = str(load_yaml(path).path)
    except YamlError as error:
        told = str(error)

    assert told.startswith(str(path))
    assert "\n" not in told


def test_a_mistyped_key_is_named_before_the_key_it_leaves_missing(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, "papers:\n  - nam: Báo A\n")

    assert fault == Fault(2, "papers[0].nam", "unknown key, did you mean 'name'?")


def test_a_mistyped_key_deep_inside_is_compared_with_the_keys_known_there(tmp_path: Path) -> None:
    text = "papers:\n  - name: a\n    feeds:\n      - url: https://a.vn/\n        evry: 1d\n"
    assert fault_of(tmp_path, text).reason == "unknown key, did you mean 'every'?"

    text = "papers: []\nby_town:\n  Vinh: {name: a, fees: []}\n"
    assert fault_of(tmp_path, text) == Fault(
        3, "by_town.Vinh.fees", "unknown key, did you mean 'feeds'?"
    )


def test_a_key_like_no_other_brings_the_list_of_known_ones(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, "papers: []\ncolour: red\n")

    assert fault.reason == "unknown key; known here: papers, opened_on, by_town"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("papers:\n  - feeds: []\n", Fault(2, "papers[0].name", "is missing")),
        ("papers:\n  - name: 5\n", Fault(2, "papers[0].name", "must be text; put it in quotes")),
        ("papers:\n  - name:\n", Fault(2, "papers[0].name", "is empty")),
        ("papers:\n", Fault(1, "papers", "is empty")),
        ("papers: Báo A\n", Fault(1, "papers", "must be a list, one element a line after '- '")),
        ("papers: [a]\n", Fault(1, "papers[0]", "must be a group of 'key: value' lines")),
        ("- a\n", Fault(1, "", "must be a group of 'key: value' lines")),
        ("", Fault(None, "", "is empty")),
        (
            "papers: []\nopened_on: soon\n",
            Fault(2, "opened_on", "is not a day such as 2025-06-30"),
        ),
        (
            "papers:\n  - name: a\n    feeds:\n      - url: baocao.vn\n",
            Fault(4, "papers[0].feeds[0].url", "is not a web address (http:// or https://)"),
        ),
        (
            "papers:\n  - name: a\n    feeds:\n      - {url: https://a.vn, every: 30}\n",
            Fault(4, "papers[0].feeds[0].every", "is not a duration such as 30m, 6h, 1d or 2s"),
        ),
    ],
)
def test_a_fault_names_line_key_and_way_out(tmp_path: Path, text: str, expected: Fault) -> None:
    assert fault_of(tmp_path, text) == expected


def test_of_several_faults_the_first_line_is_told(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, "opened_on: soon\npapers:\n  - name: 5\n")

    assert fault.key == "opened_on"


def test_a_fault_never_repeats_the_value() -> None:
    class Login(Strict):
        password: int

    document = YamlDocument(path=None, data={"password": "hunter2"})  # type: ignore[arg-type]  # no file is read
    with pytest.raises(ValidationError) as caught:
        Login.model_validate(document.data)

    assert "hunter2" not in first_fault(caught.value, document, Login).reason


def test_names_of_keys_are_written_as_in_the_file() -> None:
    assert dotted(("sources", 0, "feeds", 12, "url")) == "sources[0].feeds[12].url"
    assert dotted(()) == ""


def test_the_nearest_word_is_none_where_nothing_is_near() -> None:
    assert nearest("sitemap", ["feeds", "sitemaps", "listings"]) == "sitemaps"
    assert nearest("colour", ["feeds", "sitemaps", "listings"]) is None
