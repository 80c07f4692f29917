"""What a proposed change does to documents, due items, approvals and clauses."""
