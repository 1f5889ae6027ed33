"""`python -m passport` is the command `passport`."""

from passport.cli import main

main()
