"""Where the data that ships with the code lies: `prompts/` and `corpus/`.

In a checkout they stand beside the package; in a wheel they are copied to ``assistant/_data``.
"""

from __future__ import annotations

from pathlib import Path

from assistant.errors import SettingsError

_PACKAGE = Path(__file__).resolve().parent


def checkout() -> Path | None:
    """The checkout this package runs from, or None when it was installed from a wheel."""
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "prompts").is_dir() else None


def data_folder(name: str) -> Path:
    """The folder ``prompts`` or ``corpus``, in the checkout or inside the wheel.

    Raises `SettingsError` when the installation is incomplete.
    """
    root = checkout()
    folder = (root or _PACKAGE / "_data") / name
    if not folder.is_dir():
        raise SettingsError(
            zh=f"安装不完整：找不到 {name} 文件夹（{folder}）。",
            en=f"The installation is incomplete: the folder {name} is missing ({folder}).",
            hint_zh="请重新安装 policy-assistant。",
            hint_en="Install policy-assistant again.",
        )
    return folder
