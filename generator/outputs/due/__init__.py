"""What is due: lists, reminders, and a folder of papers for each due date."""
