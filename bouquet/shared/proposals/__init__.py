"""Works sent to other sites of the network.

Nouns: Proposal, Barred. Verbs: show (a maker), propose (a reader), accept, refuse (editors), agree, decline (the
maker), withdraw. News: ProposalMade, ProposalDecided.
"""
