"""Reads policy documents: files in, documents with sections and chunks in the index out.

`sync` is the way in; `readers` turn bytes into text, `outline` finds the structure, `chunks` cuts whole
clauses, `manifest` and `metadata` say what the instrument is.
"""
