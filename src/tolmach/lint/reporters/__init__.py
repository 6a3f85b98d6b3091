"""The reporters: one module each, defining `REPORTER`."""
