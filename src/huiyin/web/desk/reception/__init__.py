"""接待: the pages of the reception room."""
