"""How fast diembao works on this machine: ``python -m tests.benchmarks``."""
