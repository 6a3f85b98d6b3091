"""Write docs/rules.md, the manual of the rules, from the rules.

uv run python scripts/build/rules.py
"""

from __future__ import annotations

from pathlib import Path

from tolmach.lint import manual, rule

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"

if __name__ == "__main__":
    found = {name: rule.load(name) for name in rule.names()}
    PAGE.write_text("".join(f"{line}\n" for line in manual.page(found)), encoding="utf-8", newline="\n")
