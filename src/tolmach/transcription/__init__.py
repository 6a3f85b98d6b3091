"""Writing a name in another alphabet by a named system, and back to its likely originals."""
