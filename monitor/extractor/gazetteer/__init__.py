"""Names of places: provinces before and after the mergers, cities, kinds of units."""
