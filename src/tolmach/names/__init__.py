"""Which spellings are one name."""
