"""Gives memory that is no longer used back to the machine."""

from __future__ import annotations

import ctypes


def give_back_memory() -> None:
    """Have the C library return what it keeps of freed memory.

    glibc keeps the pages between what is still in use: after a month of digests and crawls a
    fifth of the service. Other C libraries have no such call and are left alone.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
