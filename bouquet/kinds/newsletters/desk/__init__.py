"""/admin/newsletters/: lists, their issues, their readers, and the addresses that are not written to."""
