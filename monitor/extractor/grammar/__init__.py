"""The short grammar that reads figures: tokens, clauses, organisations, periods."""
