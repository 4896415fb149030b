"""Lines of the site go with a reason; every line of the report stays."""

from __future__ import annotations

import pytest

from aligner.text.clean import find_boilerplate

HEADLINE_EN = "Ministers agree to reopen the border crossing"
BODY_EN = [
    "The two ministers agreed on Monday to reopen the northern border crossing within a month.",
    "Trucks have been waiting on both sides since the river flooded the customs yard in April.",
    "Traders welcomed the decision, but asked for longer opening hours during the harvest.",
]
HEADLINE_VI = "Hai bộ trưởng đồng ý mở lại cửa khẩu"
BODY_VI = [
    "Hai bộ trưởng hôm thứ Hai đồng ý mở lại cửa khẩu phía bắc trong vòng một tháng tới.",
    "Xe tải phải chờ ở cả hai bên kể từ khi nước sông tràn vào bãi hải quan hồi tháng Tư.",
    "Giới buôn bán hoan nghênh quyết định này nhưng đề nghị kéo dài giờ mở cửa vào mùa vụ.",
]
ARTICLES = [[HEADLINE_EN, *BODY_EN], [HEADLINE_VI, *BODY_VI]]

ANYWHERE = [
    (
        "Support independent journalism: donate now to help us keep our reporting free.",
        "appeal for money",
    ),
    ("Become a member", "appeal for money"),
    ("Our newsroom needs your support. Any amount helps.", "appeal for money"),
    ("Mời bạn đọc ủng hộ chương trình qua số tài khoản của tòa soạn.", "appeal for money"),
    ("Sign up for our newsletter", "subscription"),
    ("Get the day's top stories delivered straight to your inbox.", "subscription"),
    ("Already a subscriber? Log in", "subscription"),
    ("Đăng ký nhận bản tin", "subscription"),
    ("Kính mời quý độc giả theo dõi các chương trình của chúng tôi trên YouTube", "subscription"),
    ("We use cookies to improve your experience on this website.", "cookie notice"),
    ("Accept all cookies", "cookie notice"),
    ("ADVERTISEMENT", "advertisement"),
    ("Story continues below advertisement", "advertisement"),
    ("Quảng cáo", "advertisement"),
    ("Liên hệ quảng cáo: 0912 345 678", "advertisement"),
    ("Share this article", "share buttons"),
    ("Facebook Twitter WhatsApp Email", "share buttons"),
    ("1.2K shares", "share buttons"),
    ("Follow us on Telegram", "share buttons"),
    ("Chia sẻ", "share buttons"),
    ("Chia sẻ bài viết lên Facebook", "share buttons"),
    ("Sao chép liên kết", "share buttons"),
    ("24 comments", "comments"),
    ("Leave a comment", "comments"),
    ("Bình luận (12)", "comments"),
    ("Ý kiến bạn đọc (0)", "comments"),
    ("Đăng nhập để bình luận", "comments"),
    ("Photo: Tran Van Minh/VNA", "photo caption"),
    ("A truck waits at the gate. (Photo: Minh Tran)", "photo caption"),
    ("FILE PHOTO: Trucks queue at the border in 2019", "photo caption"),
    ("Drivers rest beside the road. REUTERS/Lan Pham", "photo caption"),
    ("Trucks wait at the gate [Minh Tran/AFP]", "photo caption"),
    ("Getty Images", "photo caption"),
    ("Image source, Reuters", "photo caption"),
    ("Drivers rest beside the road, Tuesday. (Minh Tran/Pool via AP)", "photo caption"),
    ("Ảnh: Reuters", "photo caption"),
    ("(Ảnh: Reuters)", "photo caption"),
    ("Xe tải chờ ở cửa khẩu sáng 12/5. Ảnh: Minh Trần", "photo caption"),
    ("Đoàn xe nối dài hàng cây số (Ảnh minh họa)", "photo caption"),
    ("Đồ họa: Tiến Thành", "photo caption"),
    ("(Reporting by Lan Pham; Editing by John Smith)", "byline"),
    ("Associated Press writer Lan Pham contributed to this report.", "byline"),
    ("Last updated: 14:30, 12 May 2015", "date line"),
    ("Cập nhật: 12/10/2021 09:30", "date line"),
    ("Source: Xinhua", "source line"),
    ("This story was originally published by the Mekong Review.", "source line"),
    ("Theo VnExpress", "source line"),
    ("(Theo Tuổi Trẻ, Reuters)", "source line"),
    ("Nguồn: TTXVN", "source line"),
    ("Contact the newsroom at desk@example.org", "contact line"),
    ("Email: toasoan@example.vn", "contact line"),
    ("Hotline: 0912 345 678", "contact line"),
    ("Liên hệ: toasoan@example.vn", "contact line"),
    ("https://example.org/news/123", "contact line"),
    ("© 2021 Example Media. All rights reserved.", "copyright notice"),
    ("Bản quyền thuộc về Báo Ví Dụ", "copyright notice"),
    ("® Ghi rõ nguồn khi phát hành lại thông tin từ website này", "copyright notice"),
    ("Tổng biên tập: Nguyễn Văn Ví Dụ", "copyright notice"),
    ("Opinions expressed here are those of the author alone.", "disclaimer"),
    ("Bài viết thể hiện quan điểm riêng của tác giả.", "disclaimer"),
    ("Read more: Flooded yard to be rebuilt", "related articles"),
    ("ALSO READ | Harvest delayed again", "related articles"),
    ("You may also like", "related articles"),
    ("Xem thêm: Mưa lũ làm hư hại bãi hải quan", "related articles"),
    (">> Mưa lũ làm hư hại bãi hải quan", "related articles"),
    ("Tin liên quan", "related articles"),
    ("Có thể bạn quan tâm", "related articles"),
    ("Tags: border, trade", "related articles"),
    ("Từ khóa: cửa khẩu, thương mại", "related articles"),
    ("All news", "navigation"),
    ("Skip to main content", "navigation"),
    ("Home > World > Asia", "navigation"),
    ("Back to top", "navigation"),
    ("3 min read", "navigation"),
    ("Xem thêm", "navigation"),
    ("Đọc thêm", "navigation"),
    ("Trở lại chủ đề", "navigation"),
    ("Trang chủ / Thế giới", "navigation"),
]

IN_PLACE = [
    ("By John Smith", "byline"),
    ("BY JOHN SMITH AND LAN PHAM", "byline"),
    ("By Maria de la Cruz, Reuters", "byline"),
    ("By our correspondent", "byline"),
    ("Thanh Tâm (Theo Reuters)", "byline"),
    ("Phóng viên: Lê Thị Lan", "byline"),
    ("Lan Anh tổng hợp", "byline"),
    ("May 12, 2015", "date line"),
    ("Tuesday, 12 May 2015 14:30 GMT", "date line"),
    ("2 hours ago", "date line"),
    ("Thứ ba, 12/5/2015, 14:30 (GMT+7)", "date line"),
    ("Ngày 12 tháng 5 năm 2015", "date line"),
    ("09:30 | 12/10/2021", "date line"),
    ("Nông nghiệp | 09/03 | 06:15", "date line"),
    ("Đời sống & Xã hội | Thứ năm, 16/10/2025, 17:42 (GMT+7)", "date line"),
    ("Local news | October 11, 2025", "date line"),
    ("Local news | Sat, 11 Oct 2025 | 5:42 pm", "date line"),
    ("Reuters", "source line"),
    ("VOV.VN", "source line"),
]

REPORT = [
    "Read more books, the minister told the pupils of the border school.",
    '"We need your help and your support," the minister told readers of the newspaper.',
    "Support for the plan has grown since the flood.",
    "The ministry will share the report with reporters on Friday.",
    "Advertisement revenue fell by a third, the broadcaster said.",
    "By Monday morning all trucks were gone.",
    "Under the plan, donors contribute a monthly sum to independent journalism.",
    "The photo: a truck, a river and nobody in sight.",
    "Copyright law will be changed next year, the ministry said.",
    "Readers may contact the ministry until 12 May 2015.",
    "We will not be silenced, said one of the drivers.",
    "Share prices rose after the announcement",
    "Comments by the minister angered traders",
    "Sources: border to stay closed",
    "Home prices fall for a third month",
    "Watch: trucks cross the border again",
    "Facebook",
    "Theo kế hoạch, cửa khẩu sẽ mở lại vào tháng tới.",
    "Theo Bộ trưởng, cửa khẩu sẽ mở lại vào tháng tới.",
    "Chia sẻ với báo chí, bộ trưởng nói cửa khẩu sẽ mở lại.",
    "Bình luận về quyết định này, giới buôn bán tỏ ra thận trọng.",
    "Ảnh hưởng của lũ lụt còn kéo dài",
    "Liên hệ giữa hai nước được nối lại",
    "Quảng cáo sai sự thật sẽ bị phạt nặng",
    "Bản quyền phần mềm là chủ đề của cuộc gặp.",
    "Xem thêm phim tài liệu là đề nghị của ban tổ chức.",
    "Hãy theo dõi các cuộc họp tiếp theo, bộ trưởng nói.",
    "Nguồn nước bị ô nhiễm",
    "Đăng ký kinh doanh tăng mạnh",
]


@pytest.mark.parametrize(("line", "reason"), ANYWHERE)
@pytest.mark.parametrize("article", ARTICLES)
@pytest.mark.parametrize("place", [0, 1, 3, 4])
def test_a_line_of_the_site_goes_wherever_it_stands(
    article: list[str], place: int, line: str, reason: str
) -> None:
    lines = [*article[:place], line, *article[place:]]
    assert find_boilerplate(lines) == {place: reason}


@pytest.mark.parametrize(("line", "reason"), IN_PLACE)
@pytest.mark.parametrize("article", ARTICLES)
@pytest.mark.parametrize("place", [1, 4])
def test_byline_and_date_go_between_headline_and_report_and_below_it(
    article: list[str], place: int, line: str, reason: str
) -> None:
    lines = [*article[:place], line, "", *article[place:]]
    assert find_boilerplate(lines) == {place: reason}


@pytest.mark.parametrize("line", REPORT)
@pytest.mark.parametrize("article", ARTICLES)
@pytest.mark.parametrize("place", [0, 1, 2, 4])
def test_a_line_of_the_report_stays_wherever_it_stands(
    article: list[str], place: int, line: str
) -> None:
    assert find_boilerplate([*article[:place], line, *article[place:]]) == {}


@pytest.mark.parametrize("article", ARTICLES)
def test_a_report_alone_is_kept_whole(article: list[str]) -> None:
    assert find_boilerplate(article) == {}


def test_a_present_tense_line_with_place_and_day_below_the_headline_is_a_caption() -> None:
    caption = (
        "Minister Lan Pham shakes hands with her colleague at the border gate in Lao Cai, May 12."
    )
    assert find_boilerplate([HEADLINE_EN, caption, *BODY_EN]) == {1: "photo caption"}
    assert find_boilerplate([caption, *BODY_EN]) == {}
    assert find_boilerplate([HEADLINE_EN, *BODY_EN, caption, BODY_EN[0]]) == {}


@pytest.mark.parametrize(
    "standfirst",
    [
        "On Monday, the two ministers met for talks at the border gate in Lao Cai",
        "The ministers met for talks in Lao Cai, their first meeting since the flood of May 12.",
        "Vietnam celebrates National Day on September 2.",
        "The crossing will reopen in Lao Cai on Tuesday, May 12.",
    ],
)
def test_a_standfirst_is_no_caption(standfirst: str) -> None:
    assert find_boilerplate([HEADLINE_EN, standfirst, *BODY_EN]) == {}


def test_a_vietnamese_caption_is_known_by_who_stands_where() -> None:
    caption = "Bộ trưởng Phạm Thị Lan (trái) và người đồng cấp tại cửa khẩu Lào Cai ngày 12/5."
    assert find_boilerplate([HEADLINE_VI, caption, *BODY_VI]) == {1: "photo caption"}


def test_first_person_sentences_beside_an_appeal_belong_to_it() -> None:
    around = "Since last year we have shown no ads, and readers pay what they can."
    assert find_boilerplate([HEADLINE_EN, *BODY_EN, "Support us", around]) == {
        4: "appeal for money",
        5: "appeal for money",
    }
    assert find_boilerplate([HEADLINE_EN, *BODY_EN, around]) == {}


def test_scraps_enclosed_by_boilerplate_below_the_report_go() -> None:
    lines = [HEADLINE_EN, *BODY_EN, "Support us", "Card or bank", "Remind me later.", "Read more"]
    assert find_boilerplate(lines)[5] == "fragment among boilerplate"
    assert sorted(find_boilerplate(lines)) == [4, 5, 6, 7]


def test_a_headline_enclosed_by_boilerplate_stays() -> None:
    lines = ["All news", "Border reopens", "By John Smith", *BODY_EN, "Read more"]
    assert sorted(find_boilerplate(lines)) == [0, 2, 6]


def test_a_subheading_between_advertisements_stays() -> None:
    lines = [HEADLINE_EN, *BODY_EN, "Advertisement", "Longer hours", "Advertisement", *BODY_EN]
    assert sorted(find_boilerplate(lines)) == [4, 6]


def test_headlines_listed_under_related_articles_at_the_end_go_with_it() -> None:
    lines = [HEADLINE_VI, *BODY_VI, "Tin liên quan", "Mưa lũ gây hư hại nặng", "Giá gạo tăng"]
    assert find_boilerplate(lines) == dict.fromkeys([4, 5, 6], "related articles")


def test_dates_that_head_the_parts_of_a_chronicle_stay() -> None:
    lines = [HEADLINE_EN, *BODY_EN[:2], "May 12, 2015", BODY_EN[2], "May 13, 2015", *BODY_EN]
    assert find_boilerplate(lines) == {}


def test_a_score_is_no_date_line() -> None:
    assert find_boilerplate([HEADLINE_EN, *BODY_EN, "2-1"]) == {}


def test_the_word_published_goes_with_the_date_below_it() -> None:
    lines = [HEADLINE_EN, "Published", "12 May 2015", *BODY_EN]
    assert find_boilerplate(lines) == {1: "date line", 2: "date line"}
    assert find_boilerplate([HEADLINE_EN, "Published", *BODY_EN]) == {}


def test_a_section_name_goes_around_the_headline_only() -> None:
    assert find_boilerplate(["World | Asia", HEADLINE_EN, *BODY_EN]) == {0: "navigation"}
    assert find_boilerplate(["Thế giới", HEADLINE_VI, *BODY_VI]) == {0: "navigation"}
    assert find_boilerplate([HEADLINE_VI, "Thể thao", *BODY_VI]) == {1: "navigation"}
    assert find_boilerplate([HEADLINE_VI, "Thời sự - Giao thông", *BODY_VI]) == {1: "navigation"}
    assert find_boilerplate([HEADLINE_VI, "Chính trị - 19/11/2026", *BODY_VI]) == {1: "navigation"}
    assert find_boilerplate([HEADLINE_EN, "Business", "", *BODY_EN]) == {1: "navigation"}
    assert find_boilerplate([HEADLINE_EN, *BODY_EN[:2], "Economy", BODY_EN[2]]) == {}
    assert find_boilerplate([HEADLINE_VI, *BODY_VI[:2], "Thể thao", BODY_VI[2]]) == {}


@pytest.mark.parametrize(
    "line", ["HÀ NỘI", "TP HCM", "HANOI —", "HO CHI MINH CITY, Vietnam (AP) -"]
)
def test_a_place_in_capitals_between_headline_and_report_is_a_date_line(line: str) -> None:
    assert find_boilerplate([HEADLINE_EN, line, *BODY_EN]) == {1: "date line"}
    assert find_boilerplate([line, *BODY_EN]) == {}
    assert find_boilerplate([HEADLINE_EN, *BODY_EN[:2], line, BODY_EN[2]]) == {}


def test_the_writers_name_below_a_vietnamese_report_is_a_byline() -> None:
    assert find_boilerplate([HEADLINE_VI, *BODY_VI, "Lê Thị Lan"]) == {4: "byline"}
    assert find_boilerplate([HEADLINE_VI, *BODY_VI, "MINH TRẦN"]) == {4: "byline"}
    assert find_boilerplate([HEADLINE_VI, *BODY_VI, "ông đã ở đây"]) == {}
    assert find_boilerplate(["Lê Thị Lan", *BODY_VI]) == {}


def test_blank_lines_change_nothing() -> None:
    assert find_boilerplate(["", "", "All news", "", HEADLINE_EN, "", *BODY_EN]) == {
        2: "navigation"
    }


def test_no_lines_no_boilerplate() -> None:
    assert find_boilerplate([]) == {}
