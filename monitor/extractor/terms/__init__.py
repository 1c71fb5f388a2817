"""A topic's terms: how they are written, found and tallied."""
