"""Validation as a process: a worker's claims go through six phases and come out as a signed badge, or not."""
