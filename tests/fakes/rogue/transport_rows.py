"""Misdeeds of connections, framing, encodings, names and certificates."""

from __future__ import annotations

from tests.fakes.rogue import misdeeds as do
from tests.fakes.rogue.rows import Row, everywhere, fine, fine_thrice, thrice

CONNECTION_ROWS = (
    Row(name="slow drip of the body", handler=do.drips, expected=everywhere("timeout")),
    Row(
        name="slow drip of a header",
        handler=do.drips_headers,
        expected={"robots": "timeout", "article": "timeout"},
    ),
    Row(
        name="no answer at all",
        handler=do.says_nothing,
        expected={"robots": "timeout", "article": "timeout"},
    ),
    Row(
        name="endless body",
        handler=do.never_ends,
        expected=everywhere("size", robots="read"),
    ),
    Row(
        name="endless headers",
        handler=do.never_ends_its_headers,
        expected=everywhere("size"),
    ),
    Row(
        name="endless folded header",
        handler=do.folds_one_header_for_ever,
        expected=thrice("size"),
    ),
    Row(name="header of 10 MB", handler=do.sends_a_huge_header, expected=thrice("refused")),
    Row(name="flood of Set-Cookie", handler=do.sets_many_cookies, expected=fine_thrice()),
    Row(name="endless 100 Continue", handler=do.continues_for_ever, expected=everywhere("size")),
    Row(name="100 and 103 before the answer", handler=do.hints_early, expected=fine_thrice()),
    Row(
        name="Content-Length too long",
        handler=do.promises_too_much,
        expected=everywhere("refused"),
    ),
    Row(
        name="bytes beyond Content-Length",
        handler=do.sends_more_than_promised,
        expected=fine_thrice(),
    ),
    Row(
        name="two Content-Lengths",
        handler=do.contradicts_its_length,
        expected=thrice("refused"),
    ),
    Row(
        name="negative Content-Length",
        handler=do.has_a_negative_length,
        expected=thrice("refused"),
    ),
    Row(name="reset mid-body", handler=do.resets_midway, expected=everywhere("refused")),
    Row(name="closed before headers", handler=do.closes_at_once, expected=thrice("refused")),
    Row(name="reset before headers", handler=do.resets_at_once, expected=thrice("refused")),
    Row(
        name="keep-alive that is none", handler=do.closes_after_each_answer, expected=fine_thrice()
    ),
    Row(name="bad status line", handler=do.babbles, expected=thrice("refused")),
    Row(
        name="status that is no number",
        handler=do.numbers_no_status,
        expected=thrice("refused"),
    ),
    Row(name="HTTP/0.9", handler=do.speaks_http_0_9, expected=thrice("refused")),
    Row(
        name="header without a colon",
        handler=do.has_a_header_without_colon,
        expected=fine_thrice(),
    ),
    Row(
        name="unknown Transfer-Encoding",
        handler=do.encodes_transfer_strangely,
        expected=thrice("refused"),
    ),
    Row(name="bad chunk size", handler=do.counts_chunks_wrongly, expected=thrice("refused")),
    Row(
        name="chunks never ended", handler=do.never_ends_its_chunks, expected=everywhere("timeout")
    ),
    Row(name="chunks cut short", handler=do.cuts_its_chunks, expected=thrice("refused")),
    Row(
        name="chunk of 256 TB",
        handler=do.announces_a_huge_chunk,
        expected=everywhere("size", robots="read"),
    ),
)

ENCODING_ROWS = (
    Row(name="gzip bomb", handler=do.bomb("gzip"), expected=everywhere("size")),
    Row(name="brotli bomb", handler=do.bomb("br"), expected=everywhere("size")),
    Row(name="truncated gzip", handler=do.cuts_its_gzip, expected=everywhere("parse")),
    Row(name="truncated brotli", handler=do.cuts_its_brotli, expected=everywhere("parse")),
    Row(name="plain labelled gzip", handler=do.labelled("gzip"), expected=everywhere("parse")),
    Row(name="plain labelled br", handler=do.labelled("br"), expected=thrice("parse")),
    Row(name="plain labelled deflate", handler=do.labelled("deflate"), expected=thrice("parse")),
    Row(name="plain labelled utf-8", handler=do.labelled("utf-8"), expected=fine_thrice()),
    Row(
        name="gzip without a label",
        handler=do.zips_without_a_word,
        expected=everywhere("not-html", feed="parse", sitemap="read", robots="read"),
    ),
    Row(name="gzip twice, told so", handler=do.zips_twice, expected=fine_thrice()),
)


def _named(name: str, host: str, *answers: tuple[str, ...], kind: str) -> Row:
    return Row(
        name=name,
        handler=do.status("200 OK", body="không ai được vào đây"),
        expected={"robots": kind},
        host=host,
        addresses=answers,
    )


NAME_ROWS = (
    _named("name of a private address", "rieng.example", ("10.1.2.3",), kind="guard"),
    _named("name of the metadata service", "meta.example", ("169.254.169.254",), kind="guard"),
    _named("name of a CGNAT address", "cgnat.example", ("100.64.1.1",), kind="guard"),
    _named("name of a mapped IPv6 address", "anh-xa.example", ("::ffff:10.0.0.1",), kind="guard"),
    _named("name that does not exist", "khong-co.example", (), kind="dns"),
    Row(
        name="name with a private address beside its own",
        handler=do.status("404 Not Found"),
        expected={"robots": "read", "article": "gone"},
        host="lan-lon.example",
        addresses=(("10.1.2.4", "127.0.0.1"),),
    ),
    Row(
        name="name bound anew to a private address after the first look",
        handler=do.closes_after_each_answer,
        expected=fine(),
        host="doi-cho.example",
        addresses=(("127.0.0.1",), ("10.1.2.5",)),
    ),
    Row(
        name="private name bound anew to its own address after the first look",
        handler=do.status("404 Not Found"),
        expected={"robots": "guard"},
        host="doi-lai.example",
        addresses=(("10.1.2.6",), ("10.1.2.7",)),
    ),
)

TLS_ROWS = (
    Row(
        name="trusted certificate",
        handler=do.hints_early,
        expected=fine(),
        tls="trusted",
    ),
    Row(
        name="expired certificate",
        handler=do.hints_early,
        expected={"robots": "tls"},
        tls="expired",
    ),
    Row(
        name="self-signed certificate",
        handler=do.hints_early,
        expected={"robots": "tls"},
        tls="self-signed",
    ),
    Row(
        name="certificate of another host",
        handler=do.hints_early,
        expected={"robots": "tls"},
        tls="wrong-host",
    ),
    Row(
        name="plain HTTP on a TLS port",
        handler=do.hints_early,
        expected={"robots": "tls"},
        tls="missing",
    ),
    Row(
        name="TLS on a plain port",
        handler=do.hints_early,
        expected={"robots": "refused"},
        tls="spoken-on-http",
    ),
)

TRANSPORT_ROWS = (
    *CONNECTION_ROWS,
    *ENCODING_ROWS,
    *NAME_ROWS,
    *TLS_ROWS,
)
