"""Engines: one module each, which defines `ENGINE`."""
