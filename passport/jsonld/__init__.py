"""From a JSON-LD document to the text that is signed, with nothing dropped on the way.

screen (structure) -> expand (PyLD, every leaf must land) -> dataset (RDF) -> rdfc (RDFC-1.0) -> canonical.
"""
