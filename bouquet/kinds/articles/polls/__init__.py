"""Polls in articles: a member votes once, everybody reads what came of it.

blocks of a page ─ published ─► actions.put_up_polls ─► Poll, PollAnswer        what may be voted on
POST …/polls/<uid>/vote/ · API ─► actions.vote ─► PollVote, PollAnswer.votes    one row an account: the database
story.py ─► showing.polls_of ─► blocks/poll.html                               numbers, and the reader's own vote
"""
