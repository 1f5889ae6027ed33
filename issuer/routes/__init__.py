"""The HTTP interface, a subject a module."""
