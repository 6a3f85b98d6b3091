"""HTML pages: how their formats are read, changed and written."""
