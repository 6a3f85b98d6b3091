"""The transcription systems: one TOML file each, named by its id; users may name files of their own."""
