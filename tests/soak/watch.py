"""The watch of the month: who is told of what, when, and by which way."""

from __future__ import annotations

from datetime import time
from string import Template

PROVINCES = {"gia-lai": ("Gia Lai", "Huế")}
"""Of subscriptions that do not take all."""
HOURS = (time(6, 30), time(7, 0), time(17, 0))

CONFIG = Template(
    """\
# A watch of the simulated press on this machine, with readers on every way.
database: data/diembao.db
seeds: seeds
outbox: outbox
crawl:
  allow_loopback: true
  delay: 0.01s
  interval: 6h
  revisits: [12h, 2d]
  timeout: 2s
  deadline: 40s
  batch: $batch
archive: {keep: 5d}
subscriptions:
  - name: ca-nuoc
    editions: [daily, weekly, monthly]
    channels: {file: outbox/ca-nuoc, email: [an@example.org, binh@example.org], telegram: [7]}
  - name: gia-lai
    provinces: [Gia Lai, Huế]
    language: en
    time: "06:30"
    channels: {email: [chi@example.org]}
  - name: chieu
    time: "17:00"
    editions: [daily, weekly]
    channels: {file: outbox/chieu, telegram: [8]}
email:
  host: 127.0.0.1
  port: $mail_port
  security: none
  sender: "Điểm báo <diembao@example.org>"
  timeout: 2s
telegram:
  token: "12345:test-token"
  base_url: "$bot_url"
  timeout: 4s
service:
  least_free_mb: 1
"""
)
