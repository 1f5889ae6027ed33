"""Sets that any web server serves and every wallet fetches whole: an index, and files named by digest."""
