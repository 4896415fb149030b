"""What the glossary workbook says to its reviewers, in Vietnamese and in English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from aligner.glossary import Status


@dataclass(frozen=True, slots=True)
class Look:
    """How a status is shown: a mark that reads without colour, a fill, a text colour."""

    mark: str
    paper: str
    ink: str
    struck: bool = False


class Prompt(TypedDict):
    """The texts of the status drop-down."""

    showErrorMessage: bool
    errorTitle: str
    error: str


STATUS_LOOKS: dict[Status, Look] = {
    "candidate": Look("?", "EEF1F5", "3C4652"),
    "approved": Look("✓", "E2F0E4", "1E5B2E"),
    "rejected": Look("✗", "F1F1F1", "5F5F5F", struck=True),
    "forbidden": Look("‼", "FBE0DC", "86261A"),
}

STATUS_PROMPT: Prompt = {
    "showErrorMessage": True,
    "errorTitle": "Status",
    "error": (
        "Hãy chọn một giá trị trong danh sách. Please choose a value from the list: "
        "candidate, approved, rejected, forbidden."
    ),
}

HOW_TO_REVIEW: tuple[tuple[str, str], ...] = (
    ("Cách duyệt bảng thuật ngữ", "How to review the glossary"),
    (
        "Bạn chỉ cần làm việc ở trang “Glossary”. Với mỗi dòng, hãy đọc hai câu ví dụ rồi chọn "
        "trạng thái ở cột Status.",
        "You only need the sheet “Glossary”. On each row, read the two example sentences, then "
        "choose a value in the column Status.",
    ),
    (
        "? candidate – chưa duyệt: máy đề xuất, chưa ai xem.",
        "? candidate – not reviewed: proposed by the program, seen by nobody yet.",
    ),
    (
        "✓ approved – được duyệt: hãy dùng cách dịch này.",
        "✓ approved – use this rendering.",
    ),
    (
        "✗ rejected – loại: hai từ này không phải là bản dịch của nhau.",
        "✗ rejected – the two terms are not translations of each other.",
    ),
    (
        "‼ forbidden – cấm: có người dịch như vậy, nhưng không được dùng.",
        "‼ forbidden – some people translate it so, but it must not be used.",
    ),
    (
        "Bạn có thể sửa chữ ở cột Vietnamese, English và ghi chú ở cột Note. "
        "Đừng sửa cột Id: nhờ cột này mà quyết định của bạn không bị gắn nhầm dòng.",
        "You may correct the words in the columns Vietnamese and English and write into Note. "
        "Leave the column Id alone: it keeps each decision with its pair.",
    ),
    (
        "Muốn thêm một cặp mới, hãy viết xuống dòng trống đầu tiên bên dưới và để trống ô Id. "
        "Nếu để trống ô Status, cặp đó được coi là đã duyệt.",
        "To add a pair, write it into the first empty row below and leave its Id empty. "
        "With an empty Status it counts as approved.",
    ),
    (
        "Bạn có thể sắp xếp, lọc, đổi thứ tự cột hoặc thêm cột riêng. "
        "Xóa một dòng không phải là loại một cặp: lần sau nó sẽ lại xuất hiện. "
        "Muốn loại, hãy chọn rejected.",
        "You may sort, filter, move columns or add your own. "
        "Deleting a row does not reject a pair: it will come back next time. "
        "To be rid of it, choose rejected.",
    ),
    (
        "Confidence: cặp này có khả năng đúng đến mức nào. Consistency: trong các câu có từ tiếng "
        "Việt này, bao nhiêu phần dịch đúng như vậy. Count: số lần gặp. Articles: số cặp bài.",
        "Confidence: how likely the pair is right. Consistency: of the sentences with this "
        "Vietnamese term, the share that renders it so. Count: how often it was seen. "
        "Articles: in how many article pairs.",
    ),
    (
        "Trang “Evidence” liệt kê mọi câu có từ đó; trang “No counterpart” liệt kê những câu không "
        "có câu tương ứng ở bài kia. Sửa ở hai trang này không có tác dụng.",
        "The sheet “Evidence” lists every sentence in which a term was seen, “No counterpart” the "
        "sentences that the other article does not have. Edits there have no effect.",
    ),
    (
        "Làm xong, hãy lưu lại dưới dạng .xlsx và đóng tệp trong Excel trước khi chạy lại chương "
        "trình.",
        "When you are done, save as .xlsx and close the file in Excel before the program runs "
        "again.",
    ),
)
