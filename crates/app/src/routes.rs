//! Every address of the web, once, by who uses it. The English pages are the same ones under `/en`.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::web::reading::{decide, desk, hand_in, head, list, settle};
use crate::web::support::kept::{self, Shows};
use crate::web::{
    App, about, account, api, article, assets, claim, document, frozen_board, home, icons, journal, login, measurement, my_work, password,
    person, photo, proposal, robots, scoreboard, search, session, sitemap, support, task, unit,
};

/// The whole web.
pub fn router(app: App) -> Router {
    let routes = Router::new().merge(pages(&app)).nest("/en", pages(&app)).merge(files());
    support::rim::wrap(routes, app)
}

/// What has one address in both languages.
fn files() -> Router<App> {
    Router::new()
        .route("/assets/{*file}", get(assets::show_asset))
        .route("/pictures/{picture}/{file}", get(photo::show_picture))
        .route("/favicon.ico", get(icons::show_icon))
        .route("/apple-touch-icon.png", get(icons::show_icon))
        .route("/site.webmanifest", get(icons::show_manifest))
        .route("/robots.txt", get(robots::show_robots))
        .route("/sitemap.xml", get(sitemap::show_index))
        .route("/sitemaps/{part}", get(sitemap::show_part))
}

fn pages(app: &App) -> Router<App> {
    let keep = |shows: Shows| from_fn_with_state((app.clone(), shows), kept::answer);
    let home = Router::new().route("/", get(home::show_home)).route_layer(keep(Shows::Visits));
    Router::new().merge(home).merge(public().route_layer(keep(Shows::Ledger))).merge(others())
}

/// What everybody reads, made of nothing but the ledger and the day: kept in memory while they stand still (`support/kept.rs`).
fn public() -> Router<App> {
    Router::new()
        .route("/news", get(article::list::list_news))
        .route("/news/{address}", get(article::show::show_article))
        .route("/documents", get(document::list::list_documents))
        .route("/documents/{id}", get(document::show::show_document))
        .route("/passages/{id}", get(document::passage::show_passage))
        .route("/scoreboards", get(scoreboard::list_scoreboards))
        .route("/scoreboards/{unit}", get(scoreboard::show_scoreboard))
        .route("/scoreboards/{unit}/indicators/{indicator}", get(scoreboard::explain_indicator))
        .route("/scoreboards/{unit}/ranking", get(scoreboard::ranking::show_ranking))
        .route("/scoreboards/{unit}/heat", get(scoreboard::heat::show_heat))
        .route("/scoreboards/{unit}/missing", get(scoreboard::missing::show_missing))
        .route("/scoreboards/{unit}/indicators/{indicator}/trend", get(scoreboard::trend::show_trend))
        .route("/units", get(unit::tree::list_units))
        .route("/units/{id}", get(unit::show::show_unit))
        .route("/units/{unit}/indicators/{indicator}/history", get(measurement::show_history))
        .route("/measurements/{measurement}", get(measurement::show_measurement))
        .route("/people", get(person::list_people))
        .route("/people/{id}", get(person::show_person))
        .route("/photos/{photo}", get(photo::show_gallery))
        .route("/about", get(about::show_about))
        .route("/open-data", get(about::show_open_data))
        .route("/accessibility", get(about::show_accessibility))
        .route("/sessions", get(session::list_sessions))
        .route("/sessions/{session}", get(session::show_session).post(session::edit_session))
        .route("/boards/{board}", get(frozen_board::show_board))
        .route("/tasks", get(task::list_tasks))
        .route("/tasks/{task}", get(task::show_task))
        .route("/proposals", get(proposal::list_proposals))
        .route("/proposals/{proposal}", get(proposal::show_proposal))
}

/// Made anew for each request.
fn others() -> Router<App> {
    Router::new()
        // Everybody
        .route("/search", get(search::show_search))
        .route("/search/suggestions", get(search::suggest_titles))
        // Programs of readers
        .route("/news/feed.atom", get(article::feed::show_feed))
        .route("/units/{id}/feed.atom", get(article::feed::show_unit_feed))
        .route("/sessions.ics", get(session::calendar::show_calendar))
        .route("/sessions/{session}/calendar.ics", get(session::calendar::show_session_calendar))
        // Everybody
        .route("/login", get(login::show_login).post(login::log_in))
        // Programs of everybody
        .route("/api/v1/scoreboards", get(api::scoreboard::show_boards))
        // Everybody who is signed in
        .route("/logout", post(login::log_out))
        .route("/password", get(password::show_password).post(password::change_password))
        .route("/my-work", get(my_work::show_my_work))
        // Whoever reads everything, and administrators
        .route("/journal", get(journal::list_journal))
        // Administrators
        .route("/accounts", get(account::list_accounts).post(account::add_account))
        .route("/accounts/{account}/closure", post(account::close_account))
        // Who does the work: reporters of the unit and above
        .route("/units/{unit}/measurements", get(measurement::show_sheet).post(measurement::enter_measurements))
        .route("/measurements/{measurement}/correction", post(measurement::correct_measurement))
        .route("/measurements/{measurement}/withdrawal", post(measurement::withdraw_measurement))
        .route("/tasks/{task}/progress", post(task::report_progress))
        // Officers: tasks and proposals on their way
        .route("/tasks/{task}/assignment", post(task::assign_task))
        .route("/tasks/{task}/state", post(task::steer_task))
        .route("/tasks/{task}/withdrawal", post(task::take_back_task))
        .route("/proposals/{proposal}/state", post(proposal::move_proposal))
        .route("/proposals/{proposal}/withdrawal", post(proposal::take_back_proposal))
        // Officers: the boards that sessions freeze
        .route("/sessions/{session}/board", post(frozen_board::freeze_board))
        .route("/boards/{board}/withdrawal", post(frozen_board::take_back_board))
        // Officers: the news desk and claims
        .route("/articles/{id}/edit", get(article::edit::edit_article))
        .route("/articles/{id}", post(article::edit::save_article))
        .route("/articles/{id}/publication", post(article::edit::publish_article))
        .route("/articles/{id}/withdrawal", post(article::edit::withdraw_article))
        .route("/claims/{id}/withdrawal", post(claim::take_back_claim))
        // Officers: pictures beside captions
        .route("/documents/{id}/photos", get(photo::show_photos).post(photo::send_photos))
        .route("/pictures/{picture}/placement", post(photo::place_picture))
        .route("/pictures/{picture}/withdrawal", post(photo::withdraw_picture))
        // Officers: from a paper to the ledger
        .route("/readings", get(list::list_readings).post(hand_in::hand_in).layer(DefaultBodyLimit::max(hand_in::BODY_BYTES_MAX)))
        .route("/readings/new", get(hand_in::show_new_reading))
        .route("/readings/{reading}", get(desk::show_reading))
        .route("/readings/{reading}/head", post(head::set_head))
        .route("/readings/{reading}/drafts/{draft}", post(decide::decide_draft))
        .route("/readings/{reading}/acceptance", post(decide::accept_drafts))
        .route("/readings/{reading}/settlement", post(settle::settle_reading))
        .route("/readings/{reading}/discarding", post(settle::discard_reading))
}
