"""The child that draws: a chart as JSON on standard input, a PNG on standard output."""

from __future__ import annotations

import json
import sys

from monitor.drawing.trend import draw_trend

if __name__ == "__main__":
    sys.stdout.buffer.write(draw_trend(json.load(sys.stdin)))
