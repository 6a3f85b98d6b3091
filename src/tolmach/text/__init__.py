"""What a text is: its model, tokens, sentences, languages and file formats."""
