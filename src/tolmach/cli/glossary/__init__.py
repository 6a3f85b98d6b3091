"""The commands of `tolmach glossary`: one module each, defining `COMMAND`."""
