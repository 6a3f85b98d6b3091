"""A house's translated sentences: looking them up, keeping them, and never losing what a person has reviewed.

The sentences live in PO files, `<folder>/<target language>/<document id>.po`, which people edit; this room alone writes
them. `Memory.open` reads a folder, `merge` writes one document. An entry is a *draft* as long as it is flagged `fuzzy`.
"""
