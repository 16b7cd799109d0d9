"""Most of these tests need the extra; without it they are left out, unless this is CI, which has to have everything."""

from __future__ import annotations

import os

from indexer.meaning.extra import installed

if not installed() and os.environ.get("CI") != "true":
    collect_ignore = ["test_encoder.py", "test_encoding.py", "test_nearest.py", "test_model_files.py",
                      "test_archive.py"]
