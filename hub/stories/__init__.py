"""Lived experience, held by consent: who is in a story, what they agreed to, and whether it may appear."""
