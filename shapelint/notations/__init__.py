"""Ways of writing, each one folder that reads and writes it."""
