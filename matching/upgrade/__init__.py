"""What a new release of a taxonomy changes: in the lists, and for one person."""
