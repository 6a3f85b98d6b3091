"""Terms: recurring noun phrases and compounds, and the spellings in which they stand."""
