//! What a page tells those who are not on this site: search engines, feed readers, shared links. Its one address, its picture, its
//! description, and what it says to programs.

use super::Page;
use crate::lang::Lang;
use crate::web::assets;
use crate::web::linked_data::LinkedData;

/// What a shared link shows beside the title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its path on this site.
    pub path: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// What it shows, in words.
    pub alt: String,
}

/// A feed or a calendar that goes with a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternate {
    /// Its media type.
    pub media_type: &'static str,
    /// What it is called.
    pub title: String,
    /// Where it is, in the page's language.
    pub href: String,
}

/// What readers' programs and search engines call the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// A list, a board, a form.
    Website,
    /// A piece of news.
    Article,
}

impl PageKind {
    /// The word of the Open Graph protocol.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Website => "website",
            Self::Article => "article",
        }
    }
}

/// Letters of a description: what search engines and shared links show of it.
const DESCRIPTION_LETTERS_MAX: usize = 300;

/// Fields of an address by which other sites follow who came from where; the page is the same without them.
const TRACKING: [&str; 4] = ["fbclid", "gclid", "zarsrc", "mc_cid"];

impl Page {
    /// The picture that shared links show: a photo of the session, say.
    #[must_use]
    pub fn with_image(mut self, picture: Picture) -> Self {
        self.picture = Some(picture);
        self
    }

    /// Adds what the page says to programs.
    #[must_use]
    pub fn with_linked_data(mut self, said: impl IntoIterator<Item = LinkedData>) -> Self {
        self.linked_data.extend(said);
        self
    }

    /// Adds a feed or a calendar.
    #[must_use]
    pub fn with_alternate(mut self, media_type: &'static str, title: impl Into<String>, path: &str) -> Self {
        let href = self.href(path);
        self.alternates.push(Alternate { media_type, title: title.into(), href });
        self
    }

    /// Marks the page as a piece of news.
    #[must_use]
    pub const fn as_article(mut self) -> Self {
        self.kind = PageKind::Article;
        self
    }

    /// Keeps the page out of search engines.
    #[must_use]
    pub const fn unlisted(mut self) -> Self {
        self.unlisted = true;
        self
    }

    /// The address of a page in this page's language for who is not on this site; relative where the operator set no public address.
    pub fn absolute(&self, path: &str) -> String {
        self.origin.absolute(&self.href(path))
    }

    /// The absolute address of a file, which has no language.
    pub fn address_of_file(&self, path: &str) -> String {
        self.origin.absolute(path)
    }

    /// Whether absolute addresses are to be had.
    pub const fn is_public(&self) -> bool {
        self.origin.is_known()
    }

    /// This page in a language, without what other sites added to its address.
    pub fn canonical_in(&self, lang: Lang) -> String {
        let address = match self.address.split_once('?') {
            Some((path, query)) => {
                let is_own = |field: &&str| !TRACKING.iter().any(|tracking| field.starts_with(tracking)) && !field.starts_with("utm_");
                let kept: Vec<&str> = query.split('&').filter(is_own).collect();
                if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
            }
            None => self.address.clone(),
        };
        self.origin.absolute(&lang.href(&address))
    }

    /// The one address of this page.
    pub fn canonical(&self) -> String {
        self.canonical_in(self.lang)
    }

    /// The picture of shared links with its absolute address; absent where there is no absolute address.
    pub fn shared_picture(&self) -> Option<Picture> {
        let own = || Picture { path: assets::ICONS_CARD_PNG.to_owned(), width: 1200, height: 630, alt: self.lang.site_card().to_owned() };
        let picture = self.picture.clone().unwrap_or_else(own);
        self.is_public().then(|| Picture { path: self.origin.absolute(&picture.path), ..picture })
    }

    /// The description in the length that is shown of it.
    pub fn short_description(&self) -> String {
        let mut letters = self.description.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some((end, _)) = letters.char_indices().nth(DESCRIPTION_LETTERS_MAX) {
            letters.truncate(end);
            letters.truncate(letters.rfind(' ').unwrap_or(letters.len()));
            letters.push('…');
        }
        letters
    }
}
