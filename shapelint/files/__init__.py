"""From the paths that a user names to texts: which files are meant, and what stands in them."""
