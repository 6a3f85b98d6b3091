"""The commands of `tolmach memory`: one module each, defining `COMMAND`."""
