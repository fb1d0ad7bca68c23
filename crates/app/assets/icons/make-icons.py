"""The pictures of the mark that need fixed sizes: the icon of tabs for programs that take no SVG, those of telephones' home screens,
and the card that shared links show. Run inside this folder; needs chromium and nothing from a network."""
import base64
import pathlib
import re
import struct
import subprocess
import tempfile

RED, INK, PAPER = "#8f1d21", "#1c1b18", "#faf9f6"
CAP, STONE = "M4 6V5.5a4 4 0 0 1 8 0V6z", "M4 7h8v6h2v2H2v-2h2z"
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]


def chromium(page, *arguments):
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as file:
        file.write(page)
        file.flush()
        call = ["chromium", *FLAGS, *arguments, f"file://{file.name}"]
        return subprocess.run(call, check=True, capture_output=True, text=True).stdout


def icon(size, margin, background):
    """The mark drawn on a canvas: sixteen units wide, with `margin` of them on every side."""
    page = f"""<canvas width={size} height={size}></canvas><p></p><script>
      const drawing = document.querySelector("canvas").getContext("2d");
      if ("{background}") {{ drawing.fillStyle = "{background}"; drawing.fillRect(0, 0, {size}, {size}); }}
      drawing.scale({size} / (16 + 2 * {margin}), {size} / (16 + 2 * {margin}));
      drawing.translate({margin}, {margin});
      for (const [colour, path] of [["{RED}", "{CAP}"], ["{INK}", "{STONE}"]]) {{
        drawing.fillStyle = colour; drawing.fill(new Path2D(path));
      }}
      document.querySelector("p").textContent = document.querySelector("canvas").toDataURL("image/png");
    </script>"""
    return base64.b64decode(re.search(r"base64,([^<]+)", chromium(page, "--dump-dom")).group(1))


def font(name, weight, letters):
    data = base64.b64encode(pathlib.Path(f"../fonts/{name}.woff2").read_bytes()).decode()
    return f"@font-face{{font-family:B;font-weight:{weight};src:url(data:font/woff2;base64,{data});unicode-range:{letters}}}"


def card():
    latin = "U+0000-00FF,U+2000-206F"
    vietnamese = "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+1EA0-1EF9"
    faces = "".join(
        font(f"be-vietnam-pro-{script}-{weight}-normal", weight, letters)
        for weight in (400, 700)
        for script, letters in (("latin", latin), ("vietnamese", vietnamese))
    )
    page = f"""<!doctype html><meta charset="utf-8"><style>{faces}
      body {{ margin: 0; width: 1200px; height: 630px; box-sizing: border-box; padding: 96px; background: {PAPER}; color: {INK};
        font: 400 40px/1.5 B; border-top: 24px solid {RED}; }}
      div {{ display: flex; align-items: center; gap: 48px; }} svg {{ width: 200px; height: 200px; }}
      h1 {{ margin: 0; font: 700 128px/1.2 B; letter-spacing: -.02em; }} p {{ margin: 56px 0 0; color: #4f4b44; max-width: 980px; text-wrap: balance; }}
    </style><div><svg viewBox="2 1 12 12.5"><path fill="{RED}" d="{CAP}"/><path fill="{INK}" d="{STONE}"/></svg><h1>Cột Mốc</h1></div>
    <p>Lời hứa, chỉ tiêu và nhiệm vụ của cơ quan công quyền, mở được đến từng câu trong văn bản</p>"""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "card.png")
        chromium(page, "--window-size=1200,630", f"--screenshot={file}")
        return file.read_bytes()


def ico(*pictures):
    """Pictures as PNG in one file of Windows' format: a header, an entry of sixteen bytes each, then the pictures."""
    head, place = struct.pack("<HHH", 0, 1, len(pictures)), 6 + 16 * len(pictures)
    for picture in pictures:
        width, height = struct.unpack(">II", picture[16:24])
        head += struct.pack("<BBBBHHII", width, height, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    return head + b"".join(pictures)


for name, data in {
    "favicon.ico": ico(icon(16, 0, ""), icon(32, 0, "")),
    "apple-touch-icon.png": icon(180, 3, PAPER),
    "icon-192.png": icon(192, 3, PAPER),
    "icon-512.png": icon(512, 3, PAPER),
    "card.png": card(),
}.items():
    pathlib.Path(name).write_bytes(data)
