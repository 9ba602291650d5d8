"""An issue to its readers: rows made once, each mail claimed before it is handed over, closed after the answer.

What a crash may leave, and what becomes of it (docs/decisions/0093):

    waiting     nothing was done                                        sent later
    claimed     the mail server has at most begun to listen             sent later: nothing of it was delivered
    handed      the last byte may have left                             never sent again; "unsure" in the figures
"""
