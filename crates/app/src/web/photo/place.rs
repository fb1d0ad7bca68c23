//! A picture that was sent already: put beside a caption, or taken back.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::document::Document;
use domain::fold::tidy;
use domain::id::Id;
use domain::photo::{Photo, Picture};
use domain::problem::Problem;
use store::StoreError;

use super::keep::{Shown, keep_page};
use super::{may_keep, path_of_photos};
use crate::web::authority::with_name;
use crate::web::page::render_as;
use crate::web::support::fault::problem_status;
use crate::web::support::form::Fields;
use crate::web::support::login::Signed;
use crate::web::{App, Fault, Page};

/// `POST /pictures/{picture}/placement`
pub async fn place_picture(
    State(app): State<App>,
    Path(picture): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    let picture: Picture = app.store().get(Id::new(picture)).await?;
    let document = app.store().get(picture.document).await?;
    let may = may_keep(&app, Some(&actor), &document).await?;
    let photo = match chosen(&fields) {
        Ok(photo) => photo,
        Err(problem) => return shown_again(&app, page, &document, &picture, problem).await,
    };
    let replaces = seen_beside(&fields, photo);
    match app.store().place_picture(&may, app.now(), picture.id, photo, replaces).await {
        Err(StoreError::Problem(problem)) => shown_again(&app, page, &document, &picture, problem).await,
        done => {
            done?;
            Ok(page.redirect(&format!("{}#chu-thich-{photo}", path_of_photos(&document))))
        }
    }
}

fn chosen(fields: &Fields) -> Result<Id<Photo>, Problem> {
    let typed = fields.filled("photo").ok_or(Problem::Missing { field: "photo" })?;
    let number = typed.parse().map_err(|_| Problem::NotAllowed { field: "photo", value: typed.to_owned() })?;
    Ok(Id::new(number))
}

/// The picture that the form saw beside a caption: its hidden fields are `seen=photo:picture`.
pub(super) fn seen_beside(fields: &Fields, photo: Id<Photo>) -> Option<Id<Picture>> {
    let seen = fields.all("seen").filter_map(|seen| seen.split_once(':'));
    let mut beside = seen.filter(|(at, _)| *at == photo.to_string());
    beside.next().and_then(|(_, picture)| picture.parse().ok()).map(Id::new)
}

/// `POST /pictures/{picture}/withdrawal`
pub async fn withdraw_picture(
    State(app): State<App>,
    Path(picture): Path<i64>,
    page: Page,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    let picture: Picture = app.store().get(Id::new(picture)).await?;
    let document = app.store().get(picture.document).await?;
    let may = may_keep(&app, Some(&actor), &document).await?;
    let why = fields.filled("why").map(tidy);
    match app.store().withdraw_picture(&may, app.now(), picture.id, why).await {
        Err(StoreError::Problem(problem)) => shown_again(&app, page, &document, &picture, problem).await,
        done => {
            done?;
            Ok(page.redirect(&format!("{}?withdrawn=1", path_of_photos(&document))))
        }
    }
}

/// The page as it is now, with what kept the step from being made.
async fn shown_again(app: &App, page: Page, document: &Document, picture: &Picture, problem: Problem) -> Result<Response, Fault> {
    let problem = with_name(app, problem, &format!("picture/{}", picture.id)).await?;
    let said = page.lang.problem(&problem);
    let shown = Shown { problem: Some(said), ..Shown::default() };
    render_as(problem_status(&problem), &keep_page(app, page, document, shown).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_tells_what_it_saw_beside_a_caption() {
        let fields = Fields::parse(b"seen=7:31&seen=8:x&seen=9&seen=10:33");
        let seen = [7, 8, 9, 10, 1].map(|photo| seen_beside(&fields, Id::new(photo)).map(Id::number));
        assert_eq!(seen, [Some(31), None, None, Some(33), None]);
    }
}
