"""What comes out: the site, the PDFs, feeds and lists; one module each."""
