//! Family names of the peoples of Viet Nam (Kinh, Tày, Nùng, Thái, Mường, Hmong, Dao, Giáy, Hà Nhì, La Chí, Lô Lô, Khmer, Chăm, Hoa,
//! Ê Đê, Gia Rai, Ba Na, Cơ Ho, M'Nông, Xơ Đăng, Cơ Tu, Bru) and the first parts of names of peoples without family names.

use std::collections::HashSet;
use std::sync::LazyLock;

const NAMES: &str = "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đoàn đào đinh lâm phùng mai tô trịnh hà hứa kiều \
cao châu tạ thái lưu lương la thạch quách nghiêm tống vương triệu trương chu chung doãn đàm điền đồng giáp khuất khổng kim lại lục mạc ma \
nhữ ninh ông phí phó quản quang sầm tăng thân thẩm thi thiều tiêu tôn từ ứng văn vi viên xa mẫn bành âu ân an ấu bạch bàn bàng bế biện cái cát \
chử công cù cung diệp đái đan đậu đổng giang hạ hán hầu hình khương khúc khiếu kha lã lã liễu lỗ lộ luyện lữ mã mộc nông ngụy nhan nhâm ninh \
phù phương quan thào thái thang thành thiệu tào tề trà trang tri uông vừ vàng vù vạng viêm yên giàng lù lò lầu lừu ly lìu lồ lèng lèo lộc mùa má \
mê mào mạ mua sùng sồng seng sín sền sừng sầm sần sào sa sái sìn sì sân giả chảo chẻo tẩn tráng thền thèn then thò tỏa tòng tòng tẩy vầy chang cháng \
cháo chấn cư cứ cồ củng páo phàn phản phà pờ pồ phừ lường lèng lùng lang lãnh lành lủ khoàng khang khà khoang khai hảng háng hạng hờ hù \
dì giừ hạ quàng quảng cầm cà cút cà điêu lự lường tòng tao tếnh tráng vì bạc bạc đèo hoàng lồng mào ngần nguỵ vàng xin xồng xeo xíu xúa dương vá \
hầu ngải ngài nùng hoảng lụ ngọc thí sơn thòong nình chìu chíu voòng chắng lỷ ban phúc thàng dùng dìn din đeng lềm mông hủng kháng siu sầm \
rơ rmah rơchâm rahlan ksor kpă kpa nay siu niê êban ayun mlô hđơk kbuôr ktla y h'  k' h a đinh k bh'riu hôih alăng arâl coor clâu zơrâm pơloong bríu \
bhling riah cil kơ liêng lơ ka kră bon pang ting cơ kon sa rơ păng đa điểu thạch sơn danh kim thái châu chau lâm trượng tài trượng bá báo \
chế dụng đàng đạo hán kiều lộ lưu mang miếu não ngụy nguyên phú quảng sử thành thiên thông tắc từ trượng vạn hồ pi năng chamaléa katơr mấu pinăng tà \
pả sùng sang sinh tả tẩn chang hồ viên hoa hồng quế bưởi quàng bùi xa hà đinh quách mùa bùn giang cháng lài xuân mẩy phìn chẩu ngan lừ chá lỳ po mạ khoàng \
chu pờ giàng thống khổng hỏa sẹo cụt moong cụt pịt lữ vi hà lo lương ốc ngân kha pánh vông cao cáp xây mùng lều xái chìn dào vần hằng tếch sọng";

static FAMILIES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| NAMES.split_whitespace().collect());

/// Whether a name can begin with this word, given in the lexicon's lower case.
pub fn is_family(low: &str) -> bool {
    FAMILIES.contains(low) || low.contains('\'') || low.contains('’')
}
