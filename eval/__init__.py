"""The evaluation harness: runs the assistant over suites of cases and scores what it says."""
