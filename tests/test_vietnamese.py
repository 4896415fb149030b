"""Vietnamese is cut into words and tagged without what the tagger's package loads beside."""

from __future__ import annotations

import subprocess
import sys

import pytest

from aligner.text.vietnamese import tagged_words, vietnamese_words

TEXT = "Ngoại trưởng Nga thăm Việt Nam."
CODE = f"""
import sys
{{first}}
from aligner.text.vietnamese import TRANSLATOR, vietnamese_words
words = vietnamese_words({TEXT!r})
print(words, TRANSLATOR in sys.modules, *({{{{'torch', 'transformers'}}}} & {{{{*sys.modules}}}}))
"""


def run(first: str) -> str:
    line = [sys.executable, "-c", CODE.format(first=first)]
    return subprocess.run(line, capture_output=True, encoding="utf-8", check=True).stdout.strip()


def test_words_hold_their_syllables_together() -> None:
    assert vietnamese_words(TEXT) == ["Ngoại trưởng", "Nga", "thăm", "Việt Nam", "."]


def test_every_word_has_a_part_of_speech() -> None:
    words = [("Ngoại trưởng", "N"), ("Nga", "Np"), ("thăm", "V"), ("Việt Nam", "Np"), (".", "CH")]
    assert tagged_words(TEXT) == words


@pytest.mark.parametrize("first", ["pass", "import aligner"])
def test_neither_torch_nor_a_translator_is_loaded_for_words(first: str) -> None:
    assert run(first) == f"{vietnamese_words(TEXT)} False"


def test_a_program_that_uses_the_translator_keeps_it() -> None:
    keep = "import types; from aligner.text.vietnamese import TRANSLATOR; import underthesea"
    assert run(keep).startswith(f"{vietnamese_words(TEXT)} True")
