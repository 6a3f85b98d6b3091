"""Two texts that say the same: which of their words and stretches stand for each other."""
