"""What was found out about the last version of a document, for the next one: `memory`, and the `names` that note
what a reading asked of them. Nothing here decides anything: what is recalled is what judging would find again.
"""
