//! The built program in a real Chromium: one paper from file to public pages, and the pages as people see them.

mod access;
mod figure_to_board;
mod headline;
mod keyboard;
mod loop_of_a_paper;
mod paper_and_theme;
mod photos;
mod places;
mod search_box;
mod shots;
mod world;
mod zoom;
