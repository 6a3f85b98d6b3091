"""`python -m tolmach` is the program `tolmach`."""

from tolmach.cli.main import main

main()
