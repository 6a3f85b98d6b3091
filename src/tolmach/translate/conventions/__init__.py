"""How a language sets quotation marks, dashes, numbers: drafts are given its conventions where that is certain."""
