"""The right of reply: who is named in an article asks, the desk answers in three days, the reply stands below it."""
