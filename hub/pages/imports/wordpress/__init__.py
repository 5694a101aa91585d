"""WordPress's export (WXR) becomes drafts of guidance. `reading` opens it, `table` says what becomes of each thing."""
