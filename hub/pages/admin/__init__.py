"""The staff's screens for pages: forms, doors, hints, and who may read what."""
