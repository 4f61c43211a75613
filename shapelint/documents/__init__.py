"""What kind of file is it: a text in, the regions that hold formulas out."""
