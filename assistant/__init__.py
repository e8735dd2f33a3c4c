"""Policy Assistant: ask policy documents, get answers with the exact clause behind every sentence."""
