//! Protocol order: who is named before whom. What a paper prints in an order keeps that order; this is for lists that no paper
//! prints, such as everybody at a unit on a day, and for what a second paper of a session adds.
//!
//! The rule is that of the lists which open such papers: the head of the party organisation, its deputies, then the people's
//! council, then the people's committee, the standing committee's other members, then heads and deputies of bodies. Where a title
//! says nothing of it, it comes last and the names decide. The order of two people of one rank is not a rule, so none is made up.

use crate::fold::fold;
use crate::reading::MeetingRole;
use crate::session::Attendance;

/// The rank of a title, the highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// *Bí thư*
    Secretary,
    /// *Phó Bí thư Thường trực*
    StandingDeputySecretary,
    /// *Phó Bí thư*
    DeputySecretary,
    /// *Chủ tịch HĐND*
    CouncilChair,
    /// *Chủ tịch UBND*
    CommitteeChair,
    /// *Ủy viên Ban Thường vụ*
    StandingMember,
    /// *Phó Chủ tịch HĐND*
    CouncilDeputy,
    /// *Phó Chủ tịch UBND*
    CommitteeDeputy,
    /// *Ủy viên Ban Chấp hành*: "Tỉnh ủy viên", "Huyện ủy viên"
    Member,
    /// *Trưởng ban, Giám đốc, Chủ nhiệm, Chánh Văn phòng …*: the head of a body
    Head,
    /// *Phó Trưởng ban …*: a deputy of one
    DeputyHead,
    /// Any other title
    Other,
}

/// Beginnings of folded titles, the longer before those that begin them.
const BEGINNINGS: [(&str, Rank); 37] = [
    ("pho bi thu thuong truc", Rank::StandingDeputySecretary),
    ("pho bi thu", Rank::DeputySecretary),
    // Of youth unions and branches: no head of a party committee.
    ("bi thu doan", Rank::Head),
    ("bi thu tinh doan", Rank::Head),
    ("bi thu huyen doan", Rank::Head),
    ("bi thu thanh doan", Rank::Head),
    ("bi thu xa doan", Rank::Head),
    ("bi thu chi bo", Rank::Head),
    ("bi thu chi doan", Rank::Head),
    ("bi thu", Rank::Secretary),
    ("chu tich hdnd", Rank::CouncilChair),
    ("chu tich hoi dong nhan dan", Rank::CouncilChair),
    ("chu tich ubnd", Rank::CommitteeChair),
    ("chu tich uy ban nhan dan", Rank::CommitteeChair),
    ("uy vien ban thuong vu", Rank::StandingMember),
    ("pho chu tich thuong truc hdnd", Rank::CouncilDeputy),
    ("pho chu tich hdnd", Rank::CouncilDeputy),
    ("pho chu tich hoi dong nhan dan", Rank::CouncilDeputy),
    ("pho chu tich thuong truc ubnd", Rank::CommitteeDeputy),
    ("pho chu tich ubnd", Rank::CommitteeDeputy),
    ("pho chu tich uy ban nhan dan", Rank::CommitteeDeputy),
    ("tinh uy vien", Rank::Member),
    ("thanh uy vien", Rank::Member),
    ("huyen uy vien", Rank::Member),
    ("dang uy vien", Rank::Member),
    ("uy vien ban chap hanh", Rank::Member),
    ("chu tich", Rank::Head),
    ("truong", Rank::Head),
    ("giam doc", Rank::Head),
    ("chu nhiem", Rank::Head),
    ("chanh", Rank::Head),
    ("chi huy truong", Rank::Head),
    ("chinh uy", Rank::Head),
    ("vien truong", Rank::Head),
    ("hieu truong", Rank::Head),
    ("tong giam doc", Rank::Head),
    ("pho", Rank::DeputyHead),
];

/// The rank of a title as printed.
pub fn rank(title: &str) -> Rank {
    let folded = fold(title);
    BEGINNINGS.iter().find(|(beginning, _)| folded.starts_with(beginning)).map_or(Rank::Other, |(_, rank)| *rank)
}

/// The order at a session: who chairs, then as the papers print, the paper that came first before the next. The ledger gives ids
/// in the order in which papers were taken and lists in them stand.
pub fn attendance_order(attendance: &Attendance) -> (bool, i64) {
    (attendance.role != MeetingRole::Chair, attendance.id.number())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    #[test]
    fn party_stands_before_council_before_committee_before_bodies() {
        let order = [
            "Bí thư Huyện ủy Khe Trà",
            "Phó Bí thư Thường trực Huyện ủy",
            "Phó Bí thư Huyện ủy, Chủ tịch UBND huyện",
            "Chủ tịch HĐND huyện",
            "Chủ tịch Ủy ban nhân dân huyện",
            "Ủy viên Ban Thường vụ Huyện ủy",
            "Phó Chủ tịch HĐND huyện",
            "Phó Chủ tịch Thường trực UBND huyện",
            "Huyện ủy viên",
            "Trưởng Ban Tổ chức Huyện ủy",
            "Phó Chánh Văn phòng Huyện ủy",
            "Đại tá",
        ];
        let ranks = order.map(rank);
        assert!(ranks.is_sorted_by(|a, b| a < b), "{ranks:?}");
    }

    #[test]
    fn a_secretary_of_the_youth_union_is_no_secretary_of_the_party() {
        for title in ["Bí thư Huyện đoàn", "Bí thư Đoàn xã", "Bí thư chi bộ thôn Pa Ủ", "Chủ tịch Hội Nông dân huyện"]
        {
            assert_eq!(rank(title), Rank::Head, "{title}");
        }
        assert_eq!(rank("BÍ THƯ"), Rank::Secretary);
        assert_eq!(rank(""), Rank::Other);
    }

    #[test]
    fn the_chair_comes_first_and_a_second_paper_after_the_first() {
        let one = |id: i64, role, ordinal| Attendance {
            id: Id::new(id),
            session: Id::new(1),
            person: Id::new(id + 100),
            positions: String::new(),
            role,
            ordinal,
            passage: Id::new(2),
        };
        let mut list = [
            one(30, MeetingRole::Attendee, 1),
            one(11, MeetingRole::Attendee, 1),
            one(12, MeetingRole::Reporter, 2),
            one(31, MeetingRole::Chair, 2),
        ];
        list.sort_by_key(attendance_order);
        assert_eq!(list.map(|attendance| attendance.id.number()), [31, 11, 12, 30]);
    }
}
