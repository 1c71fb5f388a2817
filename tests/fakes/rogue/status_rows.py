"""Misdeeds of statuses and redirects."""

from __future__ import annotations

from datetime import timedelta

from tests.fakes.rogue import misdeeds as do
from tests.fakes.rogue.rows import Row, everywhere, thrice

_SECONDS = timedelta(seconds=1)
_WEEK = timedelta(days=7)
_UNTOLD = timedelta(minutes=30)


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
