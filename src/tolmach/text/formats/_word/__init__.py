"""Word documents (WordprocessingML): how their formats are read, changed and written."""
