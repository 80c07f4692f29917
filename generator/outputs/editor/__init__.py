"""What a text editor needs to know of a project: JSON Schemas of its data files, and the settings that point to them."""
