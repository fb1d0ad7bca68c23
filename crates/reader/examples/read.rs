//! Prints the reading of one text file as JSON: the reader alone, for a quick look while working on it.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: read FILE")?;
    let reading = reader::read(&std::fs::read_to_string(path)?, None);
    println!("{}", serde_json::to_string_pretty(&reading)?);
    Ok(())
}
