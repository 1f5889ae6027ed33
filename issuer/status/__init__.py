"""Status lists: places given once, withdrawn, published."""
