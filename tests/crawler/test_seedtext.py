"""Seed files are edited as text: everything nobody asked to change stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from crawler.errors import SeedError
from crawler.items import Entry, JsonKeys, Source
from crawler.seedtext import SeedEdit, edited, with_source

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.yaml"))
PATH = Path("thu.yaml")

TEXT = """\
# Đầu tệp.
province: Thử
code: "99"
sources:
  - key: bao-thu  # khóa
    name: Báo Thử
    kind: paper
    home: https://baothu.vn/
    certainty: seen
    article_url: '-post\\d+\\.html$'
    feeds:
      - {url: https://baothu.vn/rss/home.rss, certainty: inferred}  # chưa thử
      - url: https://baothu.vn/rss/cu.rss
        certainty: seen
        note: >-
          hai dòng
          ghi chú
    listings:
      # giữ lại
      - {url: https://baothu.vn/thoi-su, certainty: seen}

  - key: bao-hai
    name: Báo Hai
    kind: paper
    home: https://baohai.vn/
    certainty: seen
    listings: [{url: https://baohai.vn/, certainty: seen}]
"""


def new_source(key: str = "bao-moi") -> Source:
    return Source(
        key=key,
        name="Báo Mới: thử",
        kind="paper",
        home="https://baomoi-thu.vn/",
        province=None,
        certainty="checked",
        family="zce",
        article_url=r"-post\d+\.html$",
        entries=(
            Entry(url="https://baomoi-thu.vn/rss/home.rss", kind="feed", certainty="checked"),
            Entry(url="https://baomoi-thu.vn/?gd=2&cn=5", kind="listing", certainty="checked"),
        ),
    )


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_new_source_follows_the_others_and_changes_none(path: Path) -> None:
    before = path.read_text("utf-8")
    after = with_source(before, new_source(), path=path)
    assert after.startswith(before)
    old, new = yaml.safe_load(before)["sources"], yaml.safe_load(after)["sources"]
    assert new[:-1] == old
    assert new[-1] == {
        "key": "bao-moi",
        "name": "Báo Mới: thử",
        "kind": "paper",
        "home": "https://baomoi-thu.vn/",
        "certainty": "checked",
        "family": "zce",
        "article_url": r"-post\d+\.html$",
        "feeds": [{"url": "https://baomoi-thu.vn/rss/home.rss", "certainty": "checked"}],
        "listings": [{"url": "https://baomoi-thu.vn/?gd=2&cn=5", "certainty": "checked"}],
    }


@pytest.mark.parametrize(
    "text", ["sources:\n", "sources: []\n", "# x\nsources:", "sources: []\nprovince: A\n", ""]
)
def test_a_list_without_sources_takes_its_first(text: str) -> None:
    if not text:
        with pytest.raises(SeedError, match="by hand"):
            with_source(text, new_source(), path=PATH)
        return
    data = yaml.safe_load(with_source(text, new_source(), path=PATH))
    assert [source["key"] for source in data["sources"]] == ["bao-moi"]


def test_a_source_may_stand_before_other_keys_and_comments() -> None:
    text = "sources:\n- key: a\n  name: A\n\n# cuối\nprovince: X\n"
    after = with_source(text, new_source(), path=PATH)
    assert after.endswith("\n\n# cuối\nprovince: X\n")
    assert [one["key"] for one in yaml.safe_load(after)["sources"]] == ["a", "bao-moi"]


def test_the_ends_of_line_of_a_file_are_kept() -> None:
    after = with_source(TEXT.replace("\n", "\r\n"), new_source(), path=PATH)
    assert after.count("\n") == after.count("\r\n")
    assert after.replace("\r\n", "\n") == with_source(TEXT, new_source(), path=PATH)


def test_an_edit_changes_its_lines_only() -> None:
    edit = SeedEdit(
        settings={"certainty": "checked", "family": "zce", "article_url": r"-c\d+\.html$"},
        checked=frozenset({"https://baothu.vn/rss/home.rss"}),
        removed=frozenset({"https://baothu.vn/rss/cu.rss"}),
        added=(Entry(url="https://baothu.vn/sitemap.xml", kind="sitemap", certainty="checked"),),
    )
    after = edited(TEXT, "bao-thu", edit, path=PATH)
    old, new = TEXT.splitlines(), after.splitlines()
    assert [line for line in new if line not in old] == [
        "    certainty: checked",
        "    family: zce",
        r"    article_url: '-c\d+\.html$'",
        "      - {url: https://baothu.vn/rss/home.rss, certainty: checked}  # chưa thử",
        "    sitemaps:",
        "      - {url: https://baothu.vn/sitemap.xml, certainty: checked}",
    ]
    assert "ghi chú" not in after
    assert after.endswith(TEXT[TEXT.index("  - key: bao-hai") :])
    assert len(yaml.safe_load(after)["sources"]) == 2


def test_a_group_whose_entries_all_go_goes_with_them() -> None:
    edit = SeedEdit(removed=frozenset({"https://baothu.vn/thoi-su"}))
    data = yaml.safe_load(edited(TEXT, "bao-thu", edit, path=PATH))
    assert "listings" not in data["sources"][0]
    assert len(data["sources"][0]["feeds"]) == 2


def test_what_cannot_be_edited_as_text_is_left_to_people() -> None:
    entry = Entry(url="https://baohai.vn/moi", kind="listing", certainty="checked")
    with pytest.raises(SeedError, match="by hand"):
        edited(TEXT, "bao-hai", SeedEdit(added=(entry,)), path=PATH)
    with pytest.raises(SeedError, match="no block of 'bao-ba'"):
        edited(TEXT, "bao-ba", SeedEdit(added=(entry,)), path=PATH)


def test_a_json_list_is_written_with_its_keys() -> None:
    keys = JsonKeys(items="data.list", address="https://baothu.vn/tin/{slug}")
    entry = Entry(url="https://baothu.vn/api/tin?page=1", kind="json", certainty="seen", keys=keys)
    written = yaml.safe_load(edited(TEXT, "bao-thu", SeedEdit(added=(entry,)), path=PATH))
    assert written["sources"][0]["json_lists"] == [
        {
            "url": "https://baothu.vn/api/tin?page=1",
            "certainty": "seen",
            "items": "data.list",
            "address": "https://baothu.vn/tin/{slug}",
        }
    ]
