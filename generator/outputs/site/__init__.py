"""The site: its pages as Markdown, the theme they stand in, its search, and the server that shows it while one writes."""
