"""Pages for the organisation's people."""
