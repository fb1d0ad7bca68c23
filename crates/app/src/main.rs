//! The command line.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(2).ok_or("cotmoc read FILE")?;
    let reading = reader::read(&std::fs::read_to_string(path)?, None);
    println!("{}", serde_json::to_string_pretty(&reading)?);
    Ok(())
}
