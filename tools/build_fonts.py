"""Takes the letters that pictures need out of DejaVu Sans: ``python tools/build_fonts.py FOLDER``.

FOLDER holds ``DejaVuSans.ttf`` and ``DejaVuSans-Bold.ttf`` (Debian: fonts-dejavu-core). Needs
fonttools, which nothing else of the project does: ``pip install fonttools``.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FONTS = Path(__file__).parent.parent / "monitor" / "drawing" / "fonts"
NAMES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")

# Latin with Vietnamese in both forms, and the punctuation of both languages.
LETTERS = (
    "U+0020-007E,U+00A0-017F,U+01A0-01B0,U+0300-0323,U+1EA0-1EF9,U+2010-2026,U+2030,U+20AB,U+2212"
)


def main(folder: Path) -> None:
    """Write both fonts anew."""
    for name in NAMES:
        subprocess.run(  # noqa: S603 - our own arguments
            [
                *(sys.executable, "-m", "fontTools.subset"),
                str(folder / name),
                f"--unicodes={LETTERS}",
                "--no-hinting",
                "--layout-features=kern",
                f"--output-file={FONTS / name}",
            ],
            check=True,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
