//! A session in the words of schema.org. Where it was held, when it began and who invited stands in no column of the ledger, so
//! none of it is said; a paper without a meeting is no event.

use domain::person::Person;
use domain::session::{Attendance, MeetingKind, WorkingSession};
use domain::unit::{Unit, UnitClass};
use serde_json::json;

use crate::web::Page;
use crate::web::linked_data::{LinkedData, paper_language};
use crate::web::page::capitalised;

/// The session and the way to it.
pub fn of(
    page: &Page,
    session: &WorkingSession,
    (title, description): (&str, &str),
    unit: Option<&Unit>,
    attendance: &[(Attendance, Person)],
) -> Vec<LinkedData> {
    let path = format!("/sessions/{}", session.id);
    let mut said = vec![LinkedData::crumbs(page, &[(page.lang.nav_sessions(), "/sessions"), (title, &path)])];
    if session.kind == MeetingKind::None {
        return said;
    }
    let people = attendance.iter().map(|(attendance, person)| {
        json!({
            "@type": "Person",
            "name": person.name,
            "jobTitle": attendance.positions.split("; ").collect::<Vec<_>>(),
            "url": page.absolute(&format!("/people/{}", person.id)),
        })
    });
    let about = unit.map(|unit| {
        let class = if unit.class == UnitClass::Area { "AdministrativeArea" } else { "GovernmentOrganization" };
        json!({ "@type": class, "name": capitalised(&unit.name), "url": page.absolute(&format!("/units/{}", unit.id)) })
    });
    said.push(LinkedData::of(json!({
        "@type": "Event",
        "name": title,
        "description": description,
        "inLanguage": paper_language(),
        "url": page.absolute(&path),
        "startDate": session.held_on.map(|day| day.to_string()),
        "endDate": session.held_on.map(|day| day.to_string()),
        "eventStatus": "https://schema.org/EventScheduled",
        "about": about,
        "attendee": people.collect::<Vec<_>>(),
        "image": page.picture.as_ref().map(|picture| page.address_of_file(&picture.path)),
    })));
    said
}
