"""The calculus of a section: its forward pass as expressions, and the derivatives of its cost by each name."""
