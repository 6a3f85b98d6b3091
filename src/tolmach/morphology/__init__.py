"""The forms of a name or term in German, English and Russian."""
