"""Where a page, its machine-readable facts and its entry state a date."""
