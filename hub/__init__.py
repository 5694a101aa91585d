"""The Hub: a website that partners share, and families’ stories while everybody in them says yes."""
