"""What time asks of pages: publish what is planned, remind whoever answers for them, tidy up."""
