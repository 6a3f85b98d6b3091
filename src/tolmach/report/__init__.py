"""Pictures and pages about a corpus: who writes which name how, what the check finds, what the glossary decides."""
