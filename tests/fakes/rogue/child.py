"""The crawl child with names of its own: what DNS answers, and where it connects, are the test's.

Everything else is the real child. It is started as ``python -m tests.fakes.rogue.child``.
"""

from __future__ import annotations

import json
import os
import resource
import socket
import sys
from pathlib import Path
from typing import Any

NAMES = "ROGUE_NAMES"
"""Environment: JSON of host names; each has a list of answers, one a lookup, the last for ever.
An answer is a list of addresses; an empty one says that there is no such name."""

CONNECTED = "ROGUE_CONNECTED"
"""Environment: the file that each address connected to is written to, a line each."""

PEAK = "ROGUE_PEAK"
"""Environment: the file that takes the most memory the child ever held, in bytes."""

_answers: dict[str, list[list[str]]] = json.loads(os.environ.get(NAMES, "{}"))
_really = socket.getaddrinfo


def _getaddrinfo(host: Any, port: Any, *arguments: Any, **options: Any) -> list[Any]:
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name not in _answers:
        return list(_really(host, port, *arguments, **options))
    answers = _answers[name]
    addresses = answers.pop(0) if len(answers) > 1 else answers[0]
    if not addresses:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    found = (_really(one, port, 0, socket.SOCK_STREAM) for one in addresses)
    return [info for infos in found for info in infos]


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        os.write(_connected, f"{arguments[1][0]}\n".encode())


def _peak_bytes() -> int:
    """Of this program alone: what wait4(2) tells counts the parent's memory before exec, too."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    [line] = [line for line in lines if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    _connected = os.open(os.environ[CONNECTED], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    sys.addaudithook(_note)
    socket.getaddrinfo = _getaddrinfo
    # Late: Twisted takes the function as it is when it is imported.
    from crawler.__main__ import main

    status = main()
    Path(os.environ[PEAK]).write_text(str(_peak_bytes()))
    sys.exit(status)
