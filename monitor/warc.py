"""Records of the archive: an article's response as one gzip member of a WARC file (ISO 28500)."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.raw import RawResponse
from monitor.errors import ArchiveError

if TYPE_CHECKING:
    from typing import BinaryIO

    from crawler.items import Article

_VERSION = "1.1"
"""The first whose dates have fractions of a second."""
_DATE = "%Y-%m-%dT%H:%M:%S.%fZ"
_PAGE = "X-Diembao-Page"
_SOURCE = "X-Diembao-Source"
_OF_THE_TRANSPORT = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_GZIP = 16 + zlib.MAX_WBITS
_CHUNK_BYTES = 1 << 16


@dataclass(frozen=True, kw_only=True)
class ArchivedResponse:
    """A response with what was known when it came."""

    url: str
    """After redirects."""
    key: str
    """Page key of the address that was asked for."""
    source: str
    fetched_at: datetime
    """Aware UTC."""
    raw: RawResponse


def encode_response(article: Article) -> bytes:
    """The article's response as one gzip member.

    The body is kept unpacked, as it came to us; the headers that told of its packing go.

    Raises:
        ValueError: The article brings no response.
    """
    if article.raw is None:
        raise ValueError(f"{article.url} brings no response")
    protocol, _, status = article.raw.status_line.partition(" ")
    kept = [pair for pair in article.raw.headers if pair[0].lower() not in _OF_THE_TRANSPORT]
    headers = [*kept, ("Content-Length", str(len(article.raw.body)))]
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version=_VERSION)
    record = writer.create_warc_record(
        article.url,
        "response",
        payload=io.BytesIO(article.raw.body),
        length=len(article.raw.body),
        http_headers=StatusAndHeaders(status, headers, protocol=protocol),
        warc_headers_dict={
            "WARC-Date": article.fetched_at.astimezone(UTC).strftime(_DATE),
            _PAGE: article.key,
            _SOURCE: article.source,
        },
    )
    writer.write_record(record)
    return buffer.getvalue()


def encode_beginning(name: str) -> bytes:
    """The member a file begins with: who wrote it, and how."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version=_VERSION)
    info = {"software": "diembao", "format": "WARC File Format 1.1", "robots": "obey"}
    writer.write_record(writer.create_warcinfo_record(name, info))
    return buffer.getvalue()


def decode_response(file: BinaryIO) -> ArchivedResponse:
    """The response in the member at the file's position.

    Raises:
        ArchiveError: No whole member begins there, or it holds something else.
    """
    member = _read_member(file)
    if member is None:
        raise ArchiveError("no whole record begins there")
    try:
        record = next(iter(ArchiveIterator(io.BytesIO(member))))
    except (ArchiveLoadFailed, StopIteration) as error:
        raise ArchiveError("what begins there is no record of a WARC file") from error
    told = record.rec_headers.get_header
    if record.rec_type != "response" or told(_PAGE) is None or record.http_headers is None:
        raise ArchiveError(f"a {record.rec_type} begins there, not a response of ours")
    return ArchivedResponse(
        url=told("WARC-Target-URI"),
        key=told(_PAGE),
        source=told(_SOURCE),
        fetched_at=datetime.fromisoformat(told("WARC-Date")),
        raw=RawResponse(
            status_line=f"{record.http_headers.protocol} {record.http_headers.statusline}",
            headers=tuple(record.http_headers.headers),
            body=record.content_stream().read(),
        ),
    )


def end_of_records(file: BinaryIO, *, start: int = 0) -> int:
    """Where the last whole member ends; what a killed writer left begins there.

    Args:
        file: Seekable.
        start: The beginning of a member, from which on is looked.
    """
    end = start
    file.seek(start)
    while _read_member(file) is not None:
        end = file.tell()
    return end


def _read_member(file: BinaryIO) -> bytes | None:
    """A gzip member, unpacked, its checksum verified; the file stands behind it then."""
    unpacker = zlib.decompressobj(_GZIP)
    pieces: list[bytes] = []
    try:
        while not unpacker.eof:
            chunk = file.read(_CHUNK_BYTES)
            if not chunk:
                return None
            pieces.append(unpacker.decompress(chunk))
    except zlib.error:
        return None
    file.seek(-len(unpacker.unused_data), io.SEEK_CUR)
    return b"".join(pieces)
