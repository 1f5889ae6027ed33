"""Matching on the person's own device: taxonomies, scores, explanations. Opens no socket."""
