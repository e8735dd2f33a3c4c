"""The scripted models under the name that tests know; they live in `eval.scripted_models`."""

from eval.scripted_models import confessing, evidence, obedient, quoting

__all__ = ["confessing", "evidence", "obedient", "quoting"]
