"""Files to records: tree, YAML with positions, schema, portfolio, cross-checks."""
