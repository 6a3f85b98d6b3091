"""Names and terms in translations: what a draft has to say for them, found, put right and reported."""
