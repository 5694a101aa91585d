"""Bringing in what exists: Word files become drafts of guidance."""
