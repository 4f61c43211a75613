"""A formula that is wrong in, the cheapest edits that make every size agree out."""
