"""What somebody takes along who leaves: everything as files that people and other programs read."""
