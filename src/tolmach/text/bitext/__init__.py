"""What is known of words in two languages before any text was seen."""
