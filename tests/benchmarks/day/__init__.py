"""A day of forty simulated sites on an accelerated clock, watched by the real service."""
