"""The pictures of badges: drawn here, or chosen by the organisation."""
