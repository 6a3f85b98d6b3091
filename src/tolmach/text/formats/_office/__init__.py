"""What Word and OpenDocument share: how their formats are read, changed and written."""
