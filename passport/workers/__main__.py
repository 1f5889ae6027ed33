"""`python -m passport.workers` is one worker; only its parent starts it."""

from passport.workers.child import main

main()
