"""What the machine does for an issue: choose works and say why, tell each in a few sentences, lay the rows down."""
