"""XLIFF: how their formats are read, changed and written."""
