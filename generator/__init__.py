"""Nohin (納品): from a contract's YAML to its site and PDFs.

The pipeline, as `checking.py` (1 to 6) and `build.py` (all) read it aloud:

1. `intake.tree` reads the files of the working tree or of a git revision.
2. `intake.yamltext` turns each file into values with positions.
3. `intake.schema` holds each file against the schema of its kind.
4. `intake.portfolio` makes frozen records and resolves their references.
5. `intake.crosschecks` looks for what no single file can show.
6. `rules` computes deadlines and coverage.
7. `history` reads git's log once.
8. `documents` decides which documents are due to exist and renders their bodies.
9. `outputs` writes the site and the PDFs, whole or not at all.

This module imports nothing.
"""
