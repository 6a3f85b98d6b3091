"""Established forms that no system writes: exonyms, renamings, native names, given names; one TSV file a field."""
