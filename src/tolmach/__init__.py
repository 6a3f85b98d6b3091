"""Keep names and terms consistent in German, English and Russian texts."""
