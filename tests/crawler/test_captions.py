"""Captions without a credit are told from paragraphs by place, length and looks."""

from __future__ import annotations

import pytest

from tests.crawler.layouts import HEADLINE, LEAD, PARAGRAPHS, page, paragraphs, read

CAPTION = "Bí thư chi bộ Giàng A Chư bên nương mắc ca của bản"
SENTENCE = "Bí thư chi bộ Giàng A Chư giới thiệu nương mắc ca của đảng viên trẻ."
IMAGE = '<img src="/anh/1.jpg" width="500">'
BODY = "\n\n".join(PARAGRAPHS)
HALF, REST = paragraphs(*PARAGRAPHS[:2]), paragraphs(*PARAGRAPHS[2:])

CAPTIONS = {
    "centred, the picture too": f"<p align=center>{IMAGE}</p><p align=center>{SENTENCE}</p>",
    "italic": f"<p>{IMAGE}</p><p><em>{SENTENCE}</em></p>",
    "italic within spans": f"<p><span>{IMAGE}</span></p>"
    f"<p><span><i><span>{SENTENCE}</span></i></span></p>",
    "small": f"<div>{IMAGE}</div><div><small>{SENTENCE}</small></div>",
    "in a small font": f"<div>{IMAGE}</div><div><font size=1>{SENTENCE}</font></div>",
    "in a small style": f"<div>{IMAGE}</div><p><span style='font-size:9pt'>{SENTENCE}</span></p>",
    "centred by a class": f"<p>{IMAGE}</p><p class='text-center'>{SENTENCE}</p>",
    "centred one level deeper": f"<div>{IMAGE}</div><div><p style='text-align: center;'>"
    f"{SENTENCE}</p></div>",
    "bare and no sentence": f"<p>{IMAGE}</p><p>{CAPTION}</p>",
    "a few words with a stop": f"<p>{IMAGE}</p><p>Một góc nương mắc ca.</p>",
    "the picture's own text": f"<p><img src='/1.jpg' alt='{SENTENCE}'></p><p>{SENTENCE}</p>",
    "below it in a table": f"<table><tr><td>{IMAGE}</td></tr><tr><td>{SENTENCE}</td></tr></table>",
    "behind a line break": f"<p>{IMAGE}<br>{SENTENCE}</p>",
    "behind a line break in italics": f"<p>{IMAGE}<br><i>{SENTENCE}</i></p>",
    "in a figure": f"<figure>{IMAGE}<p>{SENTENCE}</p></figure>",
    "in a frame of noise": f"<section><span>{IMAGE}</span><div>{SENTENCE}</div></section>",
    "an empty line between": f"<p>{IMAGE}</p><p>&nbsp;</p><p><i>{SENTENCE}</i></p>",
    "below two pictures": f"<p>{IMAGE}</p><p>{IMAGE}</p><p><i>{SENTENCE}</i></p>",
}


def between(inner: str) -> str:
    """The body of an article with something in its middle."""
    return read(page(f"<h1>{HEADLINE}</h1><div>{HALF}{inner}{REST}</div>")).body


@pytest.mark.parametrize("name", CAPTIONS)
def test_a_caption_without_a_credit_is_no_text(name: str) -> None:
    assert between(CAPTIONS[name]) == BODY


@pytest.mark.parametrize("name", CAPTIONS)
def test_the_same_beside_the_headline_is_no_text(name: str) -> None:
    html = page(f"<h1>{HEADLINE}</h1><p><b>{LEAD}</b></p>{HALF}{CAPTIONS[name]}{REST}")
    reading = read(html)
    assert (reading.sapo, reading.body) == (LEAD, BODY)


@pytest.mark.parametrize("wrap", ["<font>{}</font>", "<span>{}</span>", "{}", "<em>{}</em>"])
def test_a_caption_between_line_breaks_is_no_text(wrap: str) -> None:
    caption = wrap.format(CAPTION)
    lines = "<br><br>".join((*PARAGRAPHS[:2], f"{IMAGE}<br>{caption}", *PARAGRAPHS[2:]))
    assert read(page(f"<h1>{HEADLINE}</h1><div>{lines}</div>")).body == BODY


TEXT = "Sáng 12/11, Chi bộ bản Nà Tông tổ chức lễ kết nạp đảng viên cho ba quần chúng ưu tú."
PARAGRAPHS_BESIDE = {
    "behind a picture": f"<p>{IMAGE}</p><p>{TEXT}</p>",
    "around a picture that floats": f"<p><img src='/1.jpg' style='float:left'>{TEXT}</p>",
    "around a picture aligned left": f"<p><img src='/1.jpg' align=left>{TEXT}</p>",
    "that a picture begins": f"<p>{IMAGE}{TEXT}</p>",
    "quoted in italics": f"<p>{IMAGE}</p><p><em>“Tôi xin hứa giữ nương, giữ bản”, chị Mỷ nói.</em>"
    "</p>",
    "bold as a lead": f"<div>{IMAGE}<p><b>{LEAD}</b></p></div>",
    "in a row beside the picture": f"<table><tr><td>{IMAGE}</td><td>{TEXT}</td></tr></table>",
    "long below a picture": f"<div>{IMAGE}<p>{TEXT} {TEXT} {TEXT}</p></div>",
    "a subheading in the middle": f"<p>{IMAGE}</p><p align=center><b>Giữ nương, giữ bản</b></p>",
    "two sentences behind a picture": f"<div>{IMAGE}</div><div>{TEXT} {TEXT}</div>",
}


@pytest.mark.parametrize("name", PARAGRAPHS_BESIDE)
def test_a_paragraph_beside_a_picture_stays(name: str) -> None:
    body = between(PARAGRAPHS_BESIDE[name])
    assert len(body.split("\n\n")) == len(PARAGRAPHS) + 1
