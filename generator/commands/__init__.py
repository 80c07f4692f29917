"""The commands of `nohin`: a module each, with its arguments and its one call."""
