"""Where names stand in running text: words, runs of capitals, long forms, the evidence of the whole corpus."""
