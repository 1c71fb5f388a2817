"""What the rogue sites print: decent documents of every role, and broken or hostile ones."""

from __future__ import annotations

import io
import zipfile
from typing import Literal

from tests.fakes.rogue.server import Document

Role = Literal["robots", "feed", "sitemap", "listing", "article"]
ROLES: tuple[Role, ...] = ("robots", "feed", "sitemap", "listing", "article")

GOOD_FEED = "/tot.rss"
GOOD_PAGE = "/bai-tot-post100.html"
"""Behind the good feed of every site: it is to be read whatever else goes wrong."""
MORE_PAGE = "/bai-them-post300.html"
"""Behind the decent documents of the other roles."""
PATHS: dict[Role, str] = {
    "robots": "/robots.txt",
    "feed": "/tin.rss",
    "sitemap": "/sitemap.xml",
    "listing": "/tin",
    "article": "/bai-nghi-van-post200.html",
}
XML = "application/xml; charset=utf-8"
STAMP = "Fri, 20 Nov 2026 08:30:00 +0700"
_SENTENCE = (
    "Buổi sinh hoạt chuyên đề bàn cách giúp quần chúng ưu tú học lớp nhận thức về Đảng, phân "
    "công người theo dõi và hẹn báo lại vào cuối quý."
)


def article(title: str, *, head: str = "", day: str = "2026-11-20T08:30:00+07:00") -> bytes:
    """A page that reads as an article."""
    paragraphs = "".join(
        f"<p>{title[:80]}, đoạn {number}: {_SENTENCE}</p>" for number in range(1, 6)
    )
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8">{head}<title>{title}</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{day}"></head><body><article>'
        f'<h1>{title}</h1><div itemprop="articleBody">{paragraphs}</div></article></body></html>'
    ).encode()


def page(*inside: str, title: str = "Tin mới", head: str = "") -> bytes:
    """An HTML page with anything in it."""
    body = "".join(inside)
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8">{head}<title>{title}</title>'
        f"</head><body>{body}</body></html>"
    ).encode()


def anchors(*hrefs: str) -> str:
    """Links as a listing prints them."""
    return "".join(f'<h3><a href="{href}">Chi bộ bàn việc {href[-40:]}</a></h3>' for href in hrefs)


def item(link: str, *, title: str = "Chi bộ bàn việc", more: str = "", date: str = STAMP) -> str:
    """An item of a feed."""
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>{more}</item>"


def rss(*items: str, prolog: str = "") -> bytes:
    """A feed."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{prolog}<rss version="2.0"><channel>'
        f"<title>Báo thử</title>{''.join(items)}</channel></rss>"
    ).encode()


def sitemap(*locations: str, prolog: str = "", tag: str = "url", root: str = "urlset") -> bytes:
    """A sitemap, or an index of sitemaps."""
    inside = "".join(
        f"<{tag}><loc>{loc}</loc><lastmod>2026-11-20T08:30:00+07:00</lastmod></{tag}>"
        for loc in locations
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</{root}>'
    ).encode()


def index(*locations: str) -> bytes:
    """An index of sitemaps."""
    return sitemap(*locations, tag="sitemap", root="sitemapindex")


def decent_documents(role: Role) -> dict[str, Document]:
    """What every rogue site serves, the misdeed of one role aside."""
    behind = (PATHS["article"], GOOD_PAGE) if role == "article" else (GOOD_PAGE,)
    return {
        GOOD_FEED: Document(rss(*map(item, behind)), XML),
        GOOD_PAGE: Document(article("Chi bộ thôn tốt bàn việc")),
        MORE_PAGE: Document(article("Chi bộ thôn thêm bàn việc")),
        PATHS["article"]: Document(article("Chi bộ thôn nghi vấn bàn việc")),
        PATHS["feed"]: Document(rss(item(MORE_PAGE)), XML),
        PATHS["sitemap"]: Document(sitemap("{home}" + MORE_PAGE), XML),
        PATHS["listing"]: Document(page(anchors(MORE_PAGE))),
        "/": Document(page(anchors(MORE_PAGE), title="Trang chủ")),
        PATHS["robots"]: Document(b"User-agent: *\nDisallow: /quan-tri/\n", "text/plain"),
    }


def zip_archive() -> bytes:
    """A ZIP with a document in it, as offices upload them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("bao-cao.txt", "Báo cáo quý " * 500)
    return packed.getvalue()


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\n" + b"\x00\x07" * 3000

COOKIE_CHALLENGE = (
    '<html><body><script>document.cookie="D1N=0a1b2c3d; path=/";'
    "window.location.reload(true)</script></body></html>"
)
SCRIPT_CHALLENGE = page(
    "<h1>Just a moment...</h1><p>Checking your browser before accessing the site.</p>"
    '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script>',
    title="Just a moment...",
)
CAPTCHA = page(
    "<h1>Xác nhận bạn không phải là robot</h1><form><input name='captcha'></form>",
    title="Xác nhận",
)
NOT_FOUND = page(
    '<nav><a href="/">Trang chủ</a> <a href="/chinh-tri">Chính trị</a></nav>'
    "<h1>Không tìm thấy trang</h1><p>Trang bạn yêu cầu không tồn tại hoặc đã bị xóa. "
    "Vui lòng quay lại trang chủ.</p><footer>Cơ quan chủ quản: Tỉnh ủy. Giấy phép số 12/GP. "
    "Tổng biên tập: Ban biên tập. Địa chỉ: số 1, đường Hùng Vương.</footer>",
    title="Không tìm thấy trang",
)
MAINTENANCE = page(
    "<h1>Hệ thống đang bảo trì</h1><p>Chúng tôi đang nâng cấp hệ thống, xin quay lại sau.</p>",
    title="Bảo trì",
)
LAUGHS = "".join(f'<!ENTITY lol{number} "{f"&lol{number - 1};" * 10}">' for number in range(1, 10))
BILLION_LAUGHS = f'<!DOCTYPE rss [<!ENTITY lol0 "ha">{LAUGHS}]>'
QUADRATIC = f'<!DOCTYPE rss [<!ENTITY dai "{"a" * 50_000}">]>'


def outside_entity(home: str) -> str:
    """A DOCTYPE that names a file of ours and a page of another host."""
    return (
        f'<!DOCTYPE rss SYSTEM "{home}/la/ngoai.dtd" [<!ENTITY tep SYSTEM "file:///etc/passwd">'
        f'<!ENTITY trang SYSTEM "{home}/la/trang">]>'
    )
