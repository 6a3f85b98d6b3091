"""What the text room knows of each language: one TOML file a language, named by its ISO 639-1 code."""
