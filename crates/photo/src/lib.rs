//! Photos: bytes in, the same picture in several widths out, upright and without metadata. Pure; bounded in time and memory.
