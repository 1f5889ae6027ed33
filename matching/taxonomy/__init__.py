"""Taxonomies of occupations and skills: the publishers' files in, one compact form out."""
