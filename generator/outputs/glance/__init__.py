"""What the home says of each contract, at a glance."""
