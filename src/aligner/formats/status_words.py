"""The words by which people write a status, or yes and no, in lists and workbooks."""

from __future__ import annotations

from aligner.term_pair import STATUSES, Status
from aligner.text.normalise import fold

#: Words for each status; case and accents do not matter.
_STATUS_WORDS: dict[str, Status] = {
    **{status: status for status in STATUSES},
    "đề xuất": "candidate",
    "chờ duyệt": "candidate",
    "chưa duyệt": "candidate",
    "ứng viên": "candidate",
    "duyệt": "approved",
    "đã duyệt": "approved",
    "được duyệt": "approved",
    "phê duyệt": "approved",
    "chấp nhận": "approved",
    "đồng ý": "approved",
    "approve": "approved",
    "accepted": "approved",
    "ok": "approved",
    "loại": "rejected",
    "loại bỏ": "rejected",
    "bác bỏ": "rejected",
    "từ chối": "rejected",
    "không duyệt": "rejected",
    "reject": "rejected",
    "cấm": "forbidden",
    "cấm dùng": "forbidden",
    "không dùng": "forbidden",
    "forbid": "forbidden",
}
#: Words that may stand in the column Preferred.
_YES_WORDS = ("yes", "y", "x", "v", "có", "ưu tiên", "preferred", "true", "1", "✓", "✔", "☑", "*")
_NO_WORDS = ("", "no", "n", "không", "false", "0", "-", "☐")
#: Marks for each status, among them those that the workbook shows in its column Status.
_STATUS_MARKS: dict[str, Status] = {
    "?": "candidate",
    "✓": "approved",
    "✔": "approved",
    "✗": "rejected",
    "✘": "rejected",
    "‼": "forbidden",
}


def bare(text: str) -> str:
    """Return a text in the form in which words are compared: small letters without accents.

    >>> bare(" Tiếng  Việt")
    'tieng viet'
    """
    return " ".join(fold(text).split())


_STATUSES = {bare(word): status for word, status in _STATUS_WORDS.items()}
_PREFERRED = {bare(word): True for word in _YES_WORDS} | {bare(word): False for word in _NO_WORDS}


def status_said(text: str) -> Status | None:
    """Return the status that a word or a mark stands for, None if it stands for none."""
    return _STATUS_MARKS.get(text.strip()) or _STATUSES.get(bare(text))


def preferred_said(text: str) -> bool | None:
    """Return True for a word that means yes, False for no or "", None for any other."""
    return _PREFERRED.get(bare(text))
