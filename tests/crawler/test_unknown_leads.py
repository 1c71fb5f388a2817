"""The lead of a page of an unknown CMS is kept once, wherever and however often it stands."""

from __future__ import annotations

import pytest

from tests.crawler.layouts import HEADLINE, LEAD, PARAGRAPHS, links, page, paragraphs, read

TEXT = paragraphs()
DATE = "<p>12/11/2025 08:30</p>"
BODY = list(PARAGRAPHS)
CELLS = "".join(f"<tr><td>{line}</td></tr>" for line in PARAGRAPHS)

LEADS = {
    "bold": f"<p><b>{LEAD}</b></p>{TEXT}",
    "in a heading": f"<h2>{LEAD}</h2>{TEXT}",
    "in a smaller heading within the text": f"<div><h4>{LEAD}</h4>{TEXT}</div>",
    "in italics": f"<p><em>{LEAD}</em></p>{TEXT}",
    "in a node of its own": f"<div class=q1>{LEAD}</div><div class=q2>{TEXT}</div>",
    "in a cell of its own": f"<table><tr><td><b>{LEAD}</b></td></tr>"
    f"<tr><td>{TEXT}</td></tr></table>",
    "every paragraph in a cell": f"<table><tr><td><b>{LEAD}</b></td></tr>{CELLS}</table>",
    "beside a picture": f"<table><tr><td><img src=/1.jpg></td><td><b>{LEAD}</b></td></tr></table>"
    f"<div>{TEXT}</div>",
    "twice": f"<div class=q1>{LEAD}</div><div class=q2><p><b>{LEAD}</b></p>{TEXT}</div>",
    "twice, once with initials": f"<p>{LEAD}</p><div><p><b>(BML) - {LEAD}</b></p>{TEXT}</div>",
    "behind initials": f"<p><b>(BML) - {LEAD}</b></p>{TEXT}",
    "cut short above, whole in the text": f"<p>{LEAD[:90]}...</p>"
    f"<div><p><b>{LEAD}</b></p>{TEXT}</div>",
    "in a quotation": f"<blockquote>{LEAD}</blockquote><div>{TEXT}</div>",
    "in bold spans that split words": f"<p><span style='font-weight:bold'>{LEAD[:41]}</span>"
    f"<span style='font-weight: 700'>{LEAD[41:]}</span></p>{TEXT}",
    "between line breaks": f"<div><b>{LEAD}</b><br><br>{'<br><br>'.join(PARAGRAPHS)}</div>",
    "with links below it": f"<div><b>{LEAD}</b></div><div>{links()}</div><div>{TEXT}</div>",
    "in a list item": f"<ul><li><b>{LEAD}</b></li></ul><div>{TEXT}</div>",
}


@pytest.mark.parametrize("name", LEADS)
def test_the_lead_stands_once(name: str) -> None:
    reading = read(page(f"<h1>{HEADLINE}</h1>{DATE}{LEADS[name]}"))
    assert reading.sapo == LEAD
    assert reading.body.split("\n\n") == BODY


@pytest.mark.parametrize("name", LEADS)
def test_the_same_below_a_headline_without_markup(name: str) -> None:
    reading = read(page(f"<div><b>{HEADLINE}</b></div>{DATE}{LEADS[name]}", title="Mường Lạn"))
    assert reading.title == HEADLINE
    assert reading.sapo == LEAD
    assert reading.body.split("\n\n") == BODY


ROWS = (("Đơn vị", "Giới thiệu", "Kết nạp"), ("Bản Nà Tông", "4", "3"), ("Bản Pá Lầu", "2", "1"))
CELL = "<tr>{}</tr>"
TABLES = {
    "plain": "<table border=1>{}</table>",
    "centred": "<center><table border=1><tbody>{}</tbody></table></center>",
    "in a paragraph": "<p></p><div class=k3><table>{}</table></div>",
    "in a figure": "<figure class='table'><table>{}</table></figure>",
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("cell", ["<td>{}</td>", "<td><p><span>{}</span></p></td>", "<th>{}</th>"])
def test_rows_of_a_table_are_lines(name: str, cell: str) -> None:
    rows = "".join(CELL.format("".join(map(cell.format, row))) for row in ROWS)
    half = paragraphs(*PARAGRAPHS[:2]) + TABLES[name].format(rows) + paragraphs(*PARAGRAPHS[2:])
    body = read(page(f"<h1>{HEADLINE}</h1>{DATE}<p><b>{LEAD}</b></p><div>{half}</div>")).body
    assert body.split("\n\n") == [*BODY[:2], *map(" | ".join, ROWS), *BODY[2:]]
