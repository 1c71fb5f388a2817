"""What stands on one page: its tree, its lines, and which of them are the article."""
