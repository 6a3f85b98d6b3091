"""Texts side by side: a source, its translations sentence by sentence, and the terms they share."""
