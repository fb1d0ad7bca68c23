//! Units: the tree, its path, and codes and names that recur over time.

use domain::permission::operator;
use domain::problem::Problem;
use domain::unit::Succession;
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
fn a_succession_is_found_from_both_of_its_units() {
    on_both(async |world| {
        let may = operator::may_keep_units();
        let mut write = world.store.write(&may, BEGINNING).await.unwrap();
        let (from_unit, to_unit) = (world.commune.id, world.other_district.id);
        let (on_day, act) = (day(2025, 7, 1), "Nghị quyết 901/NQ-HĐND".to_owned());
        let succession = Succession { id: write.new_id(), from_unit, to_unit, on_day, act, share_millionths: Some(620_000) };
        write.insert(&succession).await.unwrap();
        write.commit("succession.add", "succession").await.unwrap();
        let found = world.store.successions_of(from_unit).await.unwrap();
        assert_eq!(found, [succession]);
        assert_eq!(found, world.store.successions_of(to_unit).await.unwrap());
    });
}
