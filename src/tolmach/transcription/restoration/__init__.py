"""What restoration has learned, one compressed file for each language of originals (`scripts/build/restoration.py`)."""
