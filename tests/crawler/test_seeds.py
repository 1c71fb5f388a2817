"""The seeds that are shipped: complete, unique, crawlable."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from crawler.families import FAMILIES
from crawler.sources import Seeds, load_sources
from crawler.urls import fill_dates, is_article_url, registrable_domain, site_of

if TYPE_CHECKING:
    from crawler.items import Province, Source

FOLDER = Path(__file__).parents[2] / "seeds"

CODES = {
    "01": "Hà Nội",
    "04": "Cao Bằng",
    "08": "Tuyên Quang",
    "11": "Điện Biên",
    "12": "Lai Châu",
    "14": "Sơn La",
    "15": "Lào Cai",
    "19": "Thái Nguyên",
    "20": "Lạng Sơn",
    "22": "Quảng Ninh",
    "24": "Bắc Ninh",
    "25": "Phú Thọ",
    "31": "Hải Phòng",
    "33": "Hưng Yên",
    "37": "Ninh Bình",
    "38": "Thanh Hóa",
    "40": "Nghệ An",
    "42": "Hà Tĩnh",
    "44": "Quảng Trị",
    "46": "Huế",
    "48": "Đà Nẵng",
    "51": "Quảng Ngãi",
    "52": "Gia Lai",
    "56": "Khánh Hòa",
    "66": "Đắk Lắk",
    "68": "Lâm Đồng",
    "75": "Đồng Nai",
    "79": "TP. Hồ Chí Minh",
    "80": "Tây Ninh",
    "82": "Đồng Tháp",
    "86": "Vĩnh Long",
    "91": "An Giang",
    "92": "Cần Thơ",
    "96": "Cà Mau",
}

BEFORE_2025 = """
An Giang, Bà Rịa - Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương,
Bình Định, Bình Phước, Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông,
Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai, Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương,
Hải Phòng, Hậu Giang, Hòa Bình, Hưng Yên, Khánh Hòa, Kiên Giang, Kon Tum, Lai Châu,
Lạng Sơn, Lào Cai, Lâm Đồng, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ,
Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La,
Tây Ninh, Thái Bình, Thái Nguyên, Thanh Hóa, Thừa Thiên Huế, Tiền Giang, TP. Hồ Chí Minh,
Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái
"""

MERGER = date(2025, 7, 1)
LAST_DAY_ALONE = date(2025, 6, 30)


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    return load_sources(FOLDER)


@pytest.fixture(scope="module")
def sources(seeds: Seeds) -> dict[str, Source]:
    return {source.key: source for source in seeds.sources}


def names_before(province: Province) -> tuple[str, ...]:
    return province.formed_from or (province.name,)


def watched(seeds: Seeds) -> list[Source]:
    return [source for source in seeds.sources if source.watched]


def test_there_are_34_provinces_with_their_codes(seeds: Seeds) -> None:
    assert {province.code: province.name for province in seeds.provinces} == CODES
    assert len(list(FOLDER.glob("*.yaml"))) == 35


def test_each_of_the_63_provinces_before_2025_went_into_exactly_one(seeds: Seeds) -> None:
    covered = Counter(name for province in seeds.provinces for name in names_before(province))

    assert covered == Counter(" ".join(BEFORE_2025.split()).split(", "))
    assert len(covered) == 63


def test_a_merged_province_has_the_day_of_its_merger(seeds: Seeds) -> None:
    formed = {province.formed_on for province in seeds.provinces if len(province.formed_from) > 1}
    whole = [province for province in seeds.provinces if len(province.formed_from) < 2]

    assert formed == {MERGER}
    assert len(whole) == 11
    assert [one.formed_on for one in whole if one.name == "Huế"] == [date(2025, 1, 1)]


def test_every_province_has_a_watched_paper_and_each_merged_paper_is_remembered(
    seeds: Seeds,
) -> None:
    papers = {source.province for source in watched(seeds) if source.kind == "paper"}
    remembered = {former.province for source in seeds.sources for former in source.predecessors}

    assert papers == set(CODES.values())
    merged = {
        name
        for province in seeds.provinces
        for name in names_before(province)
        if name != province.name
    }
    assert merged <= remembered


def test_predecessors_belong_to_their_province_and_end_with_it(seeds: Seeds) -> None:
    before = {province.name: names_before(province) for province in seeds.provinces}
    for source in seeds.sources:
        for former in source.predecessors:
            assert former.province in before[source.province or ""]
            if former.province != source.province and former.province != "Thừa Thiên Huế":
                assert former.until == LAST_DAY_ALONE


def test_a_former_host_tells_the_same_story_everywhere(seeds: Seeds) -> None:
    stories = defaultdict(set)
    for source in seeds.sources:
        for former in source.predecessors:
            stories[former.host].add((former.name, former.province, former.until))

    assert {host: told for host, told in stories.items() if len(told) > 1} == {}


def test_the_five_founding_sources_are_watched(sources: dict[str, Source]) -> None:
    founding = ["bao-gia-lai", "bao-ha-nam", "phuong-thuy-xuan", "vietnam-vn", "bao-lao-cai"]

    assert all(sources[key].watched for key in founding)


def test_ha_nam_is_read_daily_under_its_heir(sources: dict[str, Source]) -> None:
    source = sources["bao-ha-nam"]

    assert (source.province, source.succeeded_by) == ("Ninh Bình", "bao-ninh-binh")
    assert (source.until, source.interval) == (LAST_DAY_ALONE, timedelta(days=1))
    assert source.places_then["baohanam.com.vn"].province == "Hà Nam"


def test_the_ward_portal_and_the_aggregator_say_what_they_are(sources: dict[str, Source]) -> None:
    ward, aggregator = sources["phuong-thuy-xuan"], sources["vietnam-vn"]

    assert (ward.kind, ward.place, ward.certainty) == ("portal", "phường Thủy Xuân", "inferred")
    assert (aggregator.kind, aggregator.province) == ("aggregator", None)


def test_every_watched_source_has_an_entry_on_its_own_site(seeds: Seeds) -> None:
    for source in watched(seeds):
        assert source.entries, source.key
        domains = {registrable_domain(entry.url) for entry in source.entries}
        assert domains == {registrable_domain(source.home)}, source.key


def test_no_two_watched_sources_share_a_host(seeds: Seeds) -> None:
    owners = defaultdict(set)
    for source in watched(seeds):
        for url in (source.home, *(entry.url for entry in source.entries)):
            owners[site_of(url)].add(source.key)

    assert {host: keys for host, keys in owners.items() if len(keys) > 1} == {}


def test_no_entry_is_a_search_an_interface_or_a_dead_feed(seeds: Seeds) -> None:
    urls = [entry.url for source in seeds.sources for entry in source.entries]

    assert len(urls) == len(set(urls))
    assert not [url for url in urls if "<" in url or "/s/" in url]
    pages = [entry for source in seeds.sources for entry in source.entries if entry.kind != "json"]
    assert not [entry.url for entry in pages if "/api/" in entry.url]
    assert "https://hanoimoi.vn/rss/kinh-te.rss" not in urls
    assert not [url for url in urls if url.endswith("/rss")]


def test_dated_entries_become_addresses_of_the_day(sources: dict[str, Source]) -> None:
    day = date(2026, 3, 7)
    filled = {
        fill_dates(entry.url, day=day)
        for key in ("sai-gon-giai-phong", "vietnam-vn")
        for entry in sources[key].entries
    }

    assert "https://www.sggp.org.vn/sitemaps/news-2026-3.xml" in filled
    assert "https://www.vietnam.vn/sitemap/sitemap-post/2026-03-07.xml" in filled


def test_listings_about_the_party_come_first(seeds: Seeds) -> None:
    for source in seeds.sources:
        listings = [entry.url for entry in source.entries if entry.kind == "listing"]
        about = [url for url in listings if "xay-dung-dang" in url or "xaydungdang" in url]
        assert listings[: len(about)] == about, source.key


def test_family_hints_are_names_of_families(seeds: Seeds) -> None:
    hints = {source.family for source in seeds.sources if source.family}

    assert hints <= {family.key for family in FAMILIES}
    assert len(hints) >= 8


def test_names_are_vietnamese_names_without_leftovers(seeds: Seeds) -> None:
    for source in seeds.sources:
        assert not set(source.name) & set("<>'\"?:"), source.name
        assert "name pattern" not in source.name
        assert source.name[0].isupper()


def test_every_file_is_named_after_its_province() -> None:
    for path in FOLDER.glob("*.yaml"):
        province = yaml.safe_load(path.read_text(encoding="utf-8")).get("province")
        assert path.stem == (slug(province) if province else "toan-quoc")


def slug(name: str) -> str:
    table = str.maketrans(
        "àáạảãâầấậẩẫăằắặẳẵèéẹẻẽêềếệểễìíịỉĩòóọỏõôồốộổỗơờớợởỡùúụủũưừứựửữỳýỵỷỹđ. ",
        "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd--",
    )
    return name.lower().translate(table).replace("--", "-")


@pytest.mark.parametrize(
    ("key", "article", "other"),
    [
        ("ha-noi-moi", "/ket-nap-dang-vien-912345.html", "/tuan-le-event345.html"),
        ("bao-gia-lai", "/ket-nap-post312345.html", "/tac-gia/ten-12.html"),
        ("bao-dak-lak", "/chinh-tri/202611/ket-nap-a1b2c3d/", "/chinh-tri/"),
        ("bao-can-tho", "/ket-nap-dang-vien-a198765.html", "/chinh-tri/"),
        ("bao-bac-ninh", "/ket-nap-dang-vien-postid412345.bbg", "/xay-dung-dang"),
        ("bao-thanh-hoa", "/ket-nap-dang-vien-245678.htm", "/xay-dung-dang"),
        ("bao-ninh-binh", "/ket-nap-dang-vien-712345678901234.html", "/vu-an"),
        ("bao-ha-nam", "/chinh-tri/xay-dung-dang/ket-nap-dang-vien-122101.html", "/chinh-tri/"),
        ("bao-son-la", "/xay-dung-dang/ket-nap-dang-vien-Ab3dE.html", "/xay-dung-dang.html"),
        ("bao-lai-chau", "/x%C3%A3-h%E1%BB%99i/x%C3%A2y-d%E1%BB%B1ng-chi-b%E1%BB%99", "/chinh-tri"),
        ("bao-dien-bien-phu", "/tin-bai/chinh-tri/ket-nap-dang-vien", "/tin-tuc/chinh-tri"),
        ("bao-da-nang", "/ket-nap-dang-vien-3312345.html", "/dang-vien-ptag.html"),
        ("bao-tay-ninh", "/ket-nap-dang-vien-a198765.html", "/thoi-su-chinh-tri"),
        ("vietnam-vn", "/ket-nap-dang-vien-moi-o-xa-bien-gioi", "/en/new-party-members-admitted"),
        ("tinh-uy-phu-tho", "/ContentDetail/NewsDetailView?NewsId=0a1b-2c3d", "/ContentDetail"),
        ("tinh-uy-gia-lai", "/tin/-/view-content/609439/ket-nap", "/tin"),
        ("thanh-uy-can-tho", "/tin-tuc-su-kien/ndid/11738/key/default", "/tin-tuc-su-kien"),
    ],
)
def test_article_patterns_tell_articles_from_the_rest(
    sources: dict[str, Source], key: str, article: str, other: str
) -> None:
    source = sources[key]
    home = source.home.rstrip("/")

    assert is_article_url(home + article, pattern=source.article_url)
    assert not is_article_url(home + other, pattern=source.article_url)
