//! Units: the tree, its path, and codes and names that recur over time.

use domain::permission::operator;
use domain::problem::Problem;
use domain::unit::UnitClass;
use store::succession::NewSuccession;
use store::unit::NewUnit;

use crate::world::{BEGINNING, add_unit, area, day, on_both, problem};

#[test]
fn a_path_goes_up_to_the_province() {
    on_both(async |world| {
        let path = world.store.unit_path(world.commune.id).await.unwrap();
        assert_eq!(path.0, [world.commune.id, world.district.id, world.province.id]);
        assert_eq!(world.store.unit_path(world.province.id).await.unwrap().0, [world.province.id]);
    });
}

#[test]
fn a_circle_made_by_hand_does_not_hang_the_path() {
    crate::world::on_both_tampered(async |world| {
        let (province, commune) = (world.province.id, world.commune.id);
        world.place.tamper(&format!("UPDATE unit SET parent = {commune} WHERE id = {province}")).await;
        assert_eq!(world.store.unit_path(province).await.unwrap().0.len(), 21);
    });
}

#[test]
fn units_stand_in_vietnamese_order() {
    on_both(async |world| {
        for (code, name) in [("013", "huyện Đông Khê"), ("014", "huyện An Lĩnh"), ("015", "huyện Dạ Hợp")] {
            add_unit(&world.store, code, name, "huyện", Some(world.province.id)).await;
        }
        let below = world.store.units_below(world.province.id).await.unwrap();
        let names: Vec<&str> = below.iter().map(|unit| unit.name.as_str()).collect();
        // D before Đ, which a byte order would put behind everything.
        assert_eq!(names, ["huyện An Lĩnh", "huyện Dạ Hợp", "huyện Đá Mài", "huyện Đông Khê", "huyện Khe Trà"]);
        assert_eq!(world.store.areas().await.unwrap().len(), 7);
    });
}

#[test]
fn a_name_is_found_without_its_marks() {
    on_both(async |world| {
        let found = world.store.units_named("HUYEN KHE TRA").await.unwrap();
        assert_eq!(found, std::slice::from_ref(&world.district));
        assert_eq!(world.store.get(world.district.id).await.unwrap(), world.district);
    });
}

#[test]
fn a_code_recurs_only_after_its_unit_has_ended() {
    on_both(async |world| {
        let may = operator::may_keep_units();
        let old = NewUnit { valid_to: Some(day(2019, 12, 31)), ..area("090", "huyện Cũ", "huyện", Some(world.province.id)) };
        let new = NewUnit { valid_from: Some(day(2020, 1, 1)), ..area("090", "huyện Mới", "huyện", Some(world.province.id)) };
        let twin = NewUnit { valid_from: Some(day(2021, 1, 1)), ..area("090", "huyện Trùng", "huyện", Some(world.province.id)) };
        world.store.add_unit(&may, BEGINNING, old).await.unwrap();
        world.store.add_unit(&may, BEGINNING, new).await.unwrap();
        let refused = problem(world.store.add_unit(&may, BEGINNING, twin).await);
        assert_eq!(refused, Problem::Taken { field: "code", value: "090".to_owned() });
        // The newest first; one whose first day nobody knows is the oldest, on both databases.
        let found = world.store.units_by_code("090").await.unwrap();
        assert_eq!(found.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>(), ["huyện Mới", "huyện Cũ"]);
    });
}

#[test]
fn a_unit_has_a_name() {
    on_both(async |world| {
        let nameless = area("099", "  ", "xã", Some(world.district.id));
        let refused = problem(world.store.add_unit(&operator::may_keep_units(), BEGINNING, nameless).await);
        assert_eq!(refused, Problem::Missing { field: "name" });
    });
}

#[test]
fn areas_come_in_one_write_each_below_the_one_before() {
    on_both(async |world| {
        let before = world.last_sequence().await;
        let areas = vec![
            (area("02", "tỉnh Thượng Nguyên", "tỉnh", None), None),
            (area("021", "huyện Bản Mé", "huyện", None), Some("02".to_owned())),
        ];
        world.store.add_areas(&operator::may_keep_units(), BEGINNING, areas).await.unwrap();
        assert_eq!(world.last_sequence().await, before + 1);
        let district = world.store.units_by_code("021").await.unwrap().remove(0);
        let province = world.store.units_by_code("02").await.unwrap().remove(0);
        assert_eq!((district.parent, district.class), (Some(province.id), UnitClass::Area));
        let lost = vec![(area("031", "huyện Lạc", "huyện", None), Some("03".to_owned()))];
        let refused = problem(world.store.add_areas(&operator::may_keep_units(), BEGINNING, lost).await);
        assert_eq!(refused, Problem::NotAllowed { field: "parent", value: "03".to_owned() });
    });
}

#[test]
fn a_code_that_goes_on_names_the_old_unit_before_and_the_new_one_after() {
    on_both(async |world| {
        let may = operator::may_keep_units();
        let dated = |code: &str, name: &str, from: Option<_>, to: Option<_>| {
            (NewUnit { valid_from: from, valid_to: to, ..area(code, name, "xã", None) }, None)
        };
        let areas =
            vec![dated("09901", "xã Tả Vai", None, Some(day(2025, 6, 30))), dated("09901", "xã Sín Pao", Some(day(2025, 7, 1)), None)];
        world.store.add_areas(&may, BEGINNING, areas).await.unwrap();
        let (on_day, act) = (day(2025, 7, 1), "Nghị quyết 901/NQ-HĐND".to_owned());
        let new = |from: &str, to: &str| NewSuccession {
            from_code: from.to_owned(),
            to_code: to.to_owned(),
            on_day,
            act: act.clone(),
            share_millionths: Some(620_000),
        };
        world.store.add_successions(&may, BEGINNING, &[new("09901", "09901")]).await.unwrap();
        let old = world.store.units_named("xã Tả Vai").await.unwrap().remove(0);
        let young = world.store.units_named("xã Sín Pao").await.unwrap().remove(0);
        let found = world.store.successions_of(old.id).await.unwrap();
        assert_eq!((found[0].from_unit, found[0].to_unit), (old.id, young.id));
        assert_eq!(found, world.store.successions_of(young.id).await.unwrap());
        let refused = problem(world.store.add_successions(&may, BEGINNING, &[new("09999", "09901")]).await);
        assert_eq!(refused, Problem::NotAllowed { field: "code", value: "09999".to_owned() });
    });
}
