"""What git remembers: one pass over the log, revisions of documents."""
