//! What a photo costs: seconds, and the most memory that the process ever held.
//!
//! ```sh
//! cargo run --release -p photo --example measure -- photo.jpg
//! ```

use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("name a photo")?;
    let bytes = std::fs::read(&file)?;
    let start = Instant::now();
    let prepared = photo::prepare(&bytes)?;
    let seconds = start.elapsed().as_secs_f64();
    println!("{} × {} in {} bytes: {seconds:.2} s", prepared.width, prepared.height, bytes.len());
    for rendition in &prepared.renditions {
        println!("  {} × {} in {} bytes", rendition.width, rendition.height, rendition.bytes.len());
    }
    if let Some(kilobytes) = most_kilobytes() {
        println!("  at most {} MB", kilobytes / 1024);
    }
    Ok(())
}

/// The most memory of this process so far, where the system tells it.
fn most_kilobytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}
