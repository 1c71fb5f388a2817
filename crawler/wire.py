"""Jobs and records as JSON: one job a document, one record a line."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from crawler.errors import JobError
from crawler.items import CrawlJob, Record

_JOB = TypeAdapter(CrawlJob)
_RECORD: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="record")])


def encode_job(job: CrawlJob) -> bytes:
    """The job as one JSON document, UTF-8."""
    return _JOB.dump_json(job)


def decode_job(document: bytes) -> CrawlJob:
    """Read a job.

    Raises:
        JobError: Not JSON, or not a job; the first fault is named with its place.
    """
    try:
        return _JOB.validate_json(document)
    except ValidationError as error:
        raise JobError(_first_fault(error)) from error


def encode_record(record: Record) -> bytes:
    """The record as one line of JSON, UTF-8, with its line feed."""
    return _RECORD.dump_json(record) + b"\n"


def decode_record(line: bytes) -> Record:
    """Read one line.

    Raises:
        JobError: Not JSON or not a record, as when the writer was killed within a line.
    """
    try:
        return _RECORD.validate_json(line)
    except ValidationError as error:
        raise JobError(_first_fault(error)) from error


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in fault["loc"])
    return f"{place}: {fault['msg']}" if place else str(fault["msg"])
