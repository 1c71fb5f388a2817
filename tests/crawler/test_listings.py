"""Columns of a listing: the list itself, and the boxes beside it."""

from __future__ import annotations

from crawler.listings import parse_listing


def test_cards_of_one_markup_are_a_column_and_boxes_are_columns_of_their_own() -> None:
    cards = "".join(
        f'<div class="card"><h3><a href="/tin-{n}.html">Tin {n}</a></h3></div>'
        for n in range(9, 4, -1)
    )
    box = "".join(f'<li><a href="/tin-{n}.html">Tin {n}</a></li>' for n in range(4))
    page = f"""<html><body><h2><a href="/tin-9.html">Tin đầu</a></h2>
      <div class="list">{cards}</div><ul class="box">{box}</ul>
      <div class="pagination"><a href="?page=2">2</a></div></body></html>"""
    read = parse_listing(
        page.encode(), base_url="https://a.vn/tin", accept=lambda url: url.endswith(".html")
    )
    columns = [[int(link.url[-6]) for link in column] for column in read.columns]
    assert columns == [[9, 8, 7, 6, 5], [0, 1, 2, 3]]
    assert len(read.links) == 9
    assert read.next_url == "https://a.vn/tin?page=2"


def test_a_page_of_few_links_is_one_column() -> None:
    page = b'<body><h2><a href="/tin-2.html">A</a></h2><p><a href="/tin-1.html">B</a></p></body>'
    read = parse_listing(page, base_url="https://a.vn/", accept=lambda url: ".html" in url)
    assert [len(column) for column in read.columns] == [2]
