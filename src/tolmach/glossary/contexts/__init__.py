"""What stands around a name, per language: given names, titles, surname endings, nouns that name a work."""
