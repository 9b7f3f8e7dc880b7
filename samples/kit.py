"""Drawing kit for `make.py`: papers, scans, photos and office files from plain descriptions.

Takes text and a seed, gives bytes. Nothing here knows a KLA question; `make.py` holds the documents.
"""

import datetime
import hashlib
import io
import math
import random
import zipfile
import zlib

import numpy as np
import pikepdf
import piexif
import pypdfium2
from asn1crypto import algos, cms, pem, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab import rl_config
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (BaseDocTemplate, Flowable, Frame, FrameBreak, Image as RLImage, KeepTogether,
                                NextPageTemplate, PageBreak, PageTemplate, Paragraph, Spacer, Table, TableStyle)

rl_config.invariant = 1  # no clock and no random document id in the PDF

F4 = (612.0, 936.0)  # "folio", the paper of Indonesian offices, in points
FONT_DIRS = {"Liberation": "/usr/share/fonts/truetype/liberation/", "DejaVu": "/usr/share/fonts/truetype/dejavu/"}
FACES = {
    "serif": ("LiberationSerif-Regular", "LiberationSerif-Bold", "LiberationSerif-Italic", "LiberationSerif-BoldItalic"),
    "sans": ("LiberationSans-Regular", "LiberationSans-Bold", "LiberationSans-Italic", "LiberationSans-BoldItalic"),
    "book": ("DejaVuSerifCondensed", "DejaVuSerifCondensed-Bold", "DejaVuSerifCondensed-Italic",
             "DejaVuSerifCondensed-BoldItalic"),
    "narrow": ("LiberationSansNarrow-Regular", "LiberationSansNarrow-Bold", "LiberationSansNarrow-Italic",
               "LiberationSansNarrow-BoldItalic"),
    "mono": ("LiberationMono-Regular", "LiberationMono-Bold", "LiberationMono-Italic", "LiberationMono-BoldItalic"),
}


def font_path(name):
    return FONT_DIRS["DejaVu" if name.startswith("DejaVu") else "Liberation"] + name + ".ttf"


for _face, _files in FACES.items():
    for _suffix, _file in zip(("", "-b", "-i", "-bi"), _files):
        pdfmetrics.registerFont(TTFont(_face + _suffix, font_path(_file)))
    pdfmetrics.registerFontFamily(_face, normal=_face, bold=_face + "-b", italic=_face + "-i", boldItalic=_face + "-bi")


def seed_of(name):
    """Returns a number that depends on the name only, so one document never moves another's noise."""
    return zlib.crc32(name.encode("utf-8"))


# ── papers ──────────────────────────────────────────────────────────────────────────────────────

ALIGN = {"l": TA_LEFT, "c": TA_CENTER, "r": TA_RIGHT, "j": TA_JUSTIFY}


class Paper:
    """A flow of paragraphs and tables in one face, turned into a PDF with a text layer."""

    def __init__(self, face="serif", size=11.5, page=F4, margin=(72, 60, 62, 62), numbers=True, title="", author="",
                 footer=()):
        self.face, self.size, self.page, self.margin = face, size, page, margin
        self.numbers, self.title, self.author = numbers, title, author
        self.footer = footer  # lines in small print at the foot of each page
        self.flow = []

    def style(self, align="j", bold=False, italic=False, size=None, lead=1.28, before=0, after=3, indent=0, first=0,
              color="#000000"):
        size = size or self.size
        face = self.face + {(0, 0): "", (1, 0): "-b", (0, 1): "-i", (1, 1): "-bi"}[(int(bold), int(italic))]
        return ParagraphStyle("s", fontName=face, fontSize=size, leading=size * lead, alignment=ALIGN[align],
                              spaceBefore=before, spaceAfter=after, leftIndent=indent, firstLineIndent=first,
                              textColor=color)

    def para(self, text, align="j", **kw):
        return Paragraph(text, self.style(align, **kw))

    def p(self, text, align="j", **kw):
        self.flow.append(self.para(text, align, **kw))
        return self

    def c(self, *lines, bold=False, size=None, after=1.5, **kw):
        for line in lines:
            self.p(line, "c", bold=bold, size=size, after=after, **kw)
        return self

    def gap(self, points=8):
        self.flow.append(Spacer(1, points))
        return self

    def add(self, *flowables):
        self.flow.extend(flowables)
        return self

    def new_page(self):
        self.flow.append(PageBreak())
        return self

    def width(self):
        return self.page[0] - self.margin[0] - self.margin[2]

    def labelled(self, label, items, marks=None, label_width=76):
        """`Menimbang : a. …` as legal drafters set it."""
        rows = []
        for i, text in enumerate(items):
            mark = marks[i] if marks else ""
            rows.append([self.para(label if i == 0 else "", "l"), self.para(":" if i == 0 else "", "l"),
                         self.para(mark, "l"), self.para(text)])
        mark_width = 24 if marks else 0.1
        table = Table(rows, colWidths=[label_width, 12, mark_width, self.width() - label_width - 12 - mark_width])
        table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
                                   ("RIGHTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 1),
                                   ("BOTTOMPADDING", (0, 0), (-1, -1), 1)]))
        self.flow.append(table)
        return self

    def pairs(self, rows, label_width=92, align="l"):
        for label, text in rows:
            self.labelled(label, [text], label_width=label_width)
        return self

    def grid(self, rows, widths=None, head=1, size=None, align=None, lead=1.2):
        """A ruled table; widths are shares of the line."""
        size = size or self.size - 2
        n = len(rows[0])
        widths = widths or [1] * n
        total = float(sum(widths))
        align = align or ["l"] * n
        cells = []
        for r, row in enumerate(rows):
            cells.append([self.para(str(v), "c" if r < head else align[i], bold=r < head, size=size, after=0, lead=lead)
                          for i, v in enumerate(row)])
        table = Table(cells, colWidths=[self.width() * w / total for w in widths], repeatRows=head)
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.6, "#000000"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                                   ("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                                   ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]))
        self.flow.append(table)
        return self

    def crest(self, size=52):
        self.flow.append(Crest(size, self.width()))
        return self

    def letterhead(self, *lines, address="Jalan Contoh Raya Nomor 1, Contoh 00000"):
        """Kop surat: crest left, office names, address, double rule."""
        block = [self.para("PEMERINTAH KABUPATEN CONTOH", "c", size=13, after=1)]
        block += [self.para(line, "c", bold=True, size=15, after=1) for line in lines]
        block.append(self.para(address, "c", size=9, after=0))
        table = Table([[Crest(50, 60), block]], colWidths=[64, self.width() - 64])
        table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LINEBELOW", (0, 0), (-1, -1), 2, "#000000"),
                                   ("BOTTOMPADDING", (0, 0), (-1, -1), 5)]))
        self.flow += [table, Spacer(1, 10)]
        return self

    def sign(self, place=None, date=None, office="", name="", nip=None, ink=None, stamp=None, ttd=False, verb="Ditetapkan di",
             left=None, stamp_shift=(-46, -4), stamp_size=44, rank=None, tte=None):
        """The closing block on the right; `ink` is a seed for the signature, `stamp` the words on the seal, `tte` the
        link in the code that stands for an electronic signature."""
        cell = []
        if place:
            cell.append(self.para(f"{verb} {place}" if verb else f"{place}, {date}", "l", after=1))
            if verb:
                cell.append(self.para(f"pada tanggal {date}", "l", after=5))
        for line in office.split("\n"):
            cell.append(self.para(line, "l", after=1))
        if ttd:
            cell += [Spacer(1, 9), self.para("ttd", "l", indent=40), Spacer(1, 9)]
        elif tte:
            cell += [Spacer(1, 3), Qr(tte), self.para("Ditandatangani secara elektronik oleh:", "l", size=8, after=1)]
        else:
            cell.append(Ink(ink, stamp, stamp_shift, stamp_size))
        cell.append(self.para(f"<u>{name}</u>" if nip else name, "l", bold=bool(nip), after=1))
        if rank:
            cell.append(self.para(rank, "l", after=1))
        if nip:
            cell.append(self.para(f"NIP {nip}", "l", after=1))
        w = self.width()
        table = Table([[left or "", cell]], colWidths=[w * 0.5, w * 0.5])
        table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]))
        self.flow += [Spacer(1, 12), KeepTogether([table])]
        return self

    def copy_mark(self, name="DEWI UMPAMA, S.H.", ink=7, stamp="SEKRETARIAT DAERAH"):
        """`Salinan sesuai dengan aslinya`, left, by the head of the legal section."""
        cell = [self.para("Salinan sesuai dengan aslinya", "l", after=1), self.para("KEPALA BAGIAN HUKUM,", "l", after=1),
                Ink(ink, stamp, (20, -2), 40) if ink else Spacer(1, 34),
                self.para(f"<u>{name}</u>", "l", bold=True, after=1), self.para("Pembina Tingkat I", "l", after=1),
                self.para("NIP 00000000 000000 0 004", "l", after=1)]
        self.flow += [Spacer(1, 8), KeepTogether(cell)]
        return self

    def build(self, columns=None):
        """PDF bytes. `columns`: number of flowables set over the full width before two columns begin."""
        out = io.BytesIO()
        left, top, right, bottom = self.margin
        w, h = self.page
        doc = BaseDocTemplate(out, pagesize=self.page, title=self.title, author=self.author, creator="", producer="")

        def number(canvas, d):
            for i, line in enumerate(reversed(self.footer)):
                canvas.setFont(self.face, 7)
                canvas.drawString(left, 24 + 9 * i, line)
            if self.numbers and d.page > 1:
                canvas.setFont(self.face, self.size)
                canvas.drawCentredString(w / 2, h - 42, f"- {d.page} -")

        frame = Frame(left, bottom, w - left - right, h - top - bottom, 0, 0, 0, 0, id="one")
        templates = [PageTemplate("plain", [frame], onPage=number)]
        flow = list(self.flow)
        if columns is not None:
            head_height, gutter = columns[1], 18
            col = (w - left - right - gutter) / 2
            tall = h - top - bottom - head_height
            templates.insert(0, PageTemplate("two", [
                Frame(left, h - top - head_height, w - left - right, head_height, 0, 0, 0, 0),
                Frame(left, bottom, col, tall, 0, 0, 0, 0), Frame(left + col + gutter, bottom, col, tall, 0, 0, 0, 0)]))
            flow.insert(columns[0], FrameBreak())
        doc.addPageTemplates(templates)
        doc.build(flow)
        return out.getvalue()


class Crest(Flowable):
    """An invented coat of arms: shield, star, waves. Stands for no real government."""

    def __init__(self, size, width):
        super().__init__()
        self.size, self.width, self.height = size, width, size + 4

    def wrap(self, *_):
        return self.width, self.height

    def draw(self):
        c, s = self.canv, self.size
        c.saveState()
        c.translate(self.width / 2, 4)
        c.setLineWidth(1.4)
        c.setStrokeColor("#222222")
        c.setFillColor("#dddddd")
        path = c.beginPath()
        path.moveTo(-s * 0.36, s)
        path.lineTo(s * 0.36, s)
        path.lineTo(s * 0.36, s * 0.42)
        path.curveTo(s * 0.36, s * 0.18, s * 0.12, s * 0.06, 0, 0)
        path.curveTo(-s * 0.12, s * 0.06, -s * 0.36, s * 0.18, -s * 0.36, s * 0.42)
        path.close()
        c.drawPath(path, stroke=1, fill=1)
        c.setFillColor("#444444")
        star = c.beginPath()
        for i in range(10):
            r = s * (0.17 if i % 2 == 0 else 0.07)
            a = math.pi / 2 + i * math.pi / 5
            x, y = r * math.cos(a), s * 0.74 + r * math.sin(a)
            star.moveTo(x, y) if i == 0 else star.lineTo(x, y)
        star.close()
        c.drawPath(star, stroke=0, fill=1)
        for k in range(3):
            y = s * (0.44 - 0.1 * k)
            half = s * (0.28 - 0.06 * k)
            wave = c.beginPath()
            wave.moveTo(-half, y)
            wave.curveTo(-half / 2, y + 6, -half / 2, y - 6, 0, y)
            wave.curveTo(half / 2, y + 6, half / 2, y - 6, half, y)
            c.drawPath(wave, stroke=1, fill=0)
        c.restoreState()


class Ink(Flowable):
    """A pen scribble and, when asked, a round office stamp laid over whatever is near."""

    def __init__(self, seed, stamp=None, shift=(-46, -4), size=44, height=50):
        super().__init__()
        self.seed, self.stamp, self.shift, self.size, self.height = seed, stamp, shift, size, height

    def wrap(self, width, *_):
        self.width = width
        return width, self.height

    def draw(self):
        c = self.canv
        if self.stamp:
            c.saveState()
            c.translate(self.shift[0] + 40, self.height / 2 + self.shift[1])
            draw_stamp(c, self.stamp, self.size, random.Random(seed_of(self.stamp) + (self.seed or 0)))
            c.restoreState()
        if self.seed is None:
            return
        rng = random.Random(self.seed * 7919)
        c.saveState()
        c.setStrokeColor(rng.choice(["#10206a", "#111111", "#1a2f8a"]))
        c.setLineWidth(1.5)
        c.setLineCap(1)
        x, y = 10, 18
        path = c.beginPath()
        path.moveTo(x, y)
        for i in range(rng.randint(6, 9)):
            nx = x + rng.uniform(6, 20)
            ny = 22 + rng.uniform(-17, 19)
            path.curveTo(x + rng.uniform(-12, 16), y + rng.uniform(-24, 30), nx + rng.uniform(-18, 8),
                         ny + rng.uniform(-24, 26), nx, ny)
            x, y = nx, ny
        path.curveTo(x + 20, y + 8, x + 30, 2, 4, 8)
        c.drawPath(path)
        c.restoreState()


class Qr(Flowable):
    """A QR code, drawn square by square."""

    def __init__(self, link, size=62):
        super().__init__()
        self.link, self.size = link, size

    def wrap(self, *_):
        return self.size, self.size

    def draw(self):
        code = QrCodeWidget(self.link, barLevel="M", barBorder=2)
        x0, y0, x1, y1 = code.getBounds()
        drawing = Drawing(self.size, self.size, transform=[self.size / (x1 - x0), 0, 0, self.size / (y1 - y0), 0, 0])
        drawing.add(code)
        renderPDF.draw(drawing, self.canv, 0, 0)


def draw_stamp(c, words, size, rng):
    c.setStrokeColor("#4a2a9a")
    c.setFillColor("#4a2a9a")
    c.setStrokeAlpha(0.78)
    c.setFillAlpha(0.78)
    c.rotate(rng.uniform(-18, 18))
    for r, w in ((size, 2.2), (size - 3.5, 0.8), (size * 0.58, 1.1)):
        c.setLineWidth(w)
        c.circle(0, 0, r)
    text = "PEMERINTAH KABUPATEN CONTOH" if "|" not in words else words.split("|")[0]
    inner = words.split("|")[-1]
    radius = size * 0.68
    fs = size * 0.19
    c.setFont("sans-b", fs)
    span = math.radians(250)
    for i, ch in enumerate(text):
        a = math.pi / 2 + span / 2 - span * i / (len(text) - 1)
        c.saveState()
        c.translate(radius * math.cos(a), radius * math.sin(a))
        c.rotate(math.degrees(a) - 90)
        c.drawCentredString(0, 0, ch)
        c.restoreState()
    c.setFont("sans-b", fs * 1.1)
    parts = inner.split(" ")
    if len(parts) > 2:
        parts = [" ".join(parts[:2]), " ".join(parts[2:])]
    for i, part in enumerate(parts):
        width = pdfmetrics.stringWidth(part, "sans-b", fs * 1.1)
        c.setFont("sans-b", min(fs * 1.1, fs * 1.1 * size * 1.04 / max(width, 1)))
        c.drawCentredString(0, (len(parts) - 1) * fs * 0.6 - i * fs * 1.3 - fs * 0.3, part)
    c.drawCentredString(0, -size * 0.86, "*")


# ── scans ───────────────────────────────────────────────────────────────────────────────────────

def render(pdf, dpi=200):
    """Pages of a PDF as RGB pictures."""
    doc = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in doc]


def worn(image, seed, skew=0.0, noise=4.0, blur=0.6, tone=246, contrast=1.0, scale=1.0, shade=10, speck=0, edge=False,
         shift=(0, 0)):
    """What a flatbed makes of a sheet: paper tone, uneven light, slight turn, grain, dust."""
    rng = np.random.default_rng(seed)
    w, h = image.size
    if scale != 1.0:
        small = image.resize((round(w * scale), round(h * scale)), Image.LANCZOS)
        image = Image.new("RGB", (w, h), "white")
        image.paste(small, ((w - small.width) // 2 + shift[0], (h - small.height) // 2 + shift[1]))
    if skew:
        image = image.rotate(skew, Image.BICUBIC, fillcolor="white")
    if blur:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    a = np.asarray(image).astype(np.float32)
    a = 255 - (255 - a) * contrast
    a *= tone / 255.0
    x = np.linspace(-1, 1, w, dtype=np.float32)[None, :, None]
    y = np.linspace(-1, 1, h, dtype=np.float32)[:, None, None]
    a -= shade * (0.6 * x * rng.uniform(-1, 1) + 0.6 * y * rng.uniform(-1, 1) + 0.4 * x * x)
    if noise:
        a += rng.normal(0, noise, (h, w, 1)).astype(np.float32)
    if edge:
        band = int(rng.integers(6, 14))
        a[:, :band] *= np.linspace(0.25, 0.95, band, dtype=np.float32)[None, :, None]
    for _ in range(speck):
        cx, cy, r = int(rng.integers(0, w)), int(rng.integers(0, h)), int(rng.integers(1, 3))
        a[max(0, cy - r):cy + r, max(0, cx - r):cx + r] = rng.uniform(20, 110)
    return Image.fromarray(np.clip(a, 0, 255).astype(np.uint8))


def bilevel(image, threshold=168):
    return image.convert("L").point(lambda v: 255 if v > threshold else 0).convert("1", dither=Image.NONE)


def g4(image):
    """One picture as a bare CCITT group 4 stream."""
    out = io.BytesIO()
    image.save(out, "TIFF", compression="group4", strip_size=1 << 30)
    tiff = Image.open(io.BytesIO(out.getvalue()))
    offsets, counts = tiff.tag_v2[273], tiff.tag_v2[279]
    assert len(offsets) == 1
    start = offsets[0]
    return out.getvalue()[start:start + counts[0]], tiff.tag_v2[262]


def jpeg(image, quality=40, exif=None, subsampling=2):
    out = io.BytesIO()
    kw = {"exif": exif} if exif else {}
    image.save(out, "JPEG", quality=quality, optimize=True, subsampling=subsampling, **kw)
    return out.getvalue()


def picture_pdf(images, codec, dpi=200, quality=40, rotate=0, producer="Mesin Pindai Contoh"):
    """An image-only PDF, one picture a page, as scanners write them."""
    pdf = pikepdf.new()
    for image in images:
        w, h = image.size
        if codec == "g4":
            data, photometric = g4(image)
            stream = pikepdf.Stream(pdf, data)
            for key, value in {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": w, "/Height": h,
                               "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 1}.items():
                stream[key] = value
            stream.write(data, filter=pikepdf.Name.CCITTFaxDecode,
                         decode_parms=pikepdf.Dictionary(K=-1, Columns=w, Rows=h, BlackIs1=photometric != 0))
        else:
            data = jpeg(image, quality)
            stream = pikepdf.Stream(pdf, data)
            for key, value in {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": w, "/Height": h,
                               "/ColorSpace": pikepdf.Name.DeviceRGB if image.mode == "RGB" else pikepdf.Name.DeviceGray,
                               "/BitsPerComponent": 8}.items():
                stream[key] = value
            stream.write(data, filter=pikepdf.Name.DCTDecode)
        pw, ph = w * 72 / dpi, h * 72 / dpi
        page = pdf.add_blank_page(page_size=(pw, ph))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stream))
        page.Contents = pikepdf.Stream(pdf, f"q {pw:.2f} 0 0 {ph:.2f} 0 0 cm /Im0 Do Q".encode())
        if rotate:
            page.Rotate = rotate
    pdf.docinfo["/Producer"] = producer
    out = io.BytesIO()
    pdf.save(out, static_id=True)
    return out.getvalue()


def scan(name, pdf, codec="g4", dpi=200, quality=34, turn=0, **wear):
    """A born-digital PDF printed, signed and put on the scanner; `turn`: degrees the sheet lay wrong."""
    pages = []
    for i, image in enumerate(render(pdf, dpi)):
        kw = dict(wear)
        if isinstance(kw.get("skew"), (list, tuple)):
            kw["skew"] = kw["skew"][i % len(kw["skew"])]
        image = worn(image, seed_of(name) + i, **kw)
        if turn:
            image = image.rotate(turn, expand=True)
        if codec == "g4":
            image = bilevel(image)
        elif codec == "grey":
            image = image.convert("L")
        pages.append(image)
    return picture_pdf(pages, "g4" if codec == "g4" else "dct", dpi, quality)


def encrypted(pdf, password):
    """A PDF that opens with a password only (RC4-128: the one method whose output does not depend on chance)."""
    doc = pikepdf.open(io.BytesIO(pdf))
    out = io.BytesIO()
    doc.save(out, static_id=True, encryption=pikepdf.Encryption(user=password, owner=password + "-pemilik", R=3,
                                                               aes=False, metadata=False))
    return out.getvalue()


# ── electronic signatures ───────────────────────────────────────────────────────────────────────

def made_key(name):
    """An RSA key of 2048 bits that follows from a name: anyone can make it, so it protects nothing."""
    rng = random.Random(seed_of(name))

    def prime():
        while True:
            n = rng.getrandbits(1024) | 3 << 1022 | 1
            if n % 65537 != 1 and all(n % small for small in (3, 5, 7, 11, 13, 17, 19, 23, 29, 31)) and is_prime(n):
                return n

    def is_prime(n):
        """Miller and Rabin's test, 24 rounds."""
        twos = ((n - 1) & -(n - 1)).bit_length() - 1
        for _ in range(24):
            x = pow(rng.randrange(2, n - 1), (n - 1) >> twos, n)
            if x in (1, n - 1):
                continue
            for _ in range(twos - 1):
                x = x * x % n
                if x == n - 1:
                    break
            else:
                return False
        return True

    p, q = prime(), prime()
    d = pow(65537, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(65537, p * q)
    return rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public).private_key()


RSA_SHA256 = algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"})


class Identity:
    """A key and its certificate, issued by another identity or by itself."""

    def __init__(self, organization, name, start, end, issuer=None):
        self.key, self.issuer = made_key(name), issuer or self
        self.name = x509.Name.build({"country_name": "ID", "organization_name": organization, "common_name": name})
        public = self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        is_authority = issuer is None
        usage = {"key_cert_sign", "crl_sign"} if is_authority else {"digital_signature", "non_repudiation"}
        extensions = [("basic_constraints", True, {"ca": is_authority}), ("key_usage", True, usage)]
        body = x509.TbsCertificate({
            "version": "v3", "serial_number": seed_of(name), "signature": RSA_SHA256, "issuer": self.issuer.name,
            "validity": {"not_before": x509.Time("utc_time", start), "not_after": x509.Time("utc_time", end)},
            "subject": self.name, "subject_public_key_info": x509.PublicKeyInfo.load(public),
            "extensions": [{"extn_id": i, "critical": c, "extn_value": v} for i, c, v in extensions]})
        self.certificate = x509.Certificate({"tbs_certificate": body, "signature_algorithm": RSA_SHA256,
                                             "signature_value": self.issuer.sign(body.dump())})

    def sign(self, data):
        return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())

    def pem(self):
        return pem.armor("CERTIFICATE", self.certificate.dump())

    def cms(self, data, at):
        """A detached CMS signature over bytes."""
        attributes = cms.CMSAttributes([
            {"type": "content_type", "values": ["data"]},
            {"type": "signing_time", "values": [cms.Time("utc_time", at)]},
            {"type": "message_digest", "values": [hashlib.sha256(data).digest()]}])
        digest = algos.DigestAlgorithm({"algorithm": "sha256"})
        signer = cms.SignerInfo({
            "version": "v1", "digest_algorithm": digest, "signed_attrs": attributes, "signature_algorithm": RSA_SHA256,
            "sid": cms.IssuerAndSerialNumber({"issuer": self.issuer.name, "serial_number": self.certificate.serial_number}),
            "signature": self.sign(attributes.dump())})
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData({
            "version": "v1", "digest_algorithms": [digest], "encap_content_info": {"content_type": "data"},
            "certificates": [self.certificate, self.issuer.certificate], "signer_infos": [signer]})}).dump()


def signed(pdf, identity, at):
    """The PDF with an invisible signature field on its last page, signed at a time."""
    doc = pikepdf.open(io.BytesIO(pdf))
    room = 8192
    value = pikepdf.Dictionary(
        Type=pikepdf.Name.Sig, Filter=pikepdf.Name("/Adobe.PPKLite"), SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
        Name=pikepdf.String(identity.certificate.subject.native["common_name"]), M=pikepdf.String(at.strftime("D:%Y%m%d%H%M%SZ")),
        ByteRange=pikepdf.Array([0] + [9999999999] * 3), Contents=pikepdf.String(bytes(room)))
    page = doc.pages[-1]
    field = doc.make_indirect(pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T=pikepdf.String("TandaTangan1"),
        F=132, Rect=pikepdf.Array([0, 0, 0, 0]), P=page.obj, V=doc.make_indirect(value)))
    page.Annots = doc.make_indirect(pikepdf.Array([field]))
    doc.Root.AcroForm = doc.make_indirect(pikepdf.Dictionary(SigFlags=3, Fields=pikepdf.Array([field])))
    out = io.BytesIO()
    doc.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    file = bytearray(out.getvalue())
    start = file.index(b"<" + b"00" * room + b">")
    end = start + 2 * room + 2
    blank = b"[ 0 9999999999 9999999999 9999999999 ]"
    place = file.index(blank)
    file[place:place + len(blank)] = f"[ 0 {start} {end} {len(file) - end} ]".encode().ljust(len(blank))
    contents = identity.cms(bytes(file[:start] + file[end:]), at).hex().encode()
    file[start + 1:start + 1 + len(contents)] = contents
    return bytes(file)


def overwritten(pdf, page, old, new):
    """What an editor makes of a file that it saves as an addition: the page with other words, all earlier bytes kept."""
    doc = pikepdf.open(io.BytesIO(pdf))
    stream = doc.pages[page].Contents
    words = stream.read_bytes()
    assert len(old) == len(new) and old.encode() in words, old
    data = zlib.compress(words.replace(old.encode(), new.encode()))
    number, generation = stream.objgen
    before = pdf.rindex(b"startxref") + len(b"startxref")
    earlier = int(pdf[before:pdf.rindex(b"%%EOF")])
    added = f"{number} {generation} obj\n<< /Length {len(data)} /Filter /FlateDecode >>\nstream\n".encode() + data + b"\nendstream\nendobj\n"
    table = f"xref\n{number} 1\n{len(pdf):010} {generation:05} n \n".encode()
    root, info, size = doc.Root.objgen, doc.trailer.Info.objgen, len(doc.objects) + 1
    trailer = f"trailer << /Size {size} /Root {root[0]} {root[1]} R /Info {info[0]} {info[1]} R /Prev {earlier} >>\nstartxref\n{len(pdf) + len(added)}\n%%EOF\n".encode()
    return pdf + added + table + trailer


# ── photos ──────────────────────────────────────────────────────────────────────────────────────

def pil_font(face, size, bold=True):
    return ImageFont.truetype(font_path(FACES[face][1 if bold else 0]), size)


def vertical(draw, box, top, bottom):
    x0, y0, x1, y1 = box
    for y in range(y0, y1):
        t = (y - y0) / max(1, y1 - y0)
        draw.line([(x0, y), (x1, y)], fill=tuple(round(a + (b - a) * t) for a, b in zip(top, bottom)))


def fit_text(draw, box, lines, fill, face="sans"):
    """Lines centred in a box at the largest size that fits."""
    x0, y0, x1, y1 = box
    size = 96
    while size > 10:
        font = pil_font(face, size)
        widths = [draw.textlength(line, font=font) for line in lines]
        if max(widths) < (x1 - x0) * 0.92 and size * 1.22 * len(lines) < (y1 - y0) * 0.88:
            break
        size -= 1
    y = (y0 + y1) / 2 - size * 1.22 * len(lines) / 2
    for line, width in zip(lines, widths):
        draw.text(((x0 + x1) / 2 - width / 2, y), line, font=font, fill=fill)
        y += size * 1.22


def person(draw, rng, x, y, s, back=True):
    """A head and shoulders, seen from behind or in front: a blob, no one's face."""
    cloth = rng.choice([(182, 40, 52), (36, 92, 156), (238, 238, 232), (52, 128, 88), (214, 170, 60), (120, 70, 140),
                        (60, 60, 70), (230, 150, 170), (90, 150, 170)])
    skin = rng.choice([(176, 124, 88), (160, 108, 76), (196, 146, 108)])
    dark = tuple(max(0, v - 36) for v in cloth)
    draw.ellipse([x - s * 1.05, y + s * 0.75, x + s * 1.05, y + s * 3.4], fill=dark)
    draw.ellipse([x - s * 0.98, y + s * 0.8, x + s * 0.92, y + s * 3.4], fill=cloth)
    if rng.random() < 0.45:  # kerudung
        scarf = rng.choice([(236, 226, 210), (150, 60, 90), (70, 90, 130), (200, 200, 210), (40, 40, 48)])
        draw.ellipse([x - s * 0.72, y - s * 0.82, x + s * 0.72, y + s * 1.3], fill=scarf)
        if not back:
            draw.ellipse([x - s * 0.42, y - s * 0.5, x + s * 0.42, y + s * 0.5], fill=skin)
    else:
        draw.ellipse([x - s * 0.6, y - s * 0.7, x + s * 0.6, y + s * 0.8], fill=skin)
        draw.pieslice([x - s * 0.64, y - s * 0.78, x + s * 0.64, y + s * 0.72], 180 if not back else 150,
                      360 if not back else 390, fill=(28, 22, 20))


def photo(name, banner=(), scene="hall", size=(1280, 960), colors=((178, 30, 40), (255, 255, 255)), people=26):
    """A made-up photograph. Scenes: hall, yard, park, sign, shelf."""
    rng = random.Random(seed_of(name))
    w, h = size
    img = Image.new("RGB", size)
    d = ImageDraw.Draw(img)
    if scene in ("hall", "shelf"):
        tint = rng.choice([(226, 218, 196), (206, 220, 214), (222, 208, 200)])
        vertical(d, (0, 0, w, round(h * 0.62)), tuple(v - 26 for v in tint), tint)
        vertical(d, (0, round(h * 0.62), w, h), (150, 132, 112), (108, 92, 78))
        for i in range(-14, 15):  # tiles run to one point
            d.line([(w / 2 + i * 40, h * 0.62), (w / 2 + i * 190, h)], fill=(132, 114, 98), width=2)
        for k in range(1, 7):
            y = h * 0.62 + h * 0.38 * (k / 6) ** 1.7
            d.line([(0, y), (w, y)], fill=(132, 114, 98), width=2)
        for x in (0.03, 0.9):  # windows
            d.rectangle([w * x, h * 0.14, w * x + w * 0.075, h * 0.46], fill=(206, 226, 240), outline=(110, 84, 60), width=6)
        for i in range(4):
            x = w * (0.2 + 0.2 * i)
            d.rectangle([x - 46, 8, x + 46, 18], fill=(255, 255, 250))
    else:
        vertical(d, (0, 0, w, round(h * 0.55)), (112, 164, 214), (216, 230, 236))
        for i in range(5):
            x, y = rng.uniform(0, w), rng.uniform(20, h * 0.22)
            for _ in range(5):
                dx, dy = rng.uniform(-60, 60), rng.uniform(-10, 12)
                d.ellipse([x + dx - 50, y + dy - 16, x + dx + 50, y + dy + 16], fill=(240, 244, 247))
        points = [(0, h * 0.55)] + [(w * i / 8, h * (0.42 + rng.uniform(-0.06, 0.05))) for i in range(9)] + [(w, h * 0.55)]
        d.polygon(points, fill=(104, 140, 124))
        vertical(d, (0, round(h * 0.52), w, h), (126, 156, 84) if scene == "park" else (176, 164, 138),
                 (84, 116, 56) if scene == "park" else (138, 122, 98))
        for i in range(7):
            x, y, r = rng.uniform(0, w), h * rng.uniform(0.38, 0.5), rng.uniform(26, 60)
            d.rectangle([x - 5, y, x + 5, y + r * 1.8], fill=(92, 70, 48))
            for _ in range(7):
                dx, dy = rng.uniform(-r, r), rng.uniform(-r, r * 0.5)
                g = rng.randint(70, 110)
                d.ellipse([x + dx - r * 0.6, y + dy - r * 0.6, x + dx + r * 0.6, y + dy + r * 0.6], fill=(36, g, 40))
    if scene == "yard":  # an office with a red roof
        d.rectangle([w * 0.08, h * 0.3, w * 0.92, h * 0.6], fill=(232, 226, 208))
        d.polygon([(w * 0.04, h * 0.3), (w * 0.2, h * 0.15), (w * 0.8, h * 0.15), (w * 0.96, h * 0.3)], fill=(158, 72, 48))
        for i in range(7):
            x = w * (0.13 + 0.115 * i)
            d.rectangle([x, h * 0.43, x + w * 0.05, h * 0.55], fill=(96, 118, 132), outline=(120, 90, 60), width=4)
    if scene == "park":
        d.polygon([(w * 0.18, h * 0.78), (w * 0.34, h * 0.42), (w * 0.38, h * 0.42), (w * 0.26, h * 0.78)], fill=(220, 60, 50))
        d.rectangle([w * 0.345, h * 0.4, w * 0.42, h * 0.44], fill=(240, 190, 40))
        for x in (0.35, 0.41):
            d.line([(w * x, h * 0.44), (w * x, h * 0.78)], fill=(50, 90, 160), width=12)
        d.line([(w * 0.6, h * 0.78), (w * 0.65, h * 0.42), (w * 0.9, h * 0.42), (w * 0.95, h * 0.78)], fill=(40, 120, 80), width=12)
        for x in (0.71, 0.82):
            d.line([(w * x, h * 0.42), (w * x - 14, h * 0.66)], fill=(70, 70, 70), width=4)
            d.line([(w * x + 50, h * 0.42), (w * x + 36, h * 0.66)], fill=(70, 70, 70), width=4)
            d.rectangle([w * x - 20, h * 0.66, w * x + 42, h * 0.68], fill=(200, 90, 30))
    if scene == "shelf":
        for row in range(3):
            y = h * (0.36 + 0.13 * row)
            d.rectangle([w * 0.16, y, w * 0.84, y + h * 0.12], fill=(140, 96, 58))
            x = w * 0.175
            while x < w * 0.82:
                bw, bh = rng.uniform(10, 26), rng.uniform(0.07, 0.1) * h
                d.rectangle([x, y + h * 0.11 - bh, x + bw, y + h * 0.11],
                            fill=(rng.randint(40, 230), rng.randint(40, 200), rng.randint(40, 210)))
                x += bw + 3
    if scene == "sign":
        d.rectangle([w * 0.47, h * 0.5, w * 0.5, h * 0.95], fill=(120, 124, 128))
        d.rectangle([w * 0.16, h * 0.18, w * 0.84, h * 0.56], fill=colors[0], outline=(250, 250, 250), width=10)
        fit_text(d, (round(w * 0.18), round(h * 0.2), round(w * 0.82), round(h * 0.54)), list(banner), colors[1])
    elif banner:
        box = (round(w * 0.14), round(h * (0.1 if scene != "park" else 0.06)), round(w * 0.88), round(h * 0.32))
        d.rectangle([box[0] + 6, box[1] + 8, box[2] + 6, box[3] + 8], fill=(120, 112, 102))
        d.rectangle(box, fill=colors[0])
        d.rectangle([box[0], box[3] - 14, box[2], box[3]], fill=(238, 196, 60))
        fit_text(d, (box[0], box[1], box[2], box[3] - 14), list(banner), colors[1])
    if people and scene in ("hall", "yard"):
        d.rectangle([w * 0.3, h * 0.52, w * 0.72, h * 0.62], fill=(196, 44, 54))
        for i in range(5):
            person(d, rng, w * (0.35 + 0.08 * i), h * 0.46, 22, back=False)
        d.rectangle([w * 0.3, h * 0.54, w * 0.72, h * 0.63], fill=(232, 222, 214))
    rows = 3 if people > 12 else 1
    for row in range(rows):
        count = max(1, people // rows) if people else 0
        s = 26 + row * 12
        for i in range(count):
            person(d, rng, w * (i + 0.5) / count + rng.uniform(-14, 14), h * (0.66 + 0.11 * row) + rng.uniform(-8, 8), s)
    img = img.filter(ImageFilter.GaussianBlur(0.9))
    a = np.asarray(img).astype(np.float32)
    nrng = np.random.default_rng(seed_of(name))
    x = np.linspace(-1, 1, w)[None, :, None]
    y = np.linspace(-1, 1, h)[:, None, None]
    a *= 1.04 - 0.2 * (x * x + y * y) / 2
    a += nrng.normal(0, 2.2, a.shape)
    return Image.fromarray(np.clip(a, 0, 255).astype(np.uint8))


def exif(taken, lat=None, lon=None, make="ContohCam", model="CC-12", orientation=1, size=(1280, 960)):
    """EXIF as a phone writes it; `taken` is `YYYY:MM:DD hh:mm:ss` local time."""
    def dms(value):
        value = abs(value)
        deg = int(value)
        minutes = int((value - deg) * 60)
        seconds = round(((value - deg) * 60 - minutes) * 60 * 100)
        return ((deg, 1), (minutes, 1), (seconds, 100))

    tags = {"0th": {piexif.ImageIFD.Make: make, piexif.ImageIFD.Model: model, piexif.ImageIFD.Orientation: orientation,
                    piexif.ImageIFD.DateTime: taken, piexif.ImageIFD.Software: "contoh-1.0"},
            "Exif": {piexif.ExifIFD.DateTimeOriginal: taken, piexif.ExifIFD.DateTimeDigitized: taken,
                     piexif.ExifIFD.OffsetTimeOriginal: "+07:00", piexif.ExifIFD.ExposureTime: (1, 125),
                     piexif.ExifIFD.FNumber: (18, 10), piexif.ExifIFD.ISOSpeedRatings: 200,
                     piexif.ExifIFD.PixelXDimension: size[0], piexif.ExifIFD.PixelYDimension: size[1]}}
    if lat is not None:
        tags["GPS"] = {piexif.GPSIFD.GPSLatitudeRef: "S" if lat < 0 else "N", piexif.GPSIFD.GPSLatitude: dms(lat),
                       piexif.GPSIFD.GPSLongitudeRef: "E", piexif.GPSIFD.GPSLongitude: dms(lon)}
    return piexif.dump(tags)


# ── office files ────────────────────────────────────────────────────────────────────────────────

def frozen_zip(data, stamp="2024-06-01T08:00:00Z"):
    """The same office file with fixed times inside, so equal input gives equal bytes."""
    import re
    src = zipfile.ZipFile(io.BytesIO(data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as dst:
        for name in src.namelist():
            body = src.read(name)
            if name == "docProps/core.xml":
                body = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", lambda m: m.group(1) + stamp.encode(), body)
            info = zipfile.ZipInfo(name, (2024, 6, 1, 8, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            dst.writestr(info, body)
    return out.getvalue()


def docx(parts, author="Sekretariat KLA Contoh", title=""):
    """A Word file; parts are ("h", text), ("c", text), ("p", text), ("n", text) or ("t", rows)."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt
    doc = Document()
    doc.core_properties.author = author
    doc.core_properties.title = title
    doc.core_properties.comments = ""
    doc.styles["Normal"].font.name = "Liberation Serif"
    doc.styles["Normal"].font.size = Pt(12)
    for kind, value in parts:
        if kind == "t":
            table = doc.add_table(rows=0, cols=len(value[0]))
            table.style = "Table Grid"
            for row in value:
                cells = table.add_row().cells
                for cell, text in zip(cells, row):
                    cell.text = str(text)
        elif kind == "n":
            doc.add_paragraph(value, style="List Number")
        else:
            para = doc.add_paragraph()
            run = para.add_run(value)
            run.bold = kind in ("h",)
            if kind in ("h", "c"):
                para.alignment = WD_ALIGN_PARAGRAPH.CENTER
    out = io.BytesIO()
    doc.save(out)
    return frozen_zip(out.getvalue())


def xlsx(sheets, creator="Sekretariat KLA Contoh"):
    """A workbook; sheets are (name, heading lines, header row, rows)."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    book = Workbook()
    book.properties.creator = creator
    book.remove(book.active)
    thin = Side(style="thin")
    for name, heading, header, rows in sheets:
        ws = book.create_sheet(name)
        for line in heading:
            ws.append([line])
            ws.cell(ws.max_row, 1).font = Font(bold=True, size=12)
            ws.merge_cells(start_row=ws.max_row, start_column=1, end_row=ws.max_row, end_column=len(header))
            ws.cell(ws.max_row, 1).alignment = Alignment(horizontal="center")
        ws.append([])
        start = ws.max_row + 1
        ws.append(header)
        ws.cell(ws.max_row, 1)
        start = ws.max_row
        for row in rows:
            ws.append(row)
        for r in range(start, ws.max_row + 1):
            for c in range(1, len(header) + 1):
                cell = ws.cell(r, c)
                cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if r == start:
                    cell.font = Font(bold=True)
                    cell.fill = PatternFill("solid", fgColor="DDEBF7")
        for c in range(1, len(header) + 1):
            ws.column_dimensions[chr(64 + c)].width = 8 if c == 1 else 22
    out = io.BytesIO()
    book.save(out)
    return frozen_zip(out.getvalue())
