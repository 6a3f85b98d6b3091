"""Which spellings in a corpus are one name: names gathered, linked, put together, classified."""
