"""What the glossary workbook says to its reviewers."""

from __future__ import annotations

from dataclasses import dataclass

from aligner.term_pair import ConflictKind, State, Status


@dataclass(frozen=True, slots=True)
class Look:
    """How a word in a cell is shown: a mark that reads without colour, a fill, a text colour."""

    mark: str
    paper: str
    ink: str
    struck: bool = False
    bold: bool = False


STATUS_LOOKS: dict[Status, Look] = {
    "candidate": Look("?", "EEF1F5", "3C4652"),
    "approved": Look("✓", "E2F0E4", "1E5B2E", bold=True),
    "rejected": Look("✗", "F1F1F1", "5F5F5F", struck=True),
    "forbidden": Look("‼", "FBE0DC", "86261A"),
}
STATUS_ERROR = (
    "Hãy chọn một giá trị trong danh sách. Please choose a value from the list: "
    "candidate, approved, rejected, forbidden."
)
#: After a run, a reviewer looks for what is new; what is no longer found may surprise her.
STATE_WORDS: dict[State, str] = {
    "new": "new",
    "known": "as before",
    "lost": "no longer found",
    "typed": "added by hand",
}
STATE_LOOKS: dict[State, Look] = {
    "new": Look("★", "FFF3D6", "6B4A00", bold=True),
    "lost": Look("○", "F1F1F1", "5F5F5F"),
}
CONFLICT_WORDS: dict[ConflictKind, str] = {
    "role": "tùy nước, tùy chức vụ\ndepends on country or office",
    "synonym": "nhiều cách dịch\nsynonyms",
    "spelling": "khác cách viết\nspelling",
    "error": "có thể sai\nprobable error",
}

NO_CONFLICT = "không có mâu thuẫn nào\nno conflicts"
NO_COUNTERPART = "không có câu tương ứng\nno counterpart"
WEAK_LINK = "cặp câu chưa chắc chắn\nweak link"

HOW_TITLE = ("Cách duyệt bảng thuật ngữ", "How to review the glossary")
#: Vietnamese, English; what stands before the first dash or colon is set in bold.
HOW_TO_REVIEW: tuple[tuple[str, str], ...] = (
    (
        "Việc cần làm: chỉ cần làm ở trang “Glossary”. Với mỗi dòng, hãy đọc hai câu ví dụ rồi "
        "chọn trạng thái ở cột Status. Nên lọc cột Found theo “new” để xem các cặp mới trước.",
        "What to do: you only need the sheet “Glossary”. On each row, read the two example "
        "sentences, then choose a value in the column Status. Filter the column Found by “new” to "
        "see first what has come in since the last time.",
    ),
    (
        "? candidate – chưa duyệt: máy đề xuất, chưa ai quyết định.",
        "? candidate – not reviewed: proposed by the program, decided by nobody yet.",
    ),
    (
        "✓ approved – đã duyệt: hãy dùng cách dịch này.",
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
        "Preferred – ưu tiên: khi một từ có nhiều cách dịch đã duyệt, hãy ghi yes (hoặc có, x, ✓) "
        "ở cách nên dùng nhất. Để trống nghĩa là không.",
        "Preferred – where a term has several approved renderings, write yes (or có, x, ✓) beside "
        "the one to use first. Empty means no.",
    ),
    (
        "Sửa chữ: cứ sửa ngay trong cột Vietnamese và English. Cặp đã sửa được coi là đã duyệt, "
        "cặp cũ chuyển thành rejected. Ghi chú ở cột Note. Các cột khác chỉ để đọc.",
        "Corrections: correct the words right in the columns Vietnamese and English. The corrected "
        "pair counts as approved, the old one becomes rejected. Notes go into the column Note. The "
        "other columns are there to read.",
    ),
    (
        "Thêm cặp mới: viết xuống dòng trống đầu tiên bên dưới, để trống ô Id. Nếu để trống ô "
        "Status, cặp đó được coi là đã duyệt. Nếu chép một dòng có sẵn để sửa thành cặp mới, hãy "
        "xóa ô Id của dòng chép.",
        "New pairs: write them into the first empty row below and leave the Id empty. With an "
        "empty Status they count as approved. If you copy a row to make a new pair of it, empty "
        "the Id of the copy.",
    ),
    (
        "Được phép: sắp xếp, lọc, ẩn dòng, đổi thứ tự cột, thêm cột riêng. Khi sắp xếp, hãy sắp "
        "xếp cả bảng. Đừng đổi tên cột và đừng sửa cột Id: nhờ đó quyết định của bạn không bị gắn "
        "nhầm dòng.",
        "You may sort, filter and hide rows, move columns and add your own: sort the whole table, "
        "never single columns. Leave the titles and the column Id alone: they keep each decision "
        "with its pair.",
    ),
    (
        "Xóa dòng: xóa một dòng không phải là loại cặp đó, mọi thứ vẫn như cũ. Muốn loại, hãy chọn "
        "rejected.",
        "Deleting: a deleted row decides nothing, its pair stays as it is. To be rid of a pair, "
        "choose rejected.",
    ),
    (
        "Cột Found: new – lần này mới thấy; as before – đã có từ trước; no longer found – các bài "
        "hiện nay không còn cặp này (vẫn được giữ lại); added by hand – do người viết thêm hoặc "
        "sửa.",
        "The column Found: new – met for the first time; as before – known already; no longer "
        "found – the articles no longer show it (it is kept all the same); added by hand – written "
        "or corrected by a person.",
    ),
    (
        "Confidence: khả năng cặp này đúng, tính theo những cặp đã được kiểm tra (xanh: từ 90 %, "
        "vàng: từ 70 %, đỏ: thấp hơn); cột Reason cho biết vì sao. Tên viết giống nhau ở hai thứ "
        "tiếng và từ hằng ngày đứng sau các cặp khác vì ít khi cần tra; từ phổ biến (common word) "
        "đứng ở cuối bảng. Cặp thêm bằng tay không có tỷ lệ này; các số liệu khác có sau lần chạy "
        "tới.",
        "Confidence: how likely the pair is right, judged by pairs that were checked (green from "
        "90 %, yellow from 70 %, red below); the column Reason says why. Names that both languages "
        "write alike and everyday words come behind the other pairs, since nobody looks them up, "
        "and common words at the end. Pairs added by hand have no confidence; their other figures "
        "come with the next run.",
    ),
    (
        "Consistency vi→en: trong các chỗ có từ tiếng Việt này, bao nhiêu phần trăm được dịch như "
        "vậy; en→vi là chiều ngược lại. Count: số lần gặp. Articles: số cặp bài. Example "
        "from: bài tiếng Việt có câu ví dụ, để lọc theo bài. Variants: các cách viết khác đã gặp. "
        "Bấm nút [–] phía trên để thu gọn các cột này.",
        "Consistency vi→en: of the places with this Vietnamese term, the share that renders it so; "
        "en→vi is the reverse. Count: how often it was seen. Articles: in how many article pairs. "
        "Example from: the Vietnamese article of the example, to filter by. Variants: other "
        "spellings that were met. The button [–] above folds these columns away.",
    ),
    (
        "Các trang khác: chỉ để đọc, sửa ở đó không có tác dụng. “Conflicts”: những từ dịch không "
        "thống nhất và cách dịch được đề nghị. “Evidence”: tất cả câu minh chứng. “Unaligned or "
        "weak”: những câu mà bài kia không có (tỷ lệ cho biết chắc đến đâu là không có), và những "
        "cặp câu chưa chắc chắn (tỷ lệ cho biết chắc đến đâu là khớp nhau).",
        "The other sheets: for reading only, edits there have no effect. “Conflicts”: terms that "
        "are not rendered alike, and a proposal. “Evidence”: all the sentences that speak for a "
        "pair. “Unaligned or weak”: sentences that the other article lacks (the percentage says "
        "how surely), and links to doubt (how surely they belong together).",
    ),
    (
        "Khi xong: lưu dưới dạng .xlsx và đóng tệp trong Excel. Lệnh “aligner review "
        "glossary/glossary.xlsx” đọc các quyết định của bạn; lệnh “aligner run” cũng đọc chúng "
        "trước khi viết lại tệp. Dòng nào không sửa thì không có gì thay đổi.",
        "When you are done: save as .xlsx and close the file in Excel. “aligner review "
        "glossary/glossary.xlsx” reads your decisions; “aligner run” reads them, too, before it "
        "writes the file anew. A row that you did not touch changes nothing.",
    ),
)
