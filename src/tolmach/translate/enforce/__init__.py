"""Terms that stand in a draft as the glossary wants them, in the form their place asks for."""
