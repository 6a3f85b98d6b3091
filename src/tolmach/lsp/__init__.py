"""The language server: findings while one types, cards, quick fixes and completion from the glossary."""
