"""Articles in, digests out: flags, reads figures, stores, and sends one digest a day."""
