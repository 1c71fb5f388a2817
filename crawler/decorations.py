"""What in an address makes no other page: hosts for phones, views, sessions, and tracking."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, unquote

# Only parameters that never name a page: portals keep the article's identity in the query
# (NewsId, nid, cn, tc), so an unknown parameter stays.
_TRACKING = re.compile(
    r"^(?:utm_\w+|mtm_\w+|pk_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|gad_\w+|dclid|msclkid|yclid"
    r"|twclid|ttclid|srsltid|igshid?|mibextid|mc_[ce]id|_ga|_gl"
    r"|zarsrc|zalo\w*|gidzl|fb_comment_id|fb_action_\w+|fb_source|fb_ref|fbrefresh"
    r"|jskey|__cf_chl_\w+)$",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"^(?:jsessionid|phpsessid|aspsessionid\w*|asp\.net_sessionid|session_?id|cftoken)$",
    re.IGNORECASE,
)
# Older portals number articles or sections with "sid": only a long random value is a session.
_SHORT_SESSION = re.compile(r"^s(?:id)?$", re.IGNORECASE)
_RANDOM = re.compile(r"^(?=.*[0-9])(?=.*[a-zA-Z])[0-9a-zA-Z]{24,}$")

_VIEW_PARAMETER = re.compile(r"^(?:amp|print|isprint|outputtype|tmpl)$", re.IGNORECASE)
_MODE_PARAMETER = re.compile(r"^(?:view|mode|layout|format|type|output)$", re.IGNORECASE)
_VIEWS = frozenset({"amp", "print", "mobile"})

_VIEW_SEGMENT = re.compile(r"^/(?:amp|print|in-bai|ban-in)(?=/.)|/(?:amp|print)$", re.IGNORECASE)
_AMP_EXTENSION = re.compile(r"(\.(?:html?|aspx?))?\.amp(\.html?)?$", re.IGNORECASE)
# Servlets put the session behind the path, ASP.NET into it: /(S(4xk2…))/Default.aspx.
_PATH_SESSION = re.compile(
    r";(?:jsessionid|phpsessid|sid)=[^/;]*|/\((?:[a-z]\([^()/]+\))+\)(?=/|$)", re.IGNORECASE
)

_SAME_SITE = re.compile(r"^(?:www|m|mobile|amp|wap)\.(?=.+\.)")

SHARED_SUFFIXES = frozenset({"com", "net", "org", "gov", "edu", "ac", "info", "biz", "name"})
"""Second-level labels under which names are registered in Vietnam."""


def bare_host(host: str) -> str:
    """A host without the labels under which the same pages stand for other screens.

    Args:
        host: Lower case, with its port if any.
    """
    bare = host
    while (shorter := _SAME_SITE.sub("", bare)) != bare and not _is_suffix(shorter):
        bare = shorter
    return bare


def bare_path(path: str) -> str:
    """A path, decoded and NFC, without views, sessions, double and trailing slashes."""
    decoded = unicodedata.normalize("NFC", unquote(path))
    before = None
    while decoded != before:  # what is taken away may have hidden more
        before = decoded
        decoded = _PATH_SESSION.sub("", decoded)
        decoded = re.sub(r"/{2,}", "/", decoded).rstrip("/")
        decoded = _AMP_EXTENSION.sub(_page_extension, decoded)
        decoded = _VIEW_SEGMENT.sub("", decoded)
    return decoded


def bare_query(query: str) -> list[tuple[str, str]]:
    """The parameters that name the page, in the order of their names."""
    pairs = parse_qsl(unicodedata.normalize("NFC", query), keep_blank_values=True)
    return sorted((name, value) for name, value in pairs if _names_a_page(name, value))


def _names_a_page(name: str, value: str) -> bool:
    if _TRACKING.match(name) or _SESSION.match(name) or _VIEW_PARAMETER.match(name):
        return False
    if _SHORT_SESSION.match(name) and _RANDOM.match(value):
        return False
    return not (_MODE_PARAMETER.match(name) and value.lower() in _VIEWS)


def _page_extension(amp: re.Match[str]) -> str:
    """``.html.amp`` and ``.amp.html`` hide a page's own extension; ``.amp`` alone stands for it."""
    return amp[1] or amp[2] or ".html"


def _is_suffix(host: str) -> bool:
    name = host.partition(":")[0]
    return name.count(".") == 1 and name.partition(".")[0] in SHARED_SUFFIXES
