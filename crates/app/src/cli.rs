//! The command line: what can be typed, what it leads to, and how a failure ends.

mod account;
mod audit;
mod backup;
mod checkpoint;
mod database;
mod files;
mod load;
mod parse;
mod read;
mod scoreboard;
mod serve;
mod unit;

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use domain::period::Period;
use jiff::civil::Date;

use crate::lang::{Lang, Said};
use crate::web::support::origin::PublicUrl;

/// Work failed; a wrong call ends with 2, which clap gives.
const EXIT_FAILED: u8 = 1;

/// Cột Mốc
#[derive(Debug, Parser)]
#[command(
    name = "cotmoc",
    version,
    about = "Theo dõi lời hứa, chỉ tiêu, nhiệm vụ của cơ quan công quyền · Keeps the promises of public bodies in sight",
    long_about = "Theo dõi lời hứa, chỉ tiêu, nhiệm vụ của cơ quan công quyền, mở được đến từng câu trong văn bản.\n\
                  Keeps the promises, targets and tasks of public bodies in sight, down to the sentence in the paper.\n\n\
                  Thử ngay · Try it: cotmoc demo",
    disable_help_subcommand = true,
    after_help = "Kết thúc · Exit status: 0 xong · done; 1 việc không xong · failed; 2 gọi sai · wrong call"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Chạy máy chủ web với dữ liệu thật · Run the web server on real data
    Serve(Serve),
    /// Chạy thử với dữ liệu minh họa của một tỉnh không có thật · Try it with an invented province
    Demo(Serve),
    /// Đọc một văn bản và in ra bản nháp, không lưu gì · Read a paper and print its drafts; nothing is stored
    Read(Read),
    /// Tính và in bảng điểm · Compute and print scoreboards
    Scoreboard(Scoreboard),
    /// Tài khoản · Accounts
    #[command(subcommand)]
    Account(Account),
    /// Đơn vị · Units
    #[command(subcommand)]
    Unit(Unit),
    /// Nạp một thư mục tệp CSV: tất cả hoặc không gì cả · Load a folder of CSV files, whole or not at all
    Load(Load),
    /// Nhật ký · The journal
    #[command(subcommand)]
    Audit(Audit),
    /// Sao lưu sổ và ảnh vào một tệp, cả khi máy chủ đang chạy · Back up ledger and photos to a file, also while the server runs
    Backup(Backup),
    /// Khôi phục một bản sao lưu vào một cơ sở dữ liệu trống · Restore a backup into an empty database
    Restore(Restore),
}

/// Where the ledger is.
#[derive(Debug, Args)]
struct Database {
    /// sqlite:///đường/dẫn.db hoặc postgres://…; mặc định: một tệp trong thư mục dữ liệu của người dùng ·
    /// default: a file in the user's data folder
    #[arg(long, value_name = "URL", env = "COTMOC_DATABASE", hide_env_values = true)]
    database: Option<String>,
}

/// Where the files are that the ledger names: photos.
#[derive(Debug, Args)]
struct FilesPlace {
    /// Thư mục hoặc s3://bucket/thu-muc?endpoint=https://…; mặc định: thư mục «files» cạnh tệp SQLite ·
    /// A folder or an S3 store; default: the folder “files” beside the SQLite file
    #[arg(long, value_name = "URL", env = "COTMOC_FILES", hide_env_values = true)]
    files: Option<String>,
}

#[derive(Debug, Args)]
struct Serve {
    /// Địa chỉ và cổng · Address and port
    #[arg(long, value_name = "ADDR:PORT", env = "COTMOC_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Địa chỉ công khai, ví dụ <https://cotmoc.lamgiang.gov.vn>, cho bản tin RSS/Atom, lịch, sơ đồ trang và liên kết chia sẻ ·
    /// The address that the public types, for feeds, calendars, the site map and shared links
    #[arg(long, value_name = "URL", env = "COTMOC_PUBLIC_URL", value_parser = parse::public_url)]
    public_url: Option<PublicUrl>,
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    files: FilesPlace,
    /// Lấy ngày này làm hôm nay, ví dụ 2024-05-20 (demo: mặc định như vậy) · Take this day for today
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    today: Option<Date>,
}

#[derive(Debug, Args)]
struct Read {
    /// Tệp văn bản hoặc HTML; «-» đọc từ đầu vào chuẩn · A text or HTML file; “-” reads standard input
    file: PathBuf,
    /// In JSON thay vì danh sách · Print JSON instead of a list
    #[arg(long)]
    json: bool,
    /// Ngày của văn bản, ví dụ 2024-04-20, để hiểu ngày không ghi năm · The paper's day, for dates without a year
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    published_on: Option<Date>,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("whose").required(true).args(["unit", "all_units"])))]
struct Scoreboard {
    /// Mã đơn vị · Code of the unit
    #[arg(long, value_name = "CODE")]
    unit: Option<String>,
    /// Mọi đơn vị · Every unit
    #[arg(long)]
    all_units: bool,
    /// Tháng, ví dụ 2024-03 · Month
    #[arg(long, value_name = "MONTH", value_parser = parse::month)]
    month: Period,
    /// Chỉ các nhóm của nghị quyết mang mã này · Only the groups of this resolution
    #[arg(long, value_name = "CODE")]
    resolution: Option<String>,
    /// Theo số liệu biết đến hết ngày này; mặc định: hôm nay · As known at the end of this day; default: today
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    known_on: Option<Date>,
    /// Như đã báo cáo, không quy số liệu về đơn vị kế thừa · As reported, nothing carried over to successors
    #[arg(long, conflicts_with = "restate_to")]
    as_reported: bool,
    /// Quy về các đơn vị của ngày này thay vì ngày cuối tháng · Restate to the units of this day instead of the month's last
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    restate_to: Option<Date>,
    /// Cách in · How it is printed
    #[arg(long, default_value = "table")]
    format: BoardFormat,
    #[command(flatten)]
    database: Database,
}

#[derive(Debug, Args)]
struct Load {
    /// Thư mục có units.csv, indicators.csv, targets.csv, measurements.csv… · The folder that holds them
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    database: Database,
}

/// How boards are printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum BoardFormat {
    /// bảng cho người đọc · for people
    Table,
    /// unit,group,achievement_bp,band
    Csv,
    /// như CSV, kèm câu hỏi · as the CSV, with the question
    Json,
}

#[derive(Debug, Subcommand)]
enum Account {
    /// Thêm tài khoản và in mật khẩu dùng một lần · Add an account and print its one-time password
    Add {
        /// Tên đăng nhập: chữ thường không dấu, số, «.», «-», «_» · small letters, digits, “.”, “-”, “_”
        name: String,
        /// Vai trò · Role
        #[arg(long)]
        role: RoleArgument,
        /// Mã đơn vị · Code of the unit
        #[arg(long, value_name = "CODE")]
        unit: String,
        #[command(flatten)]
        database: Database,
    },
    /// Cấp mật khẩu dùng một lần mới khi quên · Print a new one-time password for a forgotten one
    Reissue {
        /// Tên đăng nhập · Account name
        name: String,
        #[command(flatten)]
        database: Database,
    },
}

/// The roles as they are typed; the same codes as `domain::account::Role`.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum RoleArgument {
    /// xem
    Viewer,
    /// báo cáo
    Reporter,
    /// chuyên viên
    Officer,
    /// quản trị
    Administrator,
}

#[derive(Debug, Subcommand)]
enum Unit {
    /// Thêm đơn vị · Add a unit
    Add {
        /// Mã, không trùng · Code, unique
        code: String,
        /// Tên có cấp, ví dụ «huyện Mường Vân» · Name with its level
        name: String,
        /// Loại: tỉnh, huyện, xã, sở, ban… · Kind
        #[arg(long)]
        kind: String,
        /// Mã đơn vị cấp trên · Code of the unit above
        #[arg(long, value_name = "CODE")]
        parent: Option<String>,
        /// Địa bàn hoặc cơ quan · Area or body
        #[arg(long, default_value = "area")]
        class: ClassArgument,
        #[command(flatten)]
        database: Database,
    },
}

/// The classes as they are typed; the same codes as `domain::unit::UnitClass`.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum ClassArgument {
    /// địa bàn
    Area,
    /// cơ quan, tổ chức
    Body,
}

#[derive(Debug, Subcommand)]
enum Audit {
    /// Kiểm lại toàn bộ nhật ký và sổ · Check the whole journal against the ledger
    Verify {
        #[command(flatten)]
        database: Database,
        /// Tệp giữ một điểm kiểm đã in trước đây; nhật ký phải còn chứa nó · A kept checkpoint that the journal must still hold
        #[arg(long, value_name = "FILE")]
        checkpoint: Option<PathBuf>,
    },
    /// In một điểm kiểm có chữ ký để giữ ở nơi khác · Print a signed checkpoint to keep elsewhere
    Checkpoint {
        #[command(flatten)]
        database: Database,
    },
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
struct Backup {
    #[command(subcommand)]
    action: Option<BackupAction>,
    /// Tệp sao lưu, chưa có ở đó, ví dụ cotmoc-2024-05-20.tar.gz · The file to write, which must not be there yet
    #[arg(value_name = "FILE", required = true)]
    file: Option<PathBuf>,
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    files: FilesPlace,
}

#[derive(Debug, Subcommand)]
enum BackupAction {
    /// Kiểm một bản sao lưu bằng cách khôi phục thử · Check a backup by restoring it to a scratch place
    Verify {
        /// Tệp sao lưu · The backup
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
struct Restore {
    /// Tệp sao lưu · The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    files: FilesPlace,
}

/// Why a command did not do its work, in words: Vietnamese first, English below.
#[derive(Debug)]
struct Failure(Vec<String>);

impl Failure {
    /// The same thing said in both languages.
    fn said(in_lang: impl Fn(Lang) -> Said) -> Self {
        let line = |said: Said| format!("{} {}", said.what, said.advice);
        Self(vec![line(in_lang(Lang::Vi)), line(in_lang(Lang::En))])
    }
}

/// Prints to standard output. `cotmoc … | head` closes the pipe: that is no failure.
fn print(text: &str) -> Result<(), Failure> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(fault) if fault.kind() != io::ErrorKind::BrokenPipe => Err(Failure::both(|lang| lang.command_failed(&fault))),
        _ => Ok(()),
    }
}

/// Runs work that waits on the database or the network.
fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Runtime::new().map_err(|fault| Failure::both(|lang| lang.command_failed(&fault)))?;
    runtime.block_on(work)
}

/// Runs the program.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Read(read) => read::run(&read),
        Command::Serve(serve) => serve::run(&serve),
        Command::Demo(demo) => serve::run_demo(&demo),
        Command::Scoreboard(scoreboard) => scoreboard::run(&scoreboard),
        Command::Account(account) => account::run(&account),
        Command::Unit(unit) => unit::run(&unit),
        Command::Load(load) => load::run(&load),
        Command::Audit(audit) => audit::run(&audit),
        Command::Backup(backup) => backup::run(&backup),
        Command::Restore(restore) => backup::run_restore(&restore),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(lines)) => {
            for line in lines {
                eprintln!("cotmoc: {line}");
            }
            ExitCode::from(EXIT_FAILED)
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_fixed_forms_are_understood() {
        for line in [
            "cotmoc serve",
            "cotmoc serve --listen 0.0.0.0:80 --database sqlite:///srv/cotmoc.db",
            "cotmoc serve --files /srv/cotmoc/files",
            "cotmoc demo --today 2024-05-20 --files s3://cot-moc/thu?endpoint=http://127.0.0.1:9000",
            "cotmoc serve --public-url https://cotmoc.lamgiang.gov.vn/",
            "cotmoc read a.txt --json --published-on 2024-04-20",
            "cotmoc account add ha.tran --role officer --unit LG",
            "cotmoc unit add LG tỉnh-Lam-Giang --kind tỉnh",
            "cotmoc unit add VP x --kind văn-phòng --parent LG --class body --database postgres://localhost/cotmoc",
            "cotmoc audit verify",
            "cotmoc scoreboard --unit 981 --month 2024-03",
            "cotmoc scoreboard --all-units --month 2024-03 --resolution MV17 --known-on 16/4/2024 --as-reported --format csv",
            "cotmoc scoreboard --unit 98 --month 2025-05 --restate-to 2025-07-31 --format json --database sqlite:///srv/cotmoc.db",
            "cotmoc load so-lieu --database sqlite:///srv/cotmoc.db",
            "cotmoc backup a.tar.gz --database sqlite:///srv/cotmoc.db --files /srv/anh",
            "cotmoc backup verify a.tar.gz",
            "cotmoc restore a.tar.gz --database postgres://localhost/cotmoc",
        ] {
            assert!(Cli::try_parse_from(line.split(' ')).is_ok(), "{line}");
        }
        for line in [
            "cotmoc",
            "cotmoc serve --listen 8080",
            "cotmoc read",
            "cotmoc account add x --role king --unit LG",
            "cotmoc serve --public-url cotmoc.lamgiang.gov.vn",
            "cotmoc serve --public-url https://lamgiang.gov.vn/cotmoc",
            "cotmoc demo --today 31/2/2024",
            "cotmoc scoreboard --month 2024-03",
            "cotmoc scoreboard --unit 981 --all-units --month 2024-03",
            "cotmoc scoreboard --unit 981",
            "cotmoc scoreboard --unit 981 --month 2024-Q1",
            "cotmoc scoreboard --unit 981 --month 2024-03 --as-reported --restate-to 2025-07-31",
            "cotmoc scoreboard --unit 981 --month 2024-03 --format xlsx",
            "cotmoc backup",
            "cotmoc restore",
        ] {
            assert_eq!(Cli::try_parse_from(line.split(' ')).unwrap_err().exit_code(), 2, "{line}");
        }
    }
}
