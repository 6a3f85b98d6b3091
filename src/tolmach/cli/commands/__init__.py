"""The commands: one module each, defining `COMMAND`."""
