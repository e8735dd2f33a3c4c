"""How Chinese and English policy texts are read: folding, terms, sentences, quantities, the glossary.

No I/O but the data files that lie beside the code, no framework, no knowledge of documents or questions.
"""
