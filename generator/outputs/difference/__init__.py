"""Two states of the project compared: as text, as pages, as a paper, as PDFs."""
