"""The index: a catalogue that is the truth, and words and vectors that follow it.

`index.Index` writes and repairs, `retriever.HybridRetriever` finds. Nothing here knows how documents are
read or how answers are composed.
"""
