"""Newsletters: the machine drafts each issue from what was published, a named person verifies it, readers get it once.

Nouns: Newsletter (a list with its recipe), Issue, IssueItem, Link, Subscriber, Subscription, Suppression, Delivery.
Verbs: draft_issue, verify_issue, withdraw_check, schedule_issue, send_now, subscribe, confirm.
News heard: works' Removed, the mail provider's (bounces, complaints). News told: none.
"""
