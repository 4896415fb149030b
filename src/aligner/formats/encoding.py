"""Decodes text files in any encoding that Windows editors have used in the last thirty years."""

from __future__ import annotations

import codecs
import re

from aligner.formats.old_fonts import old_font
from aligner.text.words import TONES

_ADVICE = "save it as UTF-8 text"
# The first bytes of files that are not text, whatever their names say.
_SIGNATURES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word document or other zip file",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"{\\rtf": "a rich text (RTF) document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
}
# UTF-32 LE comes before UTF-16 LE, whose mark is the beginning of its own.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536  # bytes that are examined where examining all of them would be slow
_CONTROL = re.compile(rb"[\x00-\x06\x0e-\x19\x1c-\x1f]")
_MAX_CONTROLS = 0.002  # share of control characters; a real text has a stray one at most
_NUL_SHARE = 0.4  # share of every second byte in UTF-16: ASCII letters, in Vietnamese too
_HIGH = re.compile(rb"[\x80-\xff]")
_MAX_WESTERN_SHARE = 0.15  # of bytes above 127 in Western text; other scripts have more than half
# A question mark between two letters, if not in an address (page?id=1). Excel saves Vietnamese as
# "Ti?ng Vi?t" if it is told to save ordinary CSV; more than half of all words are hit then.
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_](?!\w*=)")
_FEWEST_LOST, _LOST_SHARE = 3, 0.05
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")
# Windows-1258 writes the five tones as marks after the vowel.
_TONE = re.compile(f"[{TONES}]")
_VOWEL_WITH_TONE = re.compile(f"[aăâeêioôơuưyAĂÂEÊIOÔƠUƯY][{TONES}]")
_MIN_TONE_FIT = 0.95  # share of these marks that must follow a vowel


class UnreadableText(ValueError):
    """The bytes are not text in any known encoding; the message says what to do about it."""


def decode(data: bytes) -> str:
    """Decode UTF-8 and UTF-16 with or without BOM, UTF-32, Windows-1258 and -1252, and others.

    The text is not normalised (Windows-1258 has combining marks); a byte order mark is removed.
    Raises UnreadableText if the bytes are not text or damaged.

    >>> decode("Việt Nam".encode("utf-16"))
    'Việt Nam'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise UnreadableText(f"is {kind}, not a text file; open it and {_ADVICE}")
    wide = _utf16_without_mark(data)
    if wide:
        return _strictly(data[: len(data) // 2 * 2], wide)
    if len(_CONTROL.findall(data, 0, _SAMPLE)) > _MAX_CONTROLS * min(len(data), _SAMPLE) + 1:
        raise UnreadableText(f"is a binary file, not text; open it in its program and {_ADVICE}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(data, error)
    return _single_byte(data)


def refuse_old_fonts(text: str) -> None:
    """Raise UnreadableText for Vietnamese whose letters only a font of before Unicode shows."""
    if font := old_font(text):
        raise UnreadableText(
            f"is typed for the old fonts of {font}; convert it to Unicode, with UniKey for "
            "instance, and save it again"
        )


def refuse_lost_letters(text: str) -> None:
    """Raise UnreadableText if a program wrote question marks for letters that it had none for."""
    sample = text[:_SAMPLE]
    lost = len(_LOST.findall(sample))
    if lost >= _FEWEST_LOST and lost >= _LOST_SHARE * len(sample.split()):
        raise UnreadableText(
            "has lost its Vietnamese letters, with question marks in their place; fetch an older "
            "copy and save it as UTF-8 (in Excel as CSV UTF-8)"
        )


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        raise UnreadableText(
            f"is damaged {name} text (byte {error.start}); open it, correct it and {_ADVICE}"
        ) from error


def _utf16_without_mark(data: bytes) -> str | None:
    """Recognise UTF-16 by its NULs, which fill only every second byte."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if half and odd >= _NUL_SHARE * half and even <= odd / 20:
        return "utf-16-le"
    if half and even >= _NUL_SHARE * half and odd <= even / 20:
        return "utf-16-be"
    return None


def _refuse_damaged_utf8(data: bytes, error: UnicodeDecodeError) -> None:
    """Raise if all but a few bytes are UTF-8: any other encoding would produce garbage."""
    bad = data.decode("utf-8", "replace").count("\ufffd") - data.count("\ufffd".encode())
    good = len(_MULTIBYTE.findall(data))
    if good >= 5 and good > 5 * bad:
        raise UnreadableText(
            f"is damaged UTF-8 text (byte {error.start}); open it, correct the place and {_ADVICE}"
        )


def _single_byte(data: bytes) -> str:
    vietnamese = data.decode("cp1258", "replace")
    tones = len(_TONE.findall(vietnamese))
    if tones >= 2 and len(_VOWEL_WITH_TONE.findall(vietnamese)) >= _MIN_TONE_FIT * tones:
        return vietnamese
    refuse_old_fonts(data.decode("cp1252", "replace"))
    if len(_HIGH.findall(data)) <= _MAX_WESTERN_SHARE * len(data):
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass  # five bytes have no character there; another encoding may fit
    return _by_charset_normalizer(data)


def _by_charset_normalizer(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise UnreadableText(f"is in no known encoding; open it and {_ADVICE}")
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError as error:
        raise UnreadableText(f"is in no known encoding; open it and {_ADVICE}") from error
