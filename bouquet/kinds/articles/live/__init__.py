"""An article written while it happens: its entries, put up from a phone with one button."""
