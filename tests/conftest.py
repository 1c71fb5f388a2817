"""What holds for every test."""

from __future__ import annotations

import signal

from hypothesis import HealthCheck, settings

# Machines are noisy: how long an example takes says nothing about the code.
settings.register_profile(
    "unhurried", parent=settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")

# A suite that a script starts in the background inherits Ctrl-C ignored, and hands that down to
# the commands it starts, which are to end by it.
signal.signal(signal.SIGINT, signal.default_int_handler)
