//! Why a photo was refused and why the place of files failed, in words.

use files::{AddressFault, FilesFault};
use photo::{FILE_BYTES_MAX, PIXELS_MAX, PhotoFault, SIDE_MAX};

use super::Lang;
use super::problem::{Said, megabytes};

impl Lang {
    /// Why a file was not taken as a photo.
    pub fn photo_fault(self, fault: &PhotoFault) -> Said {
        match fault {
            PhotoFault::Empty => Said::new(self.photo_fault_empty(), self.photo_fault_empty_do()),
            PhotoFault::TooLarge { bytes } => {
                Said::new(self.photo_fault_too_large(megabytes(*bytes), megabytes(FILE_BYTES_MAX)), self.photo_fault_too_large_do())
            }
            PhotoFault::UnknownFormat { looks_like: Some(name @ ("HEIC" | "AVIF")) } => {
                Said::new(self.photo_fault_known_format(name), self.photo_fault_heic_do())
            }
            PhotoFault::UnknownFormat { looks_like: Some(name) } => {
                Said::new(self.photo_fault_known_format(name), self.photo_fault_format_do())
            }
            PhotoFault::UnknownFormat { looks_like: None } => Said::new(self.photo_fault_unknown_format(), self.photo_fault_format_do()),
            PhotoFault::TooManyPixels { width, height } => {
                let (width, height, side) = (self.integer(*width), self.integer(*height), self.integer(SIDE_MAX));
                Said::new(
                    self.photo_fault_too_many_pixels(width, height, PIXELS_MAX / 1_000_000, side),
                    self.photo_fault_too_many_pixels_do(),
                )
            }
            PhotoFault::Broken(_) => Said::new(self.photo_fault_broken(), self.photo_fault_broken_do()),
        }
    }

    /// Why the place of files failed, for a visitor: without its address, which is nobody's business.
    pub fn files_fault(self, fault: &FilesFault) -> Said {
        match fault {
            FilesFault::NoPlace { .. } => Said::new(self.files_fault_no_place(), self.files_fault_no_place_do()),
            FilesFault::Denied { .. } => Said::new(self.files_fault_denied(), self.files_fault_denied_do()),
            FilesFault::Full { .. } => Said::new(self.files_fault_full(), self.files_fault_full_do()),
            FilesFault::Away { .. } => Said::new(self.files_fault_away(), self.files_fault_away_do()),
            FilesFault::BadName { .. } | FilesFault::BadAddress(_) | FilesFault::Broken { .. } => {
                Said::new(self.files_fault_broken(), self.files_fault_broken_do())
            }
        }
    }

    /// The same for whoever runs the program, with all that is known.
    pub fn files_fault_in_full(self, fault: &FilesFault) -> String {
        match fault {
            FilesFault::BadName { name } => self.files_address_bad_name(name),
            FilesFault::BadAddress(fault) => self.files_address(fault),
            FilesFault::NoPlace { place, cause }
            | FilesFault::Denied { place, cause }
            | FilesFault::Full { place, cause }
            | FilesFault::Away { place, cause }
            | FilesFault::Broken { place, cause } => {
                let said = self.files_fault(fault);
                self.files_address_cannot_open(place, format_args!("{} {} ({cause})", said.what, said.advice))
            }
        }
    }

    /// Why an address cannot be read, and how it is written.
    fn files_address(self, fault: &AddressFault) -> String {
        match fault {
            AddressFault::Empty => self.files_address_empty().to_owned(),
            AddressFault::Scheme(scheme) => self.files_address_scheme(scheme),
            AddressFault::FileUrl => self.files_address_file_url().to_owned(),
            AddressFault::Bucket(bucket) => self.files_address_bucket(bucket),
            AddressFault::Prefix(prefix) => self.files_address_prefix(prefix),
            AddressFault::Endpoint(endpoint) => self.files_address_endpoint(endpoint),
            AddressFault::Option(option) => self.files_address_option(option),
            AddressFault::Secret => self.files_address_secret().to_owned(),
            AddressFault::NoKeys => self.files_address_no_keys().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_photo_says_what_it_is_and_what_to_do() {
        let said = Lang::Vi.photo_fault(&PhotoFault::UnknownFormat { looks_like: Some("HEIC") });
        assert!(said.what.contains("HEIC") && said.advice.contains("Tương thích nhất"), "{said:?}");
        let said = Lang::Vi.photo_fault(&PhotoFault::TooManyPixels { width: 20_000, height: 20_000 });
        assert!(said.what.contains("20.000\u{a0}×\u{a0}20.000") && said.what.contains("67\u{a0}triệu"), "{said:?}");
        let said = Lang::En.photo_fault(&PhotoFault::TooLarge { bytes: FILE_BYTES_MAX + 1 });
        assert!(said.what.contains("21\u{a0}MB"), "{said:?}");
    }

    #[test]
    fn a_visitor_is_told_what_failed_but_not_where() {
        let at = || ("/srv/kho".to_owned(), "os error 28".to_owned());
        let faults = [
            {
                let (place, cause) = at();
                FilesFault::NoPlace { place, cause }
            },
            {
                let (place, cause) = at();
                FilesFault::Denied { place, cause }
            },
            {
                let (place, cause) = at();
                FilesFault::Full { place, cause }
            },
            {
                let (place, cause) = at();
                FilesFault::Away { place, cause }
            },
            {
                let (place, cause) = at();
                FilesFault::Broken { place, cause }
            },
        ];
        let mut told = Vec::new();
        for fault in &faults {
            let (vi, en) = (Lang::Vi.files_fault(fault), Lang::En.files_fault(fault));
            assert!(vi.what != en.what && !format!("{vi:?}{en:?}").contains("/srv"), "{fault:?}");
            assert!(
                Lang::Vi.files_fault_in_full(fault).contains("/srv/kho") && Lang::En.files_fault_in_full(fault).contains("os error 28")
            );
            told.push(vi.what);
        }
        told.dedup();
        assert_eq!(told.len(), faults.len());
    }
}
