"""One module per document: what the Regulations want in it, and its words. Each has `build(data) -> Letter`."""
