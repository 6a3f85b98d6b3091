"""The rules: one module each, defining `RULE`; the module is the rule's manual."""
