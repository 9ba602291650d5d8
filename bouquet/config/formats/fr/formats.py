"""French: a word stands between day and hour."""

DATETIME_FORMAT = "j F Y à H:i"
