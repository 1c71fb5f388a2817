"""Misdeeds of connections, framing, statuses, redirects, names and certificates."""

from __future__ import annotations

from datetime import timedelta

from tests.fakes.rogue import misdeeds as do
from tests.fakes.rogue.rows import Row, everywhere, fine, fine_thrice, thrice

_SECONDS = timedelta(seconds=1)
_WEEK = timedelta(days=7)
_UNTOLD = timedelta(minutes=30)

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


def _pause(line: str, retry: str, pause: timedelta) -> Row:
    return Row(
        name=f"{line.partition(' ')[0]} with Retry-After: {retry or 'none'}",
        handler=do.status(line, *([f"Retry-After: {retry}"] if retry else [])),
        expected=everywhere("status") if retry.isdigit() else thrice("status"),
        closes=True,
        retry_after=pause,
    )


STATUS_ROWS = (
    Row(
        name="401",
        handler=do.status("401 Unauthorized", 'WWW-Authenticate: Basic realm="x"'),
        expected=thrice("status", robots="read"),
    ),
    Row(
        name="403",
        handler=do.status("403 Forbidden", body="cấm"),
        expected=everywhere("status", robots="read"),
    ),
    Row(
        name="404",
        handler=do.status("404 Not Found"),
        expected=everywhere("status", robots="read", article="gone"),
    ),
    Row(
        name="410",
        handler=do.status("410 Gone"),
        expected=thrice("status", robots="read", article="gone"),
    ),
    Row(
        name="451",
        handler=do.status("451 Unavailable For Legal Reasons"),
        expected=thrice("status", robots="read"),
    ),
    Row(name="500", handler=do.status("500 Oops", body="lỗi"), expected=everywhere("status")),
    Row(name="599", handler=do.status("599 La"), expected=thrice("status")),
    Row(name="999", handler=do.status("999 Denied"), expected=thrice("status")),
    Row(
        name="cf-mitigated: challenge",
        handler=do.status("403 Forbidden", "cf-mitigated: challenge"),
        expected=everywhere("challenge", robots="read"),
    ),
    Row(
        name="204",
        handler=do.status("204 No Content"),
        expected=everywhere("empty", robots="read"),
    ),
    Row(name="206 unasked", handler=do.part_unasked, expected=everywhere("status")),
    Row(name="304 unasked", handler=do.unchanged_unasked, expected=everywhere("status")),
    _pause("429 Too Many Requests", "120", 120 * _SECONDS),
    _pause("429 Too Many Requests", "Wed, 21 Oct 2099 07:28:00 GMT", _WEEK),
    _pause("429 Too Many Requests", "Fri, 21 Oct 2011 07:28:00 GMT", 0 * _SECONDS),
    _pause("429 Too Many Requests", "99999999999999999999", _WEEK),
    _pause("429 Too Many Requests", "mai quay lai", _UNTOLD),
    _pause("429 Too Many Requests", "-5", _UNTOLD),
    _pause("429 Too Many Requests", "", _UNTOLD),
    _pause("503 Service Unavailable", "90", 90 * _SECONDS),
    _pause("428 Precondition Required", "", _UNTOLD),
)

REDIRECT_ROWS = (
    Row(name="redirect to itself", handler=do.loops, expected=everywhere("status")),
    Row(
        name="redirects without end",
        handler=do.runs_away,
        expected=everywhere("status"),
        most_requests=16,
    ),
    Row(
        name="redirect without an address",
        handler=do.redirects_nowhere,
        expected=thrice("status"),
    ),
    Row(
        name="redirect to a private address",
        handler=do.redirected("http://10.0.0.1/"),
        expected=everywhere("guard"),
    ),
    Row(
        name="redirect to the metadata service",
        handler=do.redirected("http://169.254.169.254/latest/meta-data/"),
        expected=everywhere("guard"),
    ),
    Row(
        name="redirect to a CGNAT address",
        handler=do.redirected("http://100.64.0.1/"),
        expected=everywhere("guard"),
    ),
    Row(
        name="redirect to an address as one number",
        handler=do.redirected("http://2130706433/"),
        expected=thrice("guard"),
    ),
    Row(
        name="redirect to a mapped IPv6 address",
        handler=do.redirected("http://[::ffff:10.0.0.1]/"),
        expected=thrice("guard"),
    ),
    Row(
        name="redirect to another host",
        handler=do.redirected("http://127.0.0.2:9/tin"),
        expected=everywhere("guard"),
    ),
    Row(
        name="redirect to another port",
        handler=do.redirected("http://127.0.0.1:9/tin"),
        expected=thrice("guard"),
    ),
    Row(
        name="redirect to file:",
        handler=do.redirected("file:///etc/passwd"),
        expected=everywhere("guard"),
    ),
    Row(
        name="redirect to ftp:",
        handler=do.redirected("ftp://127.0.0.1/tin"),
        expected=thrice("guard"),
    ),
    Row(
        name="redirect to data:",
        handler=do.redirected("data:text/html,<p>tin</p>"),
        expected=thrice("guard"),
    ),
    Row(
        name="redirect to no address",
        handler=do.redirected("http://[la/"),
        expected=thrice("guard"),
    ),
    Row(
        name="redirect to 15 kB of address",
        handler=do.redirected("/la/" + "a" * 15_000),
        expected=thrice("status"),
    ),
    Row(
        name="redirect to the home page",
        handler=do.redirected("/"),
        expected=everywhere("not-html", robots="read", listing="read", article="status"),
    ),
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
    *STATUS_ROWS,
    *REDIRECT_ROWS,
    *NAME_ROWS,
    *TLS_ROWS,
)
