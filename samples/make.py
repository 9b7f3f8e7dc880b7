"""Makes `kabupaten-contoh/share/` and `kabupaten-contoh/expected.json`, the same bytes each time.

Everything is made up: the regency, its people, its papers, its photos. Names end in -contoh, -teladan, -umpama and
the like; NIP, NIK and register numbers are zeros; the coordinates lie at sea. National laws are cited by their real
numbers, because real papers cite them too.

The evaluation year is 2025, the evidence window 2023 and 2024.

Needs Python 3.11 and, from PyPI: Pillow 13.0.0, reportlab 5.1.0, python-docx 1.2.0, openpyxl 3.1.5, piexif 1.1.3,
pikepdf 10.17.0, pypdfium2 5.15.2, numpy 2.4.6, cryptography 50.0.2, asn1crypto 1.5.1. Fonts from Debian: fonts-liberation, fonts-dejavu (extra).

    python make.py            writes the share anew
    python make.py --check    says which files would differ, writes nothing
"""

import datetime
import hashlib
import io
import json
import sys
from pathlib import Path

import pikepdf
from PIL import Image

import kit
from kit import A4, F4, Paper, exif, jpeg, landscape, photo, render, scan, worn, seed_of

HERE = Path(__file__).resolve().parent / "kabupaten-contoh"
FILES = []   # (path, bytes, facts)

DD = "Data Dukung KLA 2025/"
K0 = DD + "00 KELEMBAGAAN/"
K1 = DD + "KLASTER I/"
K2 = DD + "Klaster II/"
K3 = DD + "klaster iii/"
K4 = DD + "KLASTER IV PENDIDIKAN/"
K5 = DD + "Klaster 5/"
KD = "Kecamatan & Desa/"
HUKUM = "DARI BAGIAN HUKUM/"
NEW = "New folder (2)/"

PDF = "application/pdf"
JPG = "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTOH = "Kabupaten Contoh"

BUPATI = "H. ARYO CONTOHWAN"
SEKDA = "RATNA TELADANI"
NIP = "00000000 000000 0 00{}"


def q(text):
    """`17-Q2 01-Q2q` → question ids."""
    return ["KLA24-" + part for part in text.split()]


def utc(*when):
    return datetime.datetime(*when, tzinfo=datetime.timezone.utc)


def put(path, data, origin="layer", media=PDF, state="indexed", pages=None, kind=None, number=None, year=None, title=None,
        issuer=None, dates=None, questions="", not_questions="", contains=(), why="", problems=(),
        may="", **more):
    """Adds one file and what must be found in it."""
    if state == "indexed":
        if pages is None:
            pages = len(pikepdf.open(io.BytesIO(data)).pages) if media == PDF else 1
        origins = [origin] * pages if isinstance(origin, str) else list(origin)
    else:
        pages, origins = None, []
    asked = q(questions)
    facts = {"path": path, "state": state, "media_type": media, "pages": pages, "text_origin": origins, "kind": kind,
             "number": number, "year": year, "title": title, "issuer": issuer, "dates": dates or {}}
    if "draft" in more:
        facts["draft"] = more.pop("draft")
    facts |= {"indicators": sorted({i[:8] for i in asked}), "questions": asked, "may_questions": q(may),
              "not_questions": q(not_questions),
              "contains": list(contains), "problems": list(problems)}
    facts |= more
    facts["why"] = why
    FILES.append((path, data, facts))
    return data


# ── the shape of regulations and decrees ────────────────────────────────────────────────────────

AUTHORITY = kit.Identity("Otoritas Contoh", "OTORITAS SERTIFIKAT CONTOH", utc(2020, 1, 1), utc(2040, 1, 1))
# What offices print below a text that is signed electronically, with an invented authority.
FOOTER = ("- UU ITE No. 11 Tahun 2008 Pasal 5 ayat 1: Informasi Elektronik dan/atau hasil cetaknya merupakan alat bukti yang sah.",
          "- Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik yang diterbitkan oleh OTORITAS SERTIFIKAT CONTOH.")
CHECK = "https://tte.contohkab.go.id/cek/"


def decree(heading, number, title, body, office="BUPATI CONTOH", region="PROVINSI CONTOH", menimbang=(), mengingat=(),
           set_as="", place="Contoh", date="", name=BUPATI, nip=None, ink=None, stamp=None, ttd=False, salinan=False,
           enacted=None, gazette=None, copy_ink=None, grace=True, face="book", size=10.5, crest=True, lampiran=None,
           nomor_face=None, top=None, decided="MEMUTUSKAN :", rank=None, letterhead=None, stamp_shift=(-46, -4),
           stamp_size=44, page=F4, tentang="TENTANG", author="Bagian Hukum Setda Contoh", considering="Menimbang",
           margin=(72, 60, 62, 62), draft=False, set_label="Menetapkan", tte=None):
    """A regulation or decree, from heading to signatures; returns a PDF with a text layer."""
    d = Paper(face, size, page, margin, title=title.title(), author=author, footer=FOOTER if tte else ())
    if salinan:
        d.p("S A L I N A N", "r", bold=True)
    if draft:
        d.p("<i>Draf harmonisasi ke-2</i>", "r", size=9)
    if letterhead:
        d.letterhead(*letterhead)
    elif crest:
        d.crest()
    for line in (top if top is not None else [office, region]):
        d.c(line)
    d.gap(6)
    for line in heading:
        d.c(line)
    d.c(f"<font name='{nomor_face}'>{number}</font>" if nomor_face else number).gap(3)
    d.c(tentang).gap(3)
    for line in title.split("\n"):
        d.c(line)
    d.gap(6)
    if grace:
        d.c("DENGAN RAHMAT TUHAN YANG MAHA ESA").gap(4)
    d.c(office + ",").gap(6)
    marks = [chr(97 + i) + "." for i in range(len(menimbang))]
    if menimbang:
        d.labelled(considering, menimbang, marks)
        d.gap(3)
    if mengingat:
        d.labelled("Mengingat", mengingat, [f"{i + 1}." for i in range(len(mengingat))])
    if heading[0].startswith("PERATURAN DAERAH"):
        d.gap(6).c(*CONSENT)
    d.gap(6).c(decided).gap(3)
    if set_as:
        d.labelled(set_label, [set_as])
    d.gap(3)
    for item in body:
        if isinstance(item, tuple) and item[0] == "K":
            d.labelled(item[1], [item[2]], label_width=84)
        elif isinstance(item, tuple) and item[0] == "B":
            d.gap(5).c(*item[1].split("\n")).gap(2)
        elif isinstance(item, tuple):
            d.gap(3).c(item[0])
            for text in item[1:]:
                mark, _, rest = text.partition("|")
                if rest:
                    d.p(f"{mark} {rest}", indent=26, first=-26)
                else:
                    d.p(text)
        else:
            d.p(item)
    d.sign(place, date, office + ",", name, nip, ink, stamp, ttd, rank=rank, stamp_shift=stamp_shift, stamp_size=stamp_size, tte=tte)
    if enacted:
        block = [d.para("Diundangkan di Contoh", "l", after=1), d.para(f"pada tanggal {enacted}", "l", after=4),
                 d.para("SEKRETARIS DAERAH KABUPATEN CONTOH,", "l", after=1)]
        block += [d.para("ttd", "l", indent=40, before=9, after=9)] if ttd else [kit.Ink((ink or 1) + 5)]
        block += [d.para(SEKDA, "l", after=6), d.para(gazette, "l")]
        d.gap(6).add(kit.KeepTogether(block))
    if salinan:
        d.copy_mark(ink=copy_ink)
    if lampiran:
        d.new_page()
        lampiran(d)
    return d.build()


def lampiran_head(d, lines):
    for line in lines:
        d.p(line, "l", indent=210, after=1)
    d.gap(10)


UU35 = ("Undang-Undang Nomor 35 Tahun 2014 tentang Perubahan atas Undang-Undang Nomor 23 Tahun 2002 tentang Perlindungan "
        "Anak (Lembaran Negara Republik Indonesia Tahun 2014 Nomor 297);")
UU23 = ("Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah diubah beberapa kali, terakhir "
        "dengan Undang-Undang Nomor 6 Tahun 2023;")
PERPRES25 = "Peraturan Presiden Nomor 25 Tahun 2021 tentang Kebijakan Kabupaten/Kota Layak Anak;"
PERMEN12 = ("Peraturan Menteri Pemberdayaan Perempuan dan Perlindungan Anak Nomor 12 Tahun 2022 tentang Penyelenggaraan "
            "Kabupaten/Kota Layak Anak;")
PERDA_KLA = ("Peraturan Daerah Kabupaten Contoh Nomor 4 Tahun 2022 tentang Penyelenggaraan Kabupaten Layak Anak (Lembaran "
             "Daerah Kabupaten Contoh Tahun 2022 Nomor 4);")
PERDA_KTR = "Peraturan Daerah Kabupaten Contoh Nomor 5 Tahun 2022 tentang Kawasan Tanpa Rokok;"
CONSENT = ("Dengan Persetujuan Bersama", "DEWAN PERWAKILAN RAKYAT DAERAH KABUPATEN CONTOH", "dan", "BUPATI CONTOH")


# ── Kelembagaan: indicators 1 to 3 ──────────────────────────────────────────────────────────────

def kelembagaan():
    perda_kla = decree(
        ["PERATURAN DAERAH KABUPATEN CONTOH"], "NOMOR 4 TAHUN 2022", "PENYELENGGARAAN KABUPATEN LAYAK ANAK",
        [("B", "BAB I\nKETENTUAN UMUM"),
         ("Pasal 1", "Dalam Peraturan Daerah ini yang dimaksud dengan:", "1.|Daerah adalah Kabupaten Contoh.",
          "2.|Bupati adalah Bupati Contoh.",
          "3.|Anak adalah seseorang yang belum berusia 18 (delapan belas) tahun, termasuk anak yang masih dalam kandungan.",
          "4.|Kabupaten Layak Anak yang selanjutnya disingkat KLA adalah kabupaten dengan sistem pembangunan yang menjamin "
          "pemenuhan hak anak dan perlindungan khusus anak yang dilakukan secara terencana, menyeluruh, dan berkelanjutan.",
          "5.|Gugus Tugas KLA adalah lembaga koordinatif yang mengoordinasikan kebijakan, program, dan kegiatan KLA."),
         ("Pasal 2", "Penyelenggaraan KLA berasaskan nondiskriminasi, kepentingan terbaik bagi anak, hak hidup dan tumbuh "
                     "kembang, serta penghargaan terhadap pandangan anak."),
         ("B", "BAB II\nRUANG LINGKUP"),
         ("Pasal 3", "Ruang lingkup Peraturan Daerah ini meliputi:", "a.|kelembagaan;", "b.|hak sipil dan kebebasan;",
          "c.|lingkungan keluarga dan pengasuhan alternatif;", "d.|kesehatan dasar dan kesejahteraan;",
          "e.|pendidikan, pemanfaatan waktu luang, dan kegiatan budaya; dan", "f.|perlindungan khusus."),
         ("B", "BAB III\nPERAN PEMERINTAH DAERAH"),
         ("Pasal 4", "(1)|Pemerintah Daerah wajib menyelenggarakan KLA melalui perencanaan, pelaksanaan, pemantauan, dan evaluasi.",
          "(2)|Penyelenggaraan KLA sebagaimana dimaksud pada ayat (1) dituangkan dalam Rencana Aksi Daerah KLA.",
          "(3)|Rencana Aksi Daerah KLA ditetapkan dengan Peraturan Bupati."),
         ("Pasal 5", "Pemerintah Daerah membentuk Gugus Tugas KLA yang keanggotaannya ditetapkan dengan Keputusan Bupati."),
         ("Pasal 6", "(1)|Setiap anak berhak menyampaikan pandangan melalui Forum Anak.",
          "(2)|Forum Anak dilibatkan dalam musyawarah perencanaan pembangunan."),
         ("B", "BAB IV\nKETENTUAN PENUTUP"),
         ("Pasal 7", "Pada saat Peraturan Daerah ini mulai berlaku, Peraturan Daerah Kabupaten Contoh Nomor 11 Tahun 2013 tentang "
                     "Perlindungan Anak dicabut dan dinyatakan tidak berlaku."),
         ("Pasal 8", "Peraturan Daerah ini mulai berlaku pada tanggal diundangkan."),
         "Agar setiap orang mengetahuinya, memerintahkan pengundangan Peraturan Daerah ini dengan penempatannya dalam Lembaran "
         "Daerah Kabupaten Contoh."],
        menimbang=["bahwa anak merupakan amanah dan karunia Tuhan Yang Maha Esa yang dalam dirinya melekat harkat dan martabat "
                   "sebagai manusia seutuhnya;",
                   "bahwa untuk menjamin terpenuhinya hak anak perlu upaya bersama Pemerintah Daerah, masyarakat, dunia usaha, dan "
                   "media massa;",
                   "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Peraturan Daerah "
                   "tentang Penyelenggaraan Kabupaten Layak Anak;"],
        mengingat=["Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik Indonesia Tahun 1945;", UU35, UU23, PERPRES25],
        set_as="PERATURAN DAERAH TENTANG PENYELENGGARAAN KABUPATEN LAYAK ANAK.", date="14 Maret 2022", ink=3,
        stamp="BUPATI", enacted="15 Maret 2022", gazette="LEMBARAN DAERAH KABUPATEN CONTOH TAHUN 2022 NOMOR 4")
    path = K0 + "Indikator 1/1.1 Perda KLA No 4 Th 2022.pdf"
    put(path, scan(path, perda_kla, "g4", skew=[0.3, -0.4, 0.2], speck=14, edge=True), "ocr", kind="perda", number="4", year=2022,
        title="PENYELENGGARAAN KABUPATEN LAYAK ANAK", issuer=CONTOH,
        dates={"ditetapkan": "2022-03-14", "diundangkan": "2022-03-15"}, questions="01-Q1",
        not_questions="01-Q2d 01-Q2u 02-Q1 02-Q4 06-Q1", contains=["nondiskriminasi", "Gugus Tugas", "pengundangan"],
        revokes=[{"kind": "perda", "number": "11", "year": 2013}],
        why="The KLA regulation itself, black-and-white scan; older than the window but in force. It proves question 1 only: "
            "the topic questions exclude it. It names task force, action plan and children's forum without being them, and "
            "revokes Perda 11/2013.")

    perbup = decree(
        ["PERATURAN BUPATI CONTOH"], "NOMOR 21 TAHUN 2023", "PENCEGAHAN PERKAWINAN PADA USIA ANAK",
        [("Pasal 1", "Dalam Peraturan Bupati ini yang dimaksud dengan Perkawinan pada Usia Anak adalah perkawinan yang dilakukan "
                     "antara seorang laki-laki dengan seorang perempuan yang salah satu atau keduanya belum berusia 19 (sembilan "
                     "belas) tahun."),
         ("Pasal 2", "Pencegahan perkawinan pada usia anak dilakukan oleh Pemerintah Daerah, orang tua, anak, masyarakat, dan "
                     "pemangku kepentingan."),
         ("Pasal 3", "(1)|Setiap permohonan dispensasi kawin didahului konseling pada Pusat Pembelajaran Keluarga.",
          "(2)|Hasil konseling dituangkan dalam surat rekomendasi."),
         ("Pasal 4", "Peraturan Bupati ini mulai berlaku pada tanggal diundangkan.")],
        menimbang=["bahwa perkawinan pada usia anak berdampak buruk bagi kesehatan, pendidikan, dan ekonomi anak;",
                   "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Peraturan Bupati tentang "
                   "Pencegahan Perkawinan pada Usia Anak;"],
        mengingat=["Undang-Undang Nomor 16 Tahun 2019 tentang Perubahan atas Undang-Undang Nomor 1 Tahun 1974 tentang Perkawinan;",
                   UU35, PERDA_KLA],
        set_as="PERATURAN BUPATI TENTANG PENCEGAHAN PERKAWINAN PADA USIA ANAK.", date="5 Juni 2023", ink=4, stamp="BUPATI",
        enacted="5 Juni 2023", gazette="BERITA DAERAH KABUPATEN CONTOH TAHUN 2023 NOMOR 21", face="serif", size=12)
    path = K0 + "Indikator 1/1.2.f Perbup Pencegahan Perkawinan Anak.pdf"
    put(path, scan(path, perbup, "grey", dpi=170, quality=38, skew=[2.4, -2.1], noise=3, edge=True), "ocr", kind="perkada", number="21", year=2023,
        title="PENCEGAHAN PERKAWINAN PADA USIA ANAK", issuer=CONTOH,
        dates={"ditetapkan": "2023-06-05", "diundangkan": "2023-06-05"}, questions="01-Q2f", not_questions="01-Q1 01-Q2g",
        contains=["dispensasi", "konseling", "rekomendasi"], why="Topic policy of indicator 1 about early marriage; grey scan, the "
        "sheet lies 2.4 degrees askew. Cites the KLA Perda, which is not its own number.")

    ins = decree(
        ["INSTRUKSI BUPATI CONTOH"], "NOMOR 2 TAHUN 2023", "RUTE AMAN SELAMAT KE DAN DARI SEKOLAH",
        [("K", "KESATU", "Menyediakan rute aman dan selamat ke dan dari sekolah berupa jalur pejalan kaki, jalur sepeda, zona selamat "
                         "sekolah, dan angkutan anak sekolah."),
         ("K", "KEDUA", "Kepala Dinas Perhubungan memasang rambu dan marka zona selamat sekolah di seluruh ruas jalan di depan satuan "
                        "pendidikan."),
         ("K", "KETIGA", "Kepala Dinas Pendidikan dan Kebudayaan melatih guru, komite, dan peserta didik tentang tertib lalu lintas."),
         ("K", "KEEMPAT", "Melaporkan pelaksanaan Instruksi ini kepada Bupati setiap 6 (enam) bulan."),
         ("K", "KELIMA", "Instruksi Bupati ini mulai berlaku pada tanggal dikeluarkan.")],
        menimbang=[], mengingat=[], grace=False, decided="MENGINSTRUKSIKAN :", face="sans", size=12, set_label="Kepada",
        set_as="Kepala Dinas Perhubungan, Kepala Dinas Pendidikan dan Kebudayaan, dan para Camat se-Kabupaten Contoh.",
        date="17 April 2023", ink=5, stamp="BUPATI")
    path = K0 + "Indikator 1/k. Instruksi Bupati RASS.pdf"
    put(path, scan(path, ins, "grey", dpi=150, quality=30, noise=9, blur=0.9, contrast=0.8, tone=228, speck=60, edge=True), "ocr", kind="inkada", number="2", year=2023,
        title="RUTE AMAN SELAMAT KE DAN DARI SEKOLAH", issuer=CONTOH, dates={"ditetapkan": "2023-04-17"}, questions="01-Q2k", may="11-Q5",
        contains=["marka", "angkutan", "pejalan"], not_questions="01-Q2s",
        why="Regent's instruction on safe routes to school; a weak, grainy 150 dpi scan.")

    dpa = Paper("sans", 10, landscape((F4[0], F4[1])), (50, 46, 50, 46), title="DPA DP3A 2024")
    dpa.c("PEMERINTAH KABUPATEN CONTOH", bold=True, size=12).c("DOKUMEN PELAKSANAAN ANGGARAN", "SATUAN KERJA PERANGKAT DAERAH", bold=True)
    dpa.c("TAHUN ANGGARAN 2024").c("NOMOR DPA/A.1/2.08.0.00.0.00.01/001/2024").gap(6)
    dpa.pairs([("Organisasi", "Dinas Pemberdayaan Perempuan dan Perlindungan Anak"),
               ("Program", "Program Pemenuhan Hak Anak (PHA)"),
               ("Kegiatan", "Pelembagaan PHA pada Lembaga Pemerintah, Nonpemerintah, dan Dunia Usaha"),
               ("Sumber dana", "Dana Alokasi Umum")], 92).gap(4)
    dpa.grid([["Kode rekening", "Uraian", "Volume", "Satuan", "Harga satuan (Rp)", "Jumlah (Rp)"],
              ["2.08.06.2.01.01", "Rapat koordinasi Gugus Tugas Kabupaten Layak Anak", "4", "kali", "12.500.000", "50.000.000"],
              ["2.08.06.2.01.02", "Promosi dan sosialisasi Kabupaten Layak Anak", "10", "kecamatan", "7.500.000", "75.000.000"],
              ["2.08.06.2.01.03", "Bimbingan teknis Konvensi Hak Anak", "2", "angkatan", "42.000.000", "84.000.000"],
              ["2.08.06.2.01.04", "Pemantauan dan evaluasi pelaksanaan Kabupaten Layak Anak", "2", "kali", "9.000.000", "18.000.000"],
              ["2.08.06.2.02.01", "Penguatan kapasitas Forum Anak Daerah", "1", "paket", "36.400.000", "36.400.000"],
              ["", "JUMLAH", "", "", "", "263.400.000"]], [15, 44, 9, 11, 17, 17], align=["l", "l", "r", "l", "r", "r"], size=9)
    left = [dpa.para("Mengetahui:", "l", after=1), dpa.para("Kepala Bappeda Kabupaten Contoh,", "l", after=1),
            kit.Ink(12, "BAPPEDA", (74, 2), 34), dpa.para("<u>JOKO PERUMPAMAAN</u>", "l", bold=True, after=1),
            dpa.para("NIP " + NIP.format(5), "l")]
    dpa.sign("Contoh", "8 Januari 2024", "Kepala DP3A Kabupaten Contoh,", "SARI CONTOHNINGRUM", NIP.format(2), 13, "DINAS P3A", verb=None,
             left=left, stamp_size=36)
    path = K0 + "Indikator 1/Anggaran/DPA DP3A 2024 ttd Bappeda.pdf"
    put(path, scan(path, dpa.build(), "g4", speck=6), "ocr", kind="anggaran", number="DPA/A.1/2.08.0.00.0.00.01/001/2024", year=2024,
        title="DOKUMEN PELAKSANAAN ANGGARAN SATUAN KERJA PERANGKAT DAERAH TAHUN ANGGARAN 2024", issuer="Dinas Pemberdayaan Perempuan dan Perlindungan Anak Kabupaten Contoh",
        dates={"surat": "2024-01-08"}, questions="01-Q3a 01-Q3b 01-Q3c 01-Q3d 01-Q3h", not_questions="02-Q2 02-Q5",
        contains=["Bappeda", "Alokasi", "rekening", "263.400.000"],
        why="Budget signed and stamped by the planning board, landscape table; one sheet proves five budget questions.")

    put(K0 + "Indikator 1/Anggaran/RKA KTR 2024 (belum ttd).xlsx", kit.xlsx([
        ("RKA", ["RENCANA KERJA DAN ANGGARAN", "DINAS KESEHATAN KABUPATEN CONTOH", "TAHUN ANGGARAN 2024"],
         ["No", "Uraian", "Volume", "Jumlah (Rp)"],
         [[1, "Pengawasan Kawasan Tanpa Rokok di 24 puskesmas", "12 bulan", 48000000],
          [2, "Cetak stiker dan papan larangan merokok", "600 lembar", 21000000],
          [3, "Pelatihan satgas KTR", "1 angkatan", 33500000]])]), media=XLSX, kind="anggaran", year=2024,
        title="RENCANA KERJA DAN ANGGARAN DINAS KESEHATAN KABUPATEN CONTOH TAHUN ANGGARAN 2024", issuer="Dinas Kesehatan Kabupaten Contoh",
        questions="01-Q3u", not_questions="17-Q4", contains=["stiker", "larangan merokok", "satgas"], problems=["unsigned"],
        why="Budget for smoke-free areas as a workbook without any signature: about question 3u, too weak to prove it.")

    draft = decree(
        ["RANCANGAN", "PERATURAN BUPATI CONTOH"], "NOMOR ... TAHUN 2024", "SATUAN PENDIDIKAN RAMAH ANAK",
        [("Pasal 1", "Satuan Pendidikan Ramah Anak yang selanjutnya disingkat SRA adalah satuan pendidikan yang aman, bersih, sehat, "
                     "peduli, dan berbudaya lingkungan hidup, serta mampu menjamin hak anak dari kekerasan dan perundungan."),
         ("Pasal 2", "Setiap satuan pendidikan membentuk tim pelaksana SRA dan menyediakan kanal pengaduan."),
         ("Pasal 3", "Peraturan Bupati ini mulai berlaku pada tanggal diundangkan.")],
        menimbang=["bahwa satuan pendidikan wajib memberi rasa aman bagi peserta didik;",
                   "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Peraturan Bupati tentang Satuan "
                   "Pendidikan Ramah Anak;"],
        mengingat=[UU35, "Peraturan Menteri Pemberdayaan Perempuan dan Perlindungan Anak Nomor 8 Tahun 2014 tentang Kebijakan Sekolah "
                   "Ramah Anak;", PERDA_KLA],
        set_as="PERATURAN BUPATI TENTANG SATUAN PENDIDIKAN RAMAH ANAK.", date=".................. 2024", name="(.................)",
        crest=False, face="serif", size=12, draft=True)
    put(K0 + "Indikator 1/s. RANCANGAN Perbup SRA 2024 rev2.pdf", draft, kind="perkada", number=None, year=2024,
        title="SATUAN PENDIDIKAN RAMAH ANAK", issuer=CONTOH, draft=True, questions="01-Q2s", not_questions="19-Q1 19-Q2a 19-Q2b",
        contains=["perundungan", "kanal pengaduan"], problems=["draft", "no_number", "undated", "unsigned"],
        why="A draft: RANCANGAN in the heading, dots for number and date. The numbers 35 and 8 in it belong to other laws.")

    ba = Paper("serif", 12, A4, title="Berita Acara")
    ba.letterhead("DINAS PEMBERDAYAAN PEREMPUAN", "DAN PERLINDUNGAN ANAK")
    ba.c("BERITA ACARA", bold=True, size=13).c("KONSULTASI ANAK DALAM PENYUSUNAN RAPERDA KABUPATEN LAYAK ANAK", bold=True)
    ba.c("NOMOR 400.2/31/DP3A/2022").gap(8)
    ba.p("Pada hari ini, Sabtu tanggal lima bulan Februari tahun dua ribu dua puluh dua, bertempat di Aula DP3A Kabupaten Contoh, telah "
         "dilaksanakan konsultasi dengan 32 (tiga puluh dua) anak perwakilan Forum Anak Daerah untuk mendengar pandangan dan usulan anak "
         "terhadap Rancangan Peraturan Daerah tentang Penyelenggaraan Kabupaten Layak Anak, dengan hasil sebagai berikut:")
    for i, t in enumerate(["Anak mengusulkan agar Forum Anak dilibatkan dalam musrenbang sampai tingkat desa (diterima, Pasal 6).",
                           "Anak mengusulkan taman bermain di setiap kecamatan (ditampung dalam Rencana Aksi Daerah).",
                           "Anak mengusulkan larangan iklan rokok di sekitar sekolah (diteruskan ke Raperda Kawasan Tanpa Rokok)."]):
        ba.p(f"{i + 1}. {t}", indent=20, first=-14)
    ba.p("Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.")
    ba.sign("Contoh", "5 Februari 2022", "Kepala Bidang Pemenuhan Hak Anak,", "WAHYU MISALKAN", NIP.format(6), ttd=True, verb=None)
    put(K0 + "Indikator 1/1.4_BA konsultasi anak raperda KLA.pdf", ba.build(), kind="ba", number="400.2/31/DP3A/2022", year=2022,
        title="KONSULTASI ANAK DALAM PENYUSUNAN RAPERDA KABUPATEN LAYAK ANAK",
        issuer="Dinas Pemberdayaan Perempuan dan Perlindungan Anak Kabupaten Contoh", dates={"surat": "2022-02-05"}, questions="01-Q4",
        not_questions="01-Q1 17-Q2", contains=["perwakilan", "musrenbang", "iklan rokok"],
        why="Minutes that children were heard on the draft KLA regulation. Older than the window, as such a hearing must be.")

    # indicator 2
    members = [["No", "Jabatan dalam gugus tugas", "Nama / jabatan dinas"],
               ["1", "Pembina", "Bupati Contoh"], ["2", "Ketua", "Kepala Bappeda Kabupaten Contoh"],
               ["3", "Wakil Ketua", "Sekretaris Daerah Kabupaten Contoh"], ["4", "Sekretaris", "Kepala DP3A Kabupaten Contoh"],
               ["5", "Koordinator Kelembagaan", "Kepala Bagian Hukum Setda"],
               ["6", "Koordinator Klaster I", "Kepala Dinas Kependudukan dan Pencatatan Sipil"],
               ["7", "Koordinator Klaster II", "Kepala Kantor Kementerian Agama"],
               ["8", "Koordinator Klaster III", "Kepala Dinas Kesehatan"],
               ["9", "Koordinator Klaster IV", "Kepala Dinas Pendidikan dan Kebudayaan"],
               ["10", "Koordinator Klaster V", "Kepala Dinas Sosial"],
               ["11", "Anggota unsur masyarakat", "Ketua LSM Tunas Umpama"],
               ["12", "Anggota unsur dunia usaha", "Ketua APSAI Kabupaten Contoh"],
               ["13", "Anggota unsur media", "Pemimpin Redaksi Radio Suara Contoh"],
               ["14", "Anggota unsur anak", "Ketua Forum Anak Daerah"]]

    def susunan(d):
        lampiran_head(d, ["LAMPIRAN", "KEPUTUSAN BUPATI CONTOH", "NOMOR 100.3.3.2/145/2023", "TENTANG",
                          "PEMBENTUKAN GUGUS TUGAS KABUPATEN LAYAK ANAK"])
        d.c("SUSUNAN KEANGGOTAAN GUGUS TUGAS", "KABUPATEN LAYAK ANAK KABUPATEN CONTOH").gap(6)
        d.grid(members, [6, 30, 44], align=["c", "l", "l"], size=10.5)
        d.sign(None, None, "BUPATI CONTOH,", BUPATI, ink=21, stamp="BUPATI", stamp_shift=(-60, 0), stamp_size=48)

    sk_gt = decree(
        ["KEPUTUSAN BUPATI CONTOH"], "NOMOR 100.3.3.2/145/2023", "PEMBENTUKAN GUGUS TUGAS\nKABUPATEN LAYAK ANAK",
        [("K", "KESATU", "Membentuk Gugus Tugas Kabupaten Layak Anak Kabupaten Contoh dengan susunan keanggotaan sebagaimana tercantum "
                         "dalam Lampiran yang merupakan bagian tidak terpisahkan dari Keputusan Bupati ini."),
         ("K", "KEDUA", "Gugus Tugas sebagaimana dimaksud dalam Diktum KESATU mempunyai tugas mengoordinasikan advokasi, sosialisasi, "
                        "fasilitasi, pemantauan, dan evaluasi penyelenggaraan Kabupaten Layak Anak."),
         ("K", "KETIGA", "Segala biaya yang timbul akibat ditetapkannya Keputusan Bupati ini dibebankan pada Anggaran Pendapatan dan "
                         "Belanja Daerah Kabupaten Contoh."),
         ("K", "KEEMPAT", "Keputusan Bupati Nomor 411/88/2017 tentang Gugus Tugas Kabupaten Layak Anak dicabut dan dinyatakan tidak "
                          "berlaku."),
         ("K", "KELIMA", "Keputusan Bupati ini mulai berlaku pada tanggal ditetapkan.")],
        menimbang=["bahwa untuk mewujudkan Kabupaten Layak Anak perlu koordinasi lintas perangkat daerah;",
                   "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Keputusan Bupati tentang "
                   "Pembentukan Gugus Tugas Kabupaten Layak Anak;"],
        mengingat=[UU35, UU23, PERPRES25, PERDA_KLA], set_as="KEPUTUSAN BUPATI TENTANG PEMBENTUKAN GUGUS TUGAS KABUPATEN LAYAK ANAK.",
        date="20 Februari 2023", ink=21, stamp="BUPATI", lampiran=susunan, grace=False, face="book", size=11,
        stamp_shift=(-14, 10), stamp_size=56)
    facts = dict(kind="kepkada", number="100.3.3.2/145/2023", year=2023, title="PEMBENTUKAN GUGUS TUGAS KABUPATEN LAYAK ANAK",
                 issuer=CONTOH, dates={"ditetapkan": "2023-02-20"}, questions="02-Q1", not_questions="02-Q2 03-Q2 06-Q1 09-Q1",
                 contains=["APSAI", "Diktum", "fasilitasi", "Tunas Umpama"])
    first = K0 + "Indikator 2/2.1 SK Gugus Tugas KLA 2023.pdf"
    put(first, scan(first, sk_gt, "color", dpi=170, quality=33, skew=[-0.5, 0.4, 0.2], noise=2.5), "ocr", **facts,
        revokes=[{"kind": "kepkada", "number": "411/88/2017", "year": 2017}],
        why="The task-force decree with its member list, colour scan, signed, round stamp over the text.")
    second = K0 + "Indikator 2/SK GUGUS TUGAS (scan ulang).pdf"
    put(second, scan(second, sk_gt, "g4", skew=[0.7, -0.6, -0.2], scale=0.99, shift=(7, -9), speck=30, edge=True, noise=7), "ocr", **facts,
        near_duplicate_of=first, problems=["near_duplicate"],
        why="The same decree scanned again: black and white, 1 % smaller, other dust. Not the same bytes, the same evidence.")

    old = decree(
        ["KEPUTUSAN BUPATI CONTOH"], "NOMOR 411/88/2017", "GUGUS TUGAS KABUPATEN LAYAK ANAK\nKABUPATEN CONTOH TAHUN 2017",
        [("K", "KESATU", "Membentuk Gugus Tugas Kabupaten Layak Anak Kabupaten Contoh Tahun 2017 yang terdiri atas Ketua: Sekretaris "
                         "Daerah; Sekretaris: Kepala Badan Pemberdayaan Perempuan; Anggota: Kepala Dinas Kesehatan, Kepala Dinas "
                         "Pendidikan, dan Kepala Dinas Sosial."),
         ("K", "KEDUA", "Keputusan ini berlaku sampai dengan tanggal 31 Desember 2017."),
         ("K", "KETIGA", "Keputusan ini mulai berlaku sejak tanggal ditetapkan.")],
        menimbang=["bahwa dalam rangka pelaksanaan pengembangan Kabupaten Layak Anak perlu dibentuk Gugus Tugas;"],
        mengingat=[UU35, "Peraturan Menteri Negara Pemberdayaan Perempuan dan Perlindungan Anak Nomor 11 Tahun 2011 tentang Kebijakan "
                   "Pengembangan Kabupaten/Kota Layak Anak;"], set_as="KEPUTUSAN BUPATI TENTANG GUGUS TUGAS KABUPATEN LAYAK ANAK.",
        date="9 Mei 2017", name="Drs. H. SUTAN MISALKAN", ttd=True, grace=False, face="serif", size=12, salinan=True, copy_ink=31)
    path = K0 + "Indikator 2/lama/sk gugus tugas kla.pdf"
    put(path, scan(path, old, "g4", skew=-0.8, speck=120, blur=1.0, edge=True), "ocr", kind="kepkada", number="411/88/2017", year=2017,
        title="GUGUS TUGAS KABUPATEN LAYAK ANAK KABUPATEN CONTOH TAHUN 2017", issuer=CONTOH, dates={"ditetapkan": "2017-05-09"}, questions="02-Q1",
        contains=["Sekretaris", "Pemberdayaan", "Salinan"], problems=["outside_window", "expired", "revoked"],
        why="The task force of 2017: right subject, six years too old, ended with 2017 and revoked by the decree of 2023. Dusty copy "
            "with `ttd` and the true-copy mark.")

    rad = Paper("sans", 11, A4, title="RAD KLA 2023-2026", author="Bappeda Contoh")
    rad.gap(60).crest(80).gap(30).c("RENCANA AKSI DAERAH", "KABUPATEN LAYAK ANAK", "KABUPATEN CONTOH", "TAHUN 2023-2026", bold=True, size=20, lead=1.4)
    rad.gap(210).c("BADAN PERENCANAAN PEMBANGUNAN DAERAH", "KABUPATEN CONTOH", "Juli 2023", size=13).new_page()
    rad.c("BAB I", "PENDAHULUAN", bold=True).gap(6)
    rad.p("Rencana Aksi Daerah Kabupaten Layak Anak (RAD-KLA) adalah dokumen rencana yang memuat program dan kegiatan kelembagaan dan lima "
          "klaster hak anak, selaras dengan RPJMD Kabupaten Contoh Tahun 2021-2026. RAD-KLA menjadi pedoman perangkat daerah, lembaga "
          "masyarakat, dunia usaha, dan media massa dalam pemenuhan hak anak dan perlindungan khusus anak.")
    rad.p("Dokumen ini disusun oleh Gugus Tugas Kabupaten Layak Anak berdasarkan Peraturan Daerah Kabupaten Contoh Nomor 4 Tahun 2022 dan "
          "melalui konsultasi dengan Forum Anak Daerah.").gap(4)
    rad.c("BAB II", "MATRIKS RENCANA AKSI", bold=True).gap(6)
    rad.grid([["Klaster", "Kegiatan", "Indikator", "Target 2023", "Target 2024", "Penanggung jawab"],
              ["Kelembagaan", "Rapat koordinasi gugus tugas", "Jumlah rapat", "4", "4", "DP3A"],
              ["Klaster I", "Jemput bola akta kelahiran", "Cakupan akta", "96%", "98%", "Disdukcapil"],
              ["Klaster II", "Konseling pranikah di Puspaga", "Dispensasi kawin turun", "20%", "30%", "DP3A, Kemenag"],
              ["Klaster III", "Perluasan kawasan tanpa rokok", "Fasilitas ber-KTR", "70%", "85%", "Dinkes, Satpol PP"],
              ["Klaster IV", "Pembentukan sekolah ramah anak", "Satuan pendidikan", "120", "180", "Disdikbud"],
              ["Klaster V", "Penguatan PATBM", "Desa ber-PATBM", "40", "75", "Dinsos, UPTD PPA"]], [12, 26, 20, 10, 10, 16])
    rad.sign("Contoh", "10 Juli 2023", "Kepala Bappeda Kabupaten Contoh,", "JOKO PERUMPAMAAN", NIP.format(5), ttd=True, verb=None)
    put(K0 + "Indikator 2/2.4 RAD KLA 2023-2026 FINAL fix.pdf", rad.build(), kind="rad", year=2023,
        title="RENCANA AKSI DAERAH KABUPATEN LAYAK ANAK KABUPATEN CONTOH TAHUN 2023-2026",
        issuer="Badan Perencanaan Pembangunan Daerah Kabupaten Contoh", dates={"surat": "2023-07-10"}, questions="02-Q4",
        not_questions="17-Q3a 19-Q2b 04-Q7", contains=["RPJMD", "Jemput bola", "pranikah"],
        why="The action plan with all clusters, born digital. Its rows name every topic, it proves none of them.")

    mon = Paper("sans", 11, A4, title="Monev RAD KLA 2024")
    mon.letterhead("DINAS PEMBERDAYAAN PEREMPUAN", "DAN PERLINDUNGAN ANAK")
    mon.c("LAPORAN PEMANTAUAN DAN EVALUASI", "RENCANA AKSI DAERAH KABUPATEN LAYAK ANAK", "TAHUN 2024", bold=True).gap(6)
    mon.p("Pemantauan dan evaluasi dilaksanakan pada tanggal 2 s.d. 6 Desember 2024 terhadap 22 (dua puluh dua) perangkat daerah. Capaian "
          "kegiatan RAD-KLA Tahun 2024 adalah sebagai berikut:")
    mon.grid([["Klaster", "Kegiatan", "Target", "Realisasi", "Keterangan"], ["Kelembagaan", "8", "8", "8", "tercapai"],
              ["I", "12", "12", "11", "satu kegiatan ditunda"], ["II", "9", "9", "8", "anggaran bergeser"],
              ["III", "14", "14", "14", "tercapai"], ["IV", "10", "10", "9", "menunggu SK"], ["V", "11", "11", "10", "kurang petugas"]],
             [14, 12, 12, 12, 30])
    mon.gap(4).p("Rekomendasi: perangkat daerah melengkapi bukti dukung, mempercepat penetapan keputusan, dan menyelaraskan anggaran.")
    mon.sign("Contoh", "12 Desember 2024", "Kepala Dinas,", "SARI CONTOHNINGRUM", NIP.format(2), ttd=True, verb=None)
    put(K0 + "Indikator 2/2.5 Monev RAD-KLA 2024.pdf", mon.build(), kind="monev", year=2024,
        title="LAPORAN PEMANTAUAN DAN EVALUASI RENCANA AKSI DAERAH KABUPATEN LAYAK ANAK TAHUN 2024",
        issuer="Dinas Pemberdayaan Perempuan dan Perlindungan Anak Kabupaten Contoh", dates={"surat": "2024-12-12"}, questions="02-Q5",
        not_questions="02-Q4", contains=["Realisasi", "menyelaraskan"], why="Yearly monitoring of the action plan, born digital.")

    put(K0 + "Indikator 2/Rakor 14 Mei/2.3 Undangan Rakor.docx", kit.docx([
        ("h", "PEMERINTAH KABUPATEN CONTOH"), ("h", "SEKRETARIAT DAERAH"), ("c", "Jalan Contoh Raya Nomor 1, Contoh 00000"),
        ("p", "Contoh, 8 Mei 2024"), ("p", "Nomor\t: 400.2.4/212/DP3A"), ("p", "Sifat\t: Penting"), ("p", "Lampiran\t: -"),
        ("p", "Hal\t: Undangan Rapat Koordinasi Gugus Tugas KLA"), ("p", "Yth. Anggota Gugus Tugas Kabupaten Layak Anak di Tempat"),
        ("p", "Mengharap kehadiran Saudara pada rapat koordinasi Gugus Tugas Kabupaten Layak Anak, yang akan dilaksanakan pada:"),
        ("p", "hari, tanggal\t: Selasa, 14 Mei 2024"), ("p", "pukul\t: 09.00 WIB"), ("p", "tempat\t: Ruang Rapat Bappeda"),
        ("p", "acara\t: Persiapan penilaian mandiri dan pembagian tugas pengumpulan bukti"),
        ("p", "Demikian, atas kehadirannya diucapkan terima kasih."), ("p", "a.n. BUPATI CONTOH"), ("p", "Sekretaris Daerah,"),
        ("p", "ttd"), ("p", SEKDA)], title="Undangan"), media=DOCX, kind="undangan", number="400.2.4/212/DP3A", year=2024,
        title="Undangan Rapat Koordinasi Gugus Tugas KLA", issuer="Sekretariat Daerah Kabupaten Contoh",
        dates={"surat": "2024-05-08", "kegiatan": "2024-05-14"}, questions="02-Q3", not_questions="02-Q1", activity="rakor-2024-05-14",
        contains=["kehadiran", "penilaian mandiri"], why="Invitation to the task force meeting.")
    put(K0 + "Indikator 2/Rakor 14 Mei/2.3 Notulen Rakor GT KLA 14 Mei 2024.docx", kit.docx([
        ("h", "NOTULA"), ("h", "RAPAT KOORDINASI GUGUS TUGAS KABUPATEN LAYAK ANAK"),
        ("p", "Hari/Tanggal\t: Selasa, 14 Mei 2024"), ("p", "Tempat\t: Ruang Rapat Bappeda Kabupaten Contoh"),
        ("p", "Pimpinan rapat\t: Kepala Bappeda"), ("p", "Notulis\t: Budi Misalkan"), ("p", "Jalannya rapat:"),
        ("n", "Kepala Bappeda membuka rapat dan mengingatkan bahwa bukti dukung harus dari tahun 2023 dan 2024."),
        ("n", "Dinas Kesehatan melaporkan perluasan Kawasan Tanpa Rokok di sekolah."),
        ("n", "Dinas Kependudukan dan Pencatatan Sipil meminta data anak panti yang belum berakta."),
        ("n", "APSAI menyanggupi bantuan ruang laktasi di dua pasar."), ("p", "Tindak lanjut:"),
        ("t", [["No", "Tindak lanjut", "Penanggung jawab", "Batas waktu"], ["1", "Melengkapi matriks KTR", "Dinas Kesehatan", "31 Mei 2024"],
               ["2", "Menerbitkan SK SRA", "Dinas Pendidikan dan Kebudayaan", "30 Juni 2024"],
               ["3", "Pelatihan Konvensi Hak Anak", "DP3A", "31 Juli 2024"]]),
        ("p", "Notulis,"), ("p", "ttd"), ("p", "Budi Misalkan")], title="Notula rakor"), media=DOCX, kind="notula",
        year=2024, title="RAPAT KOORDINASI GUGUS TUGAS KABUPATEN LAYAK ANAK", dates={"kegiatan": "2024-05-14"},
        questions="02-Q3", not_questions="17-Q3b 19-Q2b", activity="rakor-2024-05-14", contains=["Notulis", "menyanggupi", "laktasi"],
        why="Minutes of the same meeting; smoke-free areas and schools are only talked about.")
    put(K0 + "Indikator 2/Rakor 14 Mei/~$3 Notulen Rakor GT KLA 14 Mei 2024.docx",
        b"\x06Budi M" + b" " * 47 + b"\x06\x00B\x00u\x00d\x00i\x00 \x00M" + b"\x20\x00" * 50, media=None, state="ignored",
        why="The lock file Word leaves while the minutes are open.")

    hadir = Paper("serif", 12, F4, numbers=False)
    names = ["Joko Perumpamaan|Bappeda", "Sari Contohningrum|DP3A", "Dewi Umpama|Bagian Hukum", "Wahyu Misalkan|DP3A",
             "Tono Teladanto|Dinas Kesehatan", "Lina Ibaratwati|Disdikbud", "Agus Contohadi|Disdukcapil", "Rini Seumpama|Dinas Sosial",
             "Hadi Andaikan|Satpol PP", "Yuni Misalnya|Kemenag", "Dodi Umpamanto|Diskominfo", "Maya Contohsari|Dinas Perhubungan",
             "Bayu Teladan|APSAI", "Nina Perumpama|LSM Tunas Umpama", "Rudi Ibarat|Radio Suara Contoh", "Putri Andaian|Forum Anak",
             "Edi Seandainya|BPBD", "Tuti Contohwati|Dinas Pariwisata", "Oki Misaldi|Dinas PUPR", "Wati Umpamasari|UPTD PPA",
             "Gani Teladanu|Polres", "Sinta Ibarani|Bagian Kesra"]

    def sheet(start, part):
        if start:
            hadir.new_page()
        hadir.c("DAFTAR HADIR", bold=True, size=14).gap(4)
        hadir.pairs([("Acara", "Rapat Koordinasi Gugus Tugas Kabupaten Layak Anak"), ("Hari/Tanggal", "Selasa, 14 Mei 2024"),
                     ("Tempat", "Ruang Rapat Bappeda Kabupaten Contoh")]).gap(6)
        rows = [["No", "Nama", "Instansi", "Tanda tangan"]]
        table = [[hadir.para(v, "c", bold=True, after=0) for v in rows[0]]]
        for i, line in enumerate(part):
            n, inst = line.split("|")
            table.append([hadir.para(str(start + i + 1), "c", after=0), hadir.para(n, "l", after=0), hadir.para(inst, "l", after=0),
                          kit.Ink(100 + start + i, height=38)])
        t = kit.Table(table, colWidths=[30, 170, 140, 138])
        t.setStyle(kit.TableStyle([("GRID", (0, 0), (-1, -1), 0.7, "#000000"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
        hadir.add(t)
    sheet(0, names[:12])
    sheet(12, names[12:])
    path = K0 + "Indikator 2/Rakor 14 Mei/daftar hadir rakor.tif"
    sheets = [kit.bilevel(worn(im, seed_of(path) + i, skew=(0.6, -0.5)[i], speck=20)) for i, im in enumerate(render(hadir.build()))]
    out = io.BytesIO()
    sheets[0].save(out, "TIFF", compression="group4", save_all=True, append_images=sheets[1:], dpi=(200, 200))
    put(path, out.getvalue(), "ocr", media="image/tiff", pages=2, kind="hadir", year=2024,
        title="Rapat Koordinasi Gugus Tugas Kabupaten Layak Anak", dates={"kegiatan": "2024-05-14"}, questions="02-Q3",
        not_questions="02-Q2", activity="rakor-2024-05-14", contains=["Instansi", "Teladanto", "Umpamanto"],
        why="Attendance list of the meeting, two pages in one TIFF, with signatures. A meeting is no training in children's rights.")

    prof = Paper("serif", 10.5, A4, title="Profil Anak Kabupaten Contoh 2023", author="DP3A Contoh")
    prof.c("PROFIL ANAK KABUPATEN CONTOH", "TAHUN 2023", bold=True, size=16).c("Dinas Pemberdayaan Perempuan dan Perlindungan Anak Kabupaten Contoh", size=11)
    prof.gap(4)
    head = len(prof.flow)
    for title, text in [
        ("Penduduk usia anak", "Jumlah penduduk usia 0-17 tahun pada akhir tahun 2023 sebanyak 98.412 jiwa, terdiri atas 50.377 anak laki-laki "
         "dan 48.035 anak perempuan, atau 31,2 persen dari seluruh penduduk. Sebaran terbesar berada di Kecamatan Sukamaju."),
        ("Klaster I Hak sipil dan kebebasan", "Kepemilikan akta kelahiran mencapai 97,1 persen dan Kartu Identitas Anak 74,6 persen. Forum Anak "
         "terbentuk di tingkat kabupaten dan sembilan kecamatan."),
        ("Klaster II Keluarga dan pengasuhan", "Dispensasi kawin yang dikabulkan turun dari 41 perkara pada tahun 2022 menjadi 33 perkara pada "
         "tahun 2023. Terdapat enam lembaga kesejahteraan sosial anak dengan 214 anak asuh."),
        ("Klaster III Kesehatan dasar", "Prevalensi stunting 14,8 persen. Persalinan di fasilitas kesehatan 99,2 persen. Imunisasi dasar lengkap "
         "95,3 persen. Rumah tangga dengan sanitasi layak 88,7 persen."),
        ("Klaster IV Pendidikan", "Angka partisipasi sekolah usia 7-12 tahun 99,5 persen dan usia 16-18 tahun 81,4 persen. Satuan pendidikan yang "
         "telah ditetapkan sebagai sekolah ramah anak sebanyak 122."),
        ("Klaster V Perlindungan khusus", "Kasus kekerasan terhadap anak yang dilayani UPTD PPA sebanyak 37 kasus, seluruhnya memperoleh layanan "
         "pendampingan. Tidak terdapat anak yang ditahan bersama orang dewasa."),
        ("Metode", "Data dihimpun dari perangkat daerah dan instansi vertikal per 31 Desember 2023, dipilah menurut jenis kelamin, umur, dan "
         "kecamatan. Angka bersifat rekaan untuk contoh."),
    ]:
        if title.startswith("Klaster IV"):
            prof.add(kit.FrameBreak())
        prof.p(title, "l", bold=True, before=5).p(text)
    put(K0 + "Indikator 2/2.6 Profil Anak 2023.pdf", prof.build((head, 74)), kind="profil", year=2023,
        title="PROFIL ANAK KABUPATEN CONTOH TAHUN 2023", issuer="Dinas Pemberdayaan Perempuan dan Perlindungan Anak Kabupaten Contoh",
        questions="02-Q6", not_questions="04-Q2 13-Q3 07-Q1", contains=["98.412", "Dispensasi", "dipilah"],
        why="Child profile over the five clusters, two columns: reading across them mixes sentences.")

    shot = Paper("sans", 12, (720, 560), (40, 30, 40, 30), numbers=False)
    shot.p("CONTOHNEWS.EXAMPLE &nbsp; | &nbsp; Beranda &nbsp; Daerah &nbsp; Anak &nbsp; Video", "l", bold=True, size=11, color="#0b5394").gap(8)
    shot.p("Hari Anak Nasional, Kabupaten Contoh Kampanyekan Kabupaten Layak Anak", "l", bold=True, size=23, lead=1.15).gap(4)
    shot.p("Selasa, 23 Juli 2024 10:42 WIB - Redaksi", "l", size=10, color="#666666").gap(6)
    shot.p("CONTOH - Pemerintah Kabupaten Contoh memperingati Hari Anak Nasional di Alun-Alun Contoh dengan pawai dan pameran. Bupati menyampaikan "
           "bahwa Kabupaten Layak Anak adalah kerja bersama pemerintah, masyarakat, dunia usaha, dan media.", "l", size=13)
    shot.p("Leaflet dan poster tentang hak anak dibagikan kepada pengunjung oleh Dinas Pemberdayaan Perempuan dan Perlindungan Anak.", "l", size=13)
    img = render(shot.build(), 110)[0].quantize(48)
    out = io.BytesIO()
    img.save(out, "PNG", optimize=True)
    put(K0 + "Indikator 2/2.7 Screenshot 2024-07-23 berita HAN.png", out.getvalue(), "ocr", media="image/png", kind="publikasi", year=2024,
        title="Hari Anak Nasional, Kabupaten Contoh Kampanyekan Kabupaten Layak Anak", dates={"terbit": "2024-07-23"}, questions="02-Q7",
        contains=["Leaflet", "pawai", "pengunjung"], why="Screen picture of a news page about the campaign.")

    # indicator 3
    mou = Paper("serif", 12, F4, title="PKS")
    mou.c("PERJANJIAN KERJA SAMA", "ANTARA", "DINAS KESEHATAN KABUPATEN CONTOH", "DENGAN", "PT CONTOH MAJU BERSAMA", "TENTANG",
          "PENYEDIAAN RUANG LAKTASI DAN EDUKASI GIZI ANAK", bold=True).gap(4)
    mou.c("NOMOR 400.7/17/DINKES/2024", "NOMOR 003/PKS/CMB/II/2024").gap(8)
    mou.p("Pada hari ini Rabu tanggal dua puluh satu bulan Februari tahun dua ribu dua puluh empat (21-02-2024), bertempat di Contoh, yang bertanda "
          "tangan di bawah ini: TONO TELADANTO, Kepala Dinas Kesehatan Kabupaten Contoh, selanjutnya disebut PIHAK KESATU; dan BAYU TELADAN, "
          "Direktur PT Contoh Maju Bersama, selanjutnya disebut PIHAK KEDUA, sepakat mengadakan kerja sama sebagai berikut:")
    for t, s in [("Pasal 1", "Kerja sama ini bertujuan menyediakan ruang laktasi di dua pasar dan satu terminal serta edukasi gizi anak bagi 500 "
                  "keluarga karyawan dan masyarakat."),
                 ("Pasal 2", "PIHAK KEDUA menyediakan ruang, perabot, dan petugas terlatih; PIHAK KESATU menyediakan tenaga konselor menyusui dan "
                  "pembinaan. Kerja sama bukan bantuan sekali jadi, melainkan program selama masa perjanjian."),
                 ("Pasal 3", "Perjanjian ini berlaku selama 2 (dua) tahun sejak ditandatangani dan dapat diperpanjang.")]:
        mou.gap(3).c(t).p(s)
    left = [mou.para("PIHAK KEDUA,", "l"), kit.Ink(41, "PT CONTOH MAJU BERSAMA|DIREKSI", (58, -2), 38), mou.para("BAYU TELADAN", "l", bold=True)]
    mou.sign(None, None, "PIHAK KESATU,", "TONO TELADANTO", NIP.format(7), 42, "DINAS KESEHATAN", left=left)
    path = K0 + "Indikator 3/3.1d PKS Dinkes - PT Contoh Maju Bersama.pdf"
    put(path, scan(path, mou.build(), "g4", skew=0.5, speck=16), "ocr", kind="mou", number="400.7/17/DINKES/2024", year=2024,
        title="PENYEDIAAN RUANG LAKTASI DAN EDUKASI GIZI ANAK", issuer="Dinas Kesehatan Kabupaten Contoh", dates={"surat": "2024-02-21"},
        questions="03-Q1d", may="14-Q9 13-Q5", not_questions="14-Q6 03-Q2", contains=["laktasi", "perabot", "diperpanjang"],
        other_numbers=["003/PKS/CMB/II/2024"], why="Partnership with a firm for cluster III: two numbers, one per party; the first is the "
        "government's.")

    trap = decree(
        ["PERATURAN DAERAH KABUPATEN CONTOH"], "NOMOR 8 TAHUN 2023", "PENYERTAAN MODAL DAERAH PADA PERUSAHAAN UMUM DAERAH CONTOH SEJAHTERA\n"
        "DAN ANAK PERUSAHAAN",
        [("Pasal 1", "Anak Perusahaan adalah badan usaha yang sahamnya paling sedikit 51% (lima puluh satu persen) dimiliki oleh Perusahaan Umum "
                     "Daerah Contoh Sejahtera."),
         ("Pasal 2", "Penyertaan modal dimaksudkan untuk meningkatkan layanan dan kapasitas usaha induk dan anak perusahaan."),
         ("Pasal 3", "Besaran penyertaan modal ditetapkan sejumlah Rp12.000.000.000,00 (dua belas miliar rupiah)."),
         ("Pasal 4", "Direksi anak perusahaan menyampaikan laporan keuangan setiap triwulan."),
         ("Pasal 5", "Peraturan Daerah ini mulai berlaku pada tanggal diundangkan.")],
        menimbang=["bahwa untuk memperkuat struktur permodalan badan usaha milik daerah beserta anak perusahaannya, perlu penyertaan modal;"],
        mengingat=[UU23, "Peraturan Pemerintah Nomor 54 Tahun 2017 tentang Badan Usaha Milik Daerah;"],
        set_as="PERATURAN DAERAH TENTANG PENYERTAAN MODAL DAERAH.", date="11 September 2023", ttd=True, enacted="12 September 2023",
        gazette="LEMBARAN DAERAH KABUPATEN CONTOH TAHUN 2023 NOMOR 8", salinan=True, face="serif", size=12, copy_ink=None)
    put(K0 + "Indikator 3/Perda 8-2023 dunia usaha & anak perusahaan.pdf", trap, kind="perda", number="8", year=2023,
        title="PENYERTAAN MODAL DAERAH PADA PERUSAHAAN UMUM DAERAH CONTOH SEJAHTERA DAN ANAK PERUSAHAAN", issuer=CONTOH,
        dates={"ditetapkan": "2023-09-11", "diundangkan": "2023-09-12"}, not_questions="03-Q1a 03-Q1b 03-Q1c 03-Q1d 03-Q1e 03-Q1f 03-Q2 03-Q3 01-Q1",
        contains=["triwulan", "sahamnya"], problems=["off_topic"],
        why="Trap: `anak perusahaan` is a subsidiary. Capital for a firm, filed under partnership by someone who saw the word anak.")


# ── Klaster I: indicators 4 to 6 ────────────────────────────────────────────────────────────────

def klaster1():
    put(K1 + "Indikator 4 Disdukcapil/4.1 Data akta kelahiran & KIA 2023-2024.xlsx", kit.xlsx([
        (f"{y}", [f"DATA REGISTRASI ANAK, AKTA KELAHIRAN DAN KARTU IDENTITAS ANAK TAHUN {y}", "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL KABUPATEN CONTOH"],
         ["No", "Kecamatan", "Jumlah anak", "Teregistrasi", "Memiliki akta", "Persen akta", "Memiliki KIA"],
         [[i + 1, k, n, n - 20 * (i + 1) + d, round(n * (0.955 + 0.02 * (y - 2023)) + i), f"{95.5 + 2 * (y - 2023):.1f}%", round(n * (0.74 + 0.05 * (y - 2023)))]
          for i, (k, n, d) in enumerate([("Sukamaju", 18240, 4), ("Mekarjaya", 15110, 9), ("Harapan", 12705, 2), ("Tanjung Contoh", 9890, 7),
                                         ("Sungai Umpama", 8420, 1), ("Bukit Teladan", 7311, 3)])]) for y in (2023, 2024)]),
        media=XLSX, pages=2, kind="data", year=2024, title="DATA REGISTRASI ANAK, AKTA KELAHIRAN DAN KARTU IDENTITAS ANAK TAHUN 2023",
        issuer="Dinas Kependudukan dan Pencatatan Sipil Kabupaten Contoh", questions="04-Q1 04-Q2 04-Q3", not_questions="04-Q7",
        contains=["Teregistrasi", "Mekarjaya", "Sungai Umpama"], accept_years=[2023, 2024],
        why="Figures of two years, one sheet a year; `KIA` is the identity card here, not the mother-and-child book of indicator 12.")

    se = Paper("sans", 11.5, A4, title="Surat Edaran")
    se.crest().c("BUPATI CONTOH").gap(6).p("Contoh, 3 Agustus 2023", "r").gap(4)
    se.p("Yth. 1. Kepala Perangkat Daerah<br/>2. Camat<br/>3. Kepala Desa/Lurah<br/>di Kabupaten Contoh", "l").gap(6)
    se.c("SURAT EDARAN", "NOMOR 400.12/118/SE/2023", bold=True).c("TENTANG").c("PERCEPATAN PENCATATAN KELAHIRAN DAN KEPEMILIKAN", "KUTIPAN AKTA KELAHIRAN ANAK").gap(8)
    se.p("Menindaklanjuti Undang-Undang Nomor 24 Tahun 2013 tentang Administrasi Kependudukan dan Peraturan Menteri Dalam Negeri Nomor 9 Tahun 2016 "
         "tentang Percepatan Peningkatan Cakupan Kepemilikan Akta Kelahiran, dengan ini diminta:")
    for t in ["Setiap kelahiran dilaporkan paling lambat 60 (enam puluh) hari dan dicatat tanpa dipungut biaya.",
              "Puskesmas dan rumah sakit menerbitkan surat keterangan lahir serta mengirimkannya secara daring kepada Dinas Kependudukan dan Pencatatan Sipil.",
              "Anak di panti, anak terlantar, dan anak tanpa asal-usul dibantu memperoleh akta dengan surat pernyataan tanggung jawab mutlak.",
              "Pelayanan jemput bola dilaksanakan di desa terpencil sekurang-kurangnya sekali dalam 3 (tiga) bulan."]:
        se.p("&bull; " + t, indent=20, first=-12)
    se.p("Demikian untuk dilaksanakan dengan penuh tanggung jawab.")
    se.sign(None, None, "BUPATI CONTOH,", BUPATI, ttd=True)
    put(K1 + "Indikator 4 Disdukcapil/SE Bupati percepatan akta.pdf", se.build(), kind="se", number="400.12/118/SE/2023", year=2023,
        title="PERCEPATAN PENCATATAN KELAHIRAN DAN KEPEMILIKAN KUTIPAN AKTA KELAHIRAN ANAK", issuer=CONTOH, dates={"surat": "2023-08-03"},
        questions="01-Q2a 04-Q4", may="01-Q2b", not_questions="04-Q2", contains=["jemput bola", "asal-usul", "terpencil"],
        why="Circular on birth registration: a topic policy of indicator 1 and a mechanism for indicator 4; item 3 is about children in care.")

    sop = Paper("sans", 10, A4, title="SOP Akta Kelahiran", margin=(50, 46, 50, 46))
    sop.grid([["PEMERINTAH KABUPATEN CONTOH<br/>DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL", "Nomor SOP : 400.12/SOP-07/DUKCAPIL/2023<br/>Tanggal pembuatan : 6 Maret 2023<br/>"
               "Disahkan oleh : Kepala Dinas<br/>Nama SOP : PELAYANAN AKTA KELAHIRAN BAGI ANAK"]], [1, 1.2], head=0, size=10)
    sop.gap(6).c("STANDAR OPERASIONAL PROSEDUR", "PELAYANAN AKTA KELAHIRAN BAGI ANAK", bold=True, size=12).gap(6)
    sop.grid([["No", "Kegiatan", "Pelaksana", "Kelengkapan", "Waktu", "Keluaran"],
              ["1", "Pemohon mengisi formulir F-2.01 dan menyerahkan berkas", "Pemohon", "Surat keterangan lahir, KK", "10 menit", "Berkas"],
              ["2", "Petugas loket memeriksa kelengkapan berkas", "Petugas loket", "Daftar periksa", "10 menit", "Tanda terima"],
              ["3", "Operator merekam data pada SIAK", "Operator", "Berkas", "15 menit", "Konsep akta"],
              ["4", "Verifikasi oleh pejabat pencatatan sipil", "Kepala Bidang", "Konsep akta", "30 menit", "Persetujuan"],
              ["5", "Penerbitan kutipan akta dan KIA dalam satu paket", "Operator", "Persetujuan", "10 menit", "Kutipan akta"]], [5, 34, 16, 20, 11, 15])
    sop.sign("Contoh", "6 Maret 2023", "Kepala Dinas Kependudukan\ndan Pencatatan Sipil,", "AGUS CONTOHADI", NIP.format(8), ttd=True, verb=None)
    put(K1 + "Indikator 4 Disdukcapil/4.4 SOP akta kelahiran - Copy.pdf", sop.build(), kind="sop", number="400.12/SOP-07/DUKCAPIL/2023", year=2023,
        title="PELAYANAN AKTA KELAHIRAN BAGI ANAK", issuer="Dinas Kependudukan dan Pencatatan Sipil Kabupaten Contoh", dates={"surat": "2023-03-06"},
        questions="04-Q4", not_questions="04-Q1", contains=["F-2.01", "SIAK", "loket"], why="Procedure as a table, named `- Copy` though there is no other.")

    path = K1 + "Indikator 5/5.1 Pojok baca layak anak.jpg"
    put(path, jpeg(photo(path, ["TAMAN BACA LAYAK ANAK", "PERPUSTAKAAN DAERAH KABUPATEN CONTOH"], "shelf", colors=((24, 96, 60), (255, 255, 255)), people=6), 72),
        "ocr", media=JPG, kind="foto", questions="05-Q1", not_questions="26-Q10 25-Q9", contains=["TAMAN BACA", "PERPUSTAKAAN"],
        problems=["no_photo_date", "no_caption"], why="Photo of a reading corner without any EXIF: no date, no place.")

    fad = decree(
        ["KEPUTUSAN BUPATI CONTOH"], "NOMOR : 188.45/77/KEP/2023", "PENGUKUHAN PENGURUS FORUM ANAK DAERAH\nKABUPATEN CONTOH MASA BAKTI 2023-2025",
        [("K", "KESATU", "Mengukuhkan Pengurus Forum Anak Daerah Kabupaten Contoh Masa Bakti 2023-2025 yang terdiri atas 1 (satu) ketua, 2 (dua) wakil "
                         "ketua, 2 (dua) sekretaris, 2 (dua) bendahara, dan 5 (lima) bidang."),
         ("K", "KEDUA", "Forum Anak Daerah berperan sebagai Pelopor dan Pelapor serta berpartisipasi dalam perencanaan pembangunan."),
         ("K", "KETIGA", "Dinas Pemberdayaan Perempuan dan Perlindungan Anak melaksanakan pelatihan kepemimpinan dan penguatan kapasitas pengurus setiap tahun."),
         ("K", "KEEMPAT", "Keputusan Bupati ini mulai berlaku pada tanggal ditetapkan.")],
        menimbang=["bahwa anak berhak menyatakan dan didengar pendapatnya sesuai dengan tingkat kecerdasan dan usianya;",
                   "bahwa untuk itu perlu mengukuhkan Pengurus Forum Anak Daerah dengan Keputusan Bupati;"], mengingat=[UU35, PERDA_KLA],
        set_as="KEPUTUSAN BUPATI TENTANG PENGUKUHAN PENGURUS FORUM ANAK DAERAH.", date="27 Maret 2023", ink=51, stamp="BUPATI", grace=False, face="serif", size=12)
    path = K1 + "Indikator 6 Forum Anak/VI.1 SK FAD 2023-2025.pdf"
    put(path, scan(path, fad, "g4", turn=90, speck=10), "ocr", kind="kepkada", number="188.45/77/KEP/2023", year=2023,
        title="PENGUKUHAN PENGURUS FORUM ANAK DAERAH KABUPATEN CONTOH MASA BAKTI 2023-2025", issuer=CONTOH, dates={"ditetapkan": "2023-03-27"},
        questions="06-Q1", not_questions="02-Q1 01-Q2d", contains=["bendahara", "Pelopor", "kepemimpinan"], turned=90,
        why="Decree on the children's forum; the sheet went through the scanner sideways, so the picture stands a quarter turn "
            "counter-clockwise and the PDF does not say so.")

    us = Paper("serif", 12, A4)
    us.c("SUARA ANAK KABUPATEN CONTOH", "USULAN FORUM ANAK DALAM MUSRENBANG RKPD TAHUN 2025", bold=True, size=13).gap(4)
    us.p("Disampaikan pada Musyawarah Perencanaan Pembangunan Kabupaten Contoh, Kamis, 21 Maret 2024, di Pendopo Kabupaten.", "c").gap(6)
    us.grid([["No", "Usulan anak", "Tujuan", "Tanggapan"],
             ["1", "Trotoar dan zona selamat di depan sekolah", "Dinas Perhubungan", "Diterima, RKPD 2025"],
             ["2", "Konselor sebaya di setiap SMP", "Disdikbud", "Diterima"],
             ["3", "Layanan aduan anak lewat pesan singkat", "UPTD PPA", "Diterima"],
             ["4", "Perpustakaan keliling ke pulau", "Dinas Perpustakaan", "Ditunda, RKPD 2026"]], [6, 40, 22, 24])
    us.gap(8).p("Usulan ini dirumuskan oleh 45 anak dari sembilan kecamatan pada lokakarya tanggal 9 Maret 2024.")
    us.sign("Contoh", "21 Maret 2024", "Ketua Forum Anak Daerah,", "P. A. (inisial)", ttd=True, verb=None)
    put(K1 + "Indikator 6 Forum Anak/6.2 Suara Anak musrenbang 2024.pdf", us.build(), kind="usulan", year=2024,
        title="USULAN FORUM ANAK DALAM MUSRENBANG RKPD TAHUN 2025", issuer="Forum Anak Daerah Kabupaten Contoh", dates={"kegiatan": "2024-03-21"},
        questions="06-Q2", not_questions="01-Q4 11-Q5 05-Q1", contains=["Trotoar", "sebaya", "lokakarya"], accept_years=[2024, 2025],
        why="What the children proposed in the planning meeting, with the answers.")

    path = K1 + "Indikator 6 Forum Anak/foto/IMG_20240810_093015.jpg"
    put(path, jpeg(photo(path, ["FORUM ANAK DAERAH KABUPATEN CONTOH", "KAMPANYE PELOPOR DAN PELAPOR", "10 AGUSTUS 2024"], "yard", colors=((20, 70, 150), (255, 255, 255))), 70,
                   exif("2024:08:10 09:30:15", -5.5021, 110.4987)), "ocr", media=JPG, kind="foto", dates={"foto": "2024-08-10", "kegiatan": "2024-08-10"},
        questions="06-Q3", not_questions="06-Q1 06-Q4", contains=["KAMPANYE", "PELAPOR"], gps=[-5.5021, 110.4987], activity="forum-anak-2024-08-10",
        why="Photo with date, place and a readable banner.")
    put(K1 + "Indikator 6 Forum Anak/foto/keterangan foto.txt",
        ("KETERANGAN FOTO INDIKATOR 6\r\n\r\nIMG_20240810_093015.jpg : Kampanye Pelopor dan Pelapor (2P) oleh Forum Anak Daerah Kabupaten Contoh,\r\n"
         "Sabtu 10 Agustus 2024 di halaman Kantor Kecamatan Sukamaju, diikuti 120 anak. Dokumentasi DP3A.\r\n").encode("utf-8"), media="text/plain", kind=None,
        title="KETERANGAN FOTO INDIKATOR 6", dates={"kegiatan": "2024-08-10"}, questions="06-Q3", contains=["halaman", "Dokumentasi"], activity="forum-anak-2024-08-10",
        caption_of=[path], why="Caption for the photo beside it, plain text with Windows line ends.")
    put(K1 + "Indikator 6 Forum Anak/foto/Thumbs.db", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + b"\x3e\0\x03\0\xfe\xff\x09\0" + b"\0" * 992 + bytes(range(256)) * 6,
        media=None, state="ignored", why="Windows picture cache.")


# ── Klaster II: indicators 7 to 11 ──────────────────────────────────────────────────────────────

def klaster2(reused_from):
    put(K2 + "7. Perkawinan Anak/Matriks 7.1 dispensasi kawin.xlsx", kit.xlsx([
        ("Matriks", ["MATRIKS DATA PERKAWINAN ANAK DAN PENYEBABNYA", "KABUPATEN CONTOH TAHUN 2023 DAN 2024"],
         ["No", "Kecamatan", "Perkawinan anak 2023", "Perkawinan anak 2024", "Dispensasi dikabulkan 2024", "Penyebab utama"],
         [[1, "Sukamaju", 9, 6, 5, "Putus sekolah"], [2, "Mekarjaya", 7, 6, 6, "Ekonomi keluarga"], [3, "Harapan", 5, 3, 3, "Kehamilan tidak diinginkan"],
          [4, "Tanjung Contoh", 6, 4, 4, "Tradisi"], [5, "Sungai Umpama", 4, 4, 3, "Ekonomi keluarga"], [6, "Bukit Teladan", 2, 0, 0, "-"]])]),
        media=XLSX, kind="matriks", year=2024, title="MATRIKS DATA PERKAWINAN ANAK DAN PENYEBABNYA KABUPATEN CONTOH TAHUN 2023 DAN 2024", questions="07-Q1", may="25-Q6",
        not_questions="01-Q2f", contains=["Putus sekolah", "Tradisi"], accept_years=[2023, 2024], why="The table question 7.1 asks for, per district.")

    lap = Paper("serif", 12, A4, title="Laporan kegiatan", author="DP3A")
    lap.letterhead("DINAS PEMBERDAYAAN PEREMPUAN", "DAN PERLINDUNGAN ANAK")
    lap.c("LAPORAN KEGIATAN", "SOSIALISASI PENCEGAHAN PERKAWINAN ANAK", "DI KECAMATAN TANJUNG CONTOH", bold=True).gap(6)
    for t, s in [("A. Latar belakang", "Kecamatan Tanjung Contoh mencatat enam perkawinan anak pada tahun 2023. Peraturan Bupati Contoh Nomor 21 Tahun 2023 "
                  "mengamanatkan pencegahan oleh semua pihak."),
                 ("B. Waktu dan tempat", "Kegiatan dilaksanakan pada hari Kamis tanggal 19 Oktober 2023 di Balai Kecamatan Tanjung Contoh."),
                 ("C. Peserta dan narasumber", "Peserta 86 orang, terdiri atas remaja, orang tua, penghulu, dan kader. Narasumber dari Kantor Kementerian Agama dan "
                  "Pengadilan Agama."),
                 ("D. Hasil", "Peserta menandatangani ikrar desa tanpa perkawinan anak. Penghulu sepakat menolak pendaftaran tanpa putusan dispensasi."),
                 ("E. Penutup", "Laporan ini dibuat sebagai pertanggungjawaban kegiatan.")]:
        lap.p(t, "l", bold=True, before=4).p(s)
    lap.sign("Contoh", "25 Oktober 2023", "Kepala Bidang Pemenuhan Hak Anak,", "WAHYU MISALKAN", NIP.format(6), ttd=True, verb=None)
    lap.new_page().c("DOKUMENTASI KEGIATAN", bold=True).gap(8)
    pic = io.BytesIO(jpeg(photo("laporan perkawinan", ["STOP PERKAWINAN ANAK"], "hall", (900, 600), ((120, 40, 120), (255, 255, 255))), 60))
    lap.add(kit.RLImage(pic, 420, 280)).gap(4).p("Gambar 1. Pembukaan oleh Camat Tanjung Contoh, 19 Oktober 2023", "c", size=10)
    put(K2 + "7. Perkawinan Anak/VII.2 Laporan sosialisasi Tj Contoh.pdf", lap.build(), kind="laporan", year=2023,
        title="SOSIALISASI PENCEGAHAN PERKAWINAN ANAK DI KECAMATAN TANJUNG CONTOH",
        issuer="Dinas Pemberdayaan Perempuan dan Perlindungan Anak Kabupaten Contoh", dates={"kegiatan": "2023-10-19", "surat": "2023-10-25"}, questions="07-Q2",
        not_questions="01-Q2f 25-Q6", contains=["penghulu", "ikrar", "Gambar 1"], why="Activity report with a photo page; the regulation it cites is not its own number.")

    path = K2 + "7. Perkawinan Anak/IMG-20240315-WA0007.jpg"
    again = Image.open(io.BytesIO(reused_from[1])).resize((800, 600), Image.LANCZOS)
    put(path, jpeg(again, 48), "ocr", media=JPG, kind="foto", dates={"kegiatan": "2024-03-12"}, questions="17-Q1", not_questions="07-Q2 07-Q1 07-Q3", contains=["KAWASAN TANPA ROKOK"],
        same_photo_as=reused_from[0], problems=["reused_photo", "off_topic", "no_photo_date"],
        why="The photo of the smoke-free campaign again, smaller, recompressed, EXIF gone as after a messenger, filed as evidence on early marriage.")

    pus = decree(
        ["KEPUTUSAN KEPALA DINAS PEMBERDAYAAN PEREMPUAN", "DAN PERLINDUNGAN ANAK KABUPATEN CONTOH"], "NOMOR 400.2/19/DP3A/2024", "PENETAPAN PENGELOLA PUSAT PEMBELAJARAN KELUARGA\n"
        "(PUSPAGA) HARMONI KABUPATEN CONTOH",
        [("K", "KESATU", "Menetapkan pengelola Pusat Pembelajaran Keluarga Harmoni yang terdiri atas 1 (satu) koordinator, 2 (dua) psikolog, 2 (dua) konselor, dan 1 (satu) tenaga administrasi."),
         ("K", "KEDUA", "Pengelola memberikan layanan konsultasi pengasuhan kepada orang tua dan keluarga setiap hari kerja."),
         ("K", "KETIGA", "Keputusan ini berlaku sejak tanggal ditetapkan sampai dengan 31 Desember 2024.")],
        office="KEPALA DINAS PEMBERDAYAAN PEREMPUAN DAN PERLINDUNGAN ANAK", letterhead=["DINAS PEMBERDAYAAN PEREMPUAN", "DAN PERLINDUNGAN ANAK"], top=[],
        menimbang=["bahwa keluarga memerlukan layanan pembelajaran dan konsultasi satu pintu;"], mengingat=[UU35, PERDA_KLA], set_as="KEPUTUSAN KEPALA DINAS TENTANG PENETAPAN PENGELOLA PUSPAGA HARMONI.",
        date="15 Januari 2024", name="SARI CONTOHNINGRUM", nip=NIP.format(2), ink=61, stamp="DINAS P3A", grace=False, face="sans", size=11, rank="Pembina Utama Muda")
    path = K2 + "8/8.1.SK PUSPAGA 2024.pdf"
    put(path, scan(path, pus, "g4", skew=-1.2, speck=24, edge=True), "ocr", kind="kepkadis", number="400.2/19/DP3A/2024", year=2024,
        title="PENETAPAN PENGELOLA PUSAT PEMBELAJARAN KELUARGA (PUSPAGA) HARMONI KABUPATEN CONTOH", issuer="Dinas Pemberdayaan Perempuan dan Perlindungan Anak Kabupaten Contoh",
        dates={"ditetapkan": "2024-01-15"}, questions="08-Q1", not_questions="01-Q2g 08-Q7", contains=["psikolog", "Harmoni", "konsultasi"], why="Head of office's decree on the family centre.")

    path = K2 + "11 RBRA/Foto taman bermain.jpg"
    put(path, jpeg(photo(path, ["RUANG BERMAIN RAMAH ANAK", "TAMAN CERIA CONTOH"], "park", colors=((220, 120, 20), (255, 255, 255)), people=5), 70,
                   exif("2019:08:17 15:12:40", -5.5103, 110.5121, model="CC-08")), "ocr", media=JPG, kind="foto", dates={"foto": "2019-08-17"}, questions="11-Q1", not_questions="26-Q14 25-Q12 11-Q2",
        contains=["RUANG BERMAIN", "CERIA"], gps=[-5.5103, 110.5121], problems=["outside_window", "no_caption"], why="Playground photo taken in 2019, before the window; a photo never proves certification.")


# ── Klaster III: indicators 12 to 17 ────────────────────────────────────────────────────────────

def photo_ktr():
    path = K3 + "Ind.17 KTR/foto sosialisasi KTR 12-03-2024.jpg"
    data = jpeg(photo(path, ["SOSIALISASI KAWASAN TANPA ROKOK", "12 MARET 2024"], "hall"), 74, exif("2024:03:12 09:48:02", -5.4987, 110.5044))
    return path, data


def perda_ktr():
    return decree(
        ["PERATURAN DAERAH KABUPATEN CONTOH"], "NOMOR 5 TAHUN 2022", "KAWASAN TANPA ROKOK",
        [("B", "BAB I\nKETENTUAN UMUM"),
         ("Pasal 1", "Dalam Peraturan Daerah ini yang dimaksud dengan:", "1.|Rokok adalah salah satu produk tembakau yang dimaksudkan untuk dibakar, diisap, dan/atau dihirup asapnya, termasuk rokok elektronik.",
          "2.|Kawasan Tanpa Rokok yang selanjutnya disingkat KTR adalah ruangan atau area yang dinyatakan dilarang untuk kegiatan merokok atau kegiatan memproduksi, menjual, mengiklankan, dan/atau mempromosikan produk tembakau."),
         ("B", "BAB II\nPENETAPAN KAWASAN TANPA ROKOK"),
         ("Pasal 2", "KTR meliputi:", "a.|fasilitas pelayanan kesehatan;", "b.|tempat proses belajar mengajar;", "c.|tempat anak bermain;", "d.|tempat ibadah;", "e.|angkutan umum;", "f.|tempat kerja; dan", "g.|tempat umum lainnya."),
         ("Pasal 3", "Setiap orang dilarang merokok, menjual, mengiklankan, mempromosikan, dan memberikan sponsor produk tembakau di KTR."),
         ("B", "BAB III\nPENGAWASAN"), ("Pasal 4", "Bupati membentuk satuan tugas pengawasan KTR."),
         ("B", "BAB IV\nSANKSI"),
         ("Pasal 5", "(1)|Setiap pimpinan atau penanggung jawab KTR yang melanggar dikenai sanksi administratif berupa teguran lisan, teguran tertulis, dan denda administratif paling banyak Rp5.000.000,00 (lima juta rupiah).",
          "(2)|Setiap orang yang merokok di KTR dipidana dengan pidana kurungan paling lama 3 (tiga) hari atau denda paling banyak Rp50.000,00 (lima puluh ribu rupiah)."),
         ("Pasal 6", "Peraturan Daerah ini mulai berlaku pada tanggal diundangkan.")],
        menimbang=["bahwa asap rokok membahayakan kesehatan, terutama bagi anak dan ibu hamil;",
                   "bahwa untuk melaksanakan ketentuan Pasal 115 ayat (2) Undang-Undang Nomor 36 Tahun 2009 tentang Kesehatan, perlu menetapkan Peraturan Daerah tentang Kawasan Tanpa Rokok;"],
        mengingat=["Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik Indonesia Tahun 1945;", UU23,
                   "Peraturan Pemerintah Nomor 109 Tahun 2012 tentang Pengamanan Bahan yang Mengandung Zat Adiktif Berupa Produk Tembakau bagi Kesehatan;"],
        set_as="PERATURAN DAERAH TENTANG KAWASAN TANPA ROKOK.", date="30 Mei 2022", ttd=True, enacted="31 Mei 2022", gazette="LEMBARAN DAERAH KABUPATEN CONTOH TAHUN 2022 NOMOR 5",
        salinan=True, face="book", size=11, copy_ink=None)


def klaster3(reused):
    gizi = Paper("sans", 9.5, F4, (46, 46, 46, 46), numbers=False)
    gizi.c("REKAPITULASI STATUS GIZI BALITA (e-PPGBM)", "DINAS KESEHATAN KABUPATEN CONTOH", "BULAN AGUSTUS 2024", bold=True, size=12).gap(6)
    rows = [["No", "Puskesmas", "Balita diukur", "Gizi kurang", "%", "Gizi lebih", "%", "Stunting", "%"]]
    for i, p in enumerate(["Sukamaju", "Mekarjaya", "Harapan", "Tanjung Contoh", "Sungai Umpama", "Bukit Teladan", "Muara Ibarat", "Pantai Misal", "Kota Contoh", "Lembah Andai"]):
        n = 1200 - 67 * i
        rows.append([i + 1, p, f"{n}", round(n * .081), "8,1", round(n * .034), "3,4", round(n * .139), "13,9"])
    gizi.grid(rows, [5, 24, 12, 12, 7, 12, 7, 12, 7], align=["c", "l"] + ["r"] * 7, size=9.5)
    gizi.gap(10)
    two = kit.Table([[gizi.para("<b>Upaya yang dilakukan.</b> Pemberian makanan tambahan bagi balita gizi kurang, kelas ibu balita, kunjungan rumah oleh kader, dan rujukan balita gizi "
                                "buruk ke rumah sakit. Pemantauan pertumbuhan dilakukan setiap bulan di 214 posyandu."),
                      gizi.para("<b>Catatan.</b> Prevalensi stunting baduta turun dari 16,2 persen (2023) menjadi 13,9 persen (2024). Data diambil dari aplikasi e-PPGBM pada tanggal "
                                "2 September 2024, setelah bulan penimbangan.")]], colWidths=[gizi.width() / 2] * 2)
    two.setStyle(kit.TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("RIGHTPADDING", (0, 0), (0, 0), 14), ("LEFTPADDING", (1, 0), (1, 0), 14)]))
    gizi.add(two)
    gizi.sign("Contoh", "3 September 2024", "Kepala Dinas Kesehatan,", "TONO TELADANTO", NIP.format(7), 71, "DINAS KESEHATAN", verb=None)
    path = K3 + "Ind.13 gizi/13.1-13.3 rekap EPPGBM Agustus 2024.pdf"
    put(path, scan(path, gizi.build(), "g4", skew=0.4, speck=8), "ocr", kind="data", year=2024, title="REKAPITULASI STATUS GIZI BALITA (e-PPGBM) DINAS KESEHATAN KABUPATEN CONTOH BULAN AGUSTUS 2024", issuer="Dinas Kesehatan Kabupaten Contoh",
        dates={"surat": "2024-09-03"}, questions="13-Q1 13-Q2 13-Q3", not_questions="13-Q4 01-Q2m 25-Q7d", contains=["Puskesmas", "Stunting", "kader", "posyandu"],
        why="Scanned table above two columns of text.")

    cert = Paper("serif", 14, landscape(A4), (70, 50, 70, 50), numbers=False)
    cert.crest(56).c("SERTIFIKAT", bold=True, size=34).c("Nomor 440/52/DINKES/2023", size=12).gap(8).c("diberikan kepada").gap(2).c("RINI SEUMPAMA, A.Md.Keb.", bold=True, size=22).gap(4)
    cert.c("sebagai KONSELOR MENYUSUI", bold=True, size=17).gap(4)
    cert.c("setelah mengikuti Pelatihan Konseling Menyusui 40 jam yang diselenggarakan oleh Dinas Kesehatan Kabupaten Contoh", "pada tanggal 11 sampai dengan 15 September 2023 di Contoh.", size=13)
    cert.sign("Contoh", "15 September 2023", "Kepala Dinas Kesehatan,", "TONO TELADANTO", NIP.format(7), 72, "DINAS KESEHATAN", verb=None)
    im = worn(render(cert.build(), 130)[0], 5, skew=0.3, noise=2)
    put(K3 + "Ind.14/14.7 Sertifikat konselor menyusui.pdf", jpeg(im, 52), "ocr", media=JPG, kind="sertifikat", number="440/52/DINKES/2023", year=2023, title="KONSELOR MENYUSUI",
        issuer="Dinas Kesehatan Kabupaten Contoh", dates={"surat": "2023-09-15"}, questions="14-Q7", not_questions="14-Q6", contains=["Menyusui", "Konseling", "SEUMPAMA"],
        problems=["wrong_extension"], why="A JPEG that calls itself .pdf: the first bytes decide.")
    path = K3 + "Ind.14/ruang laktasi pasar contoh.jpg"
    put(path, jpeg(photo(path, ["RUANG LAKTASI", "PASAR CONTOH"], "sign", (1024, 768), ((190, 60, 120), (255, 255, 255)), people=4), 72, exif("2024:06:20 08:05:33", -5.5055, 110.5010, size=(1024, 768))),
        "ocr", media=JPG, kind="foto", dates={"foto": "2024-06-20"}, questions="14-Q6", not_questions="14-Q5", contains=["LAKTASI", "PASAR"], gps=[-5.5055, 110.5010], problems=["no_caption"],
        why="Lactation room in a market: a public place, not an office.")

    prap = decree(["KEPUTUSAN KEPALA DINAS KESEHATAN KABUPATEN CONTOH"], "NOMOR 440/12/DINKES/2024", "PUSKESMAS DENGAN PELAYANAN RAMAH ANAK",
                  [("K", "KESATU", "Menetapkan 8 (delapan) puskesmas sebagai Puskesmas dengan Pelayanan Ramah Anak.")], office="KEPALA DINAS KESEHATAN", top=[], letterhead=["DINAS KESEHATAN"],
                  menimbang=["bahwa anak berhak atas pelayanan kesehatan yang ramah;"], mengingat=[UU35], set_as="KEPUTUSAN KEPALA DINAS TENTANG PRAP.", date="9 Februari 2024", name="TONO TELADANTO", nip=NIP.format(7),
                  ttd=True, grace=False, face="sans", size=11)
    put(K3 + "Ind.15/15.1 SK PRAP Kadinkes.pdf", kit.encrypted(prap, "contoh-rahasia"), state="password", password="contoh-rahasia",
        why="Decree on child-friendly clinics, locked with a password to open. What is inside cannot be known without it.")

    sungai = decree(
        ["PERATURAN DAERAH KABUPATEN CONTOH"], "NOMOR 9 TAHUN 2021", "PENGELOLAAN SEMPADAN SUNGAI DAN ANAK SUNGAI",
        [("Pasal 1", "Anak Sungai adalah sungai yang mengalirkan airnya ke sungai lain yang lebih besar."),
         ("Pasal 2", "Garis sempadan sungai tidak bertanggul di dalam kawasan perkotaan ditetapkan paling sedikit 10 (sepuluh) meter, dan garis sempadan anak sungai paling sedikit 5 (lima) meter."),
         ("Pasal 3", "Setiap orang dilarang mendirikan bangunan dan membuang limbah di sempadan sungai dan anak sungai."),
         ("Pasal 4", "Peraturan Daerah ini mulai berlaku pada tanggal diundangkan.")],
        menimbang=["bahwa sungai dan anak sungai perlu dilindungi agar tetap lestari bagi anak cucu;"], mengingat=[UU23, "Undang-Undang Nomor 17 Tahun 2019 tentang Sumber Daya Air;"],
        set_as="PERATURAN DAERAH TENTANG PENGELOLAAN SEMPADAN SUNGAI DAN ANAK SUNGAI.", date="4 Oktober 2021", ink=75, stamp="BUPATI", enacted="4 Oktober 2021",
        gazette="LEMBARAN DAERAH KABUPATEN CONTOH TAHUN 2021 NOMOR 9", face="serif", size=12)
    path = K3 + "Ind.16/Perda 9 Tahun 2021 anak sungai.pdf"
    put(path, scan(path, sungai, "g4", skew=-0.3, speck=12), "ocr", kind="perda", number="9", year=2021, title="PENGELOLAAN SEMPADAN SUNGAI DAN ANAK SUNGAI", issuer=CONTOH,
        dates={"ditetapkan": "2021-10-04", "diundangkan": "2021-10-04"}, not_questions="01-Q1 01-Q2p 16-Q1 16-Q3 16-Q6", contains=["bertanggul", "sempadan", "limbah"], problems=["off_topic"],
        why="Trap: `anak sungai` is a tributary and `anak cucu` are descendants; river banks are no drinking water.")

    # indicator 17
    perda = perda_ktr()
    facts = dict(kind="perda", number="5", year=2022, title="KAWASAN TANPA ROKOK", issuer=CONTOH, dates={"ditetapkan": "2022-05-30", "diundangkan": "2022-05-31"}, questions="17-Q2 01-Q2q",
                 not_questions="01-Q1 17-Q1 17-Q4", contains=["kurungan", "teguran lisan", "dihirup"])
    put(HUKUM + "Perda 5 Tahun 2022 KTR.pdf", perda, **facts, why="The smoke-free regulation with its sanctions, a true copy with text layer; also the topic policy of indicator 1.")
    put(K3 + "Ind.17 KTR/17.2 Perda KTR - Copy.pdf", perda, **facts, why="The same bytes again in the indicator's folder: one document, two places.")

    ubah = decree(
        ["PERATURAN BUPATI CONTOH"], "NOMOR 8 TAHUN 2024", "PERUBAHAN ATAS PERATURAN BUPATI CONTOH NOMOR 12 TAHUN 2021\nTENTANG PETUNJUK PELAKSANAAN KAWASAN TANPA ROKOK",
        [("Pasal I", "Ketentuan Pasal 7 Peraturan Bupati Contoh Nomor 12 Tahun 2021 tentang Petunjuk Pelaksanaan Kawasan Tanpa Rokok (Berita Daerah Kabupaten Contoh Tahun 2021 Nomor 12) diubah sehingga berbunyi sebagai berikut:",
          "“Pasal 7|Papan nama dan tanda larangan merokok dipasang di setiap pintu masuk dengan ukuran paling kecil 30 x 40 sentimeter, dan iklan rokok dilarang dalam jarak 500 (lima ratus) meter dari satuan pendidikan.”"),
         ("Pasal II", "Peraturan Bupati ini mulai berlaku pada tanggal diundangkan.")],
        menimbang=["bahwa untuk memperluas larangan iklan rokok di sekitar satuan pendidikan perlu mengubah Peraturan Bupati Contoh Nomor 12 Tahun 2021;"],
        mengingat=[PERDA_KTR, "Peraturan Bupati Contoh Nomor 12 Tahun 2021 tentang Petunjuk Pelaksanaan Kawasan Tanpa Rokok;"],
        set_as="PERATURAN BUPATI TENTANG PERUBAHAN ATAS PERATURAN BUPATI CONTOH NOMOR 12 TAHUN 2021 TENTANG PETUNJUK PELAKSANAAN KAWASAN TANPA ROKOK.", date="19 Februari 2024", ink=77, stamp="BUPATI",
        enacted="20 Februari 2024", gazette="BERITA DAERAH KABUPATEN CONTOH TAHUN 2024 NOMOR 8", face="book", size=10.5)
    path = HUKUM + "perbup_8_2024_perubahan_ktr.pdf"
    put(path, scan(path, ubah, "grey", dpi=170, quality=34, skew=[0.9, -0.4], noise=4, tone=236), "ocr", kind="perkada", number="8", year=2024,
        title="PERUBAHAN ATAS PERATURAN BUPATI CONTOH NOMOR 12 TAHUN 2021 TENTANG PETUNJUK PELAKSANAAN KAWASAN TANPA ROKOK", issuer=CONTOH,
        dates={"ditetapkan": "2024-02-19", "diundangkan": "2024-02-20"}, questions="01-Q2q", not_questions="17-Q2", contains=["sentimeter", "pintu masuk"], amends=[{"kind": "perkada", "number": "12", "year": 2021}],
        why="An amendment: two number and year pairs in the heading, the first is its own. Not a Perda, so no answer to 17.2.")

    put(reused[0], reused[1], "ocr", media=JPG, kind="foto", dates={"foto": "2024-03-12", "kegiatan": "2024-03-12"}, questions="17-Q1", not_questions="17-Q2 17-Q4", contains=["SOSIALISASI", "KAWASAN TANPA ROKOK"],
        gps=[-5.4987, 110.5044], activity="ktr-2024-03-12", why="Photo of the campaign day with date, place and banner.")
    rep = Paper("serif", 12, A4, title="Laporan sosialisasi KTR", author="Dinkes")
    rep.letterhead("DINAS KESEHATAN").c("LAPORAN KEGIATAN", "SOSIALISASI PERATURAN DAERAH KAWASAN TANPA ROKOK", "TAHUN 2024", bold=True).gap(6)
    for t, s in [("Dasar", "Peraturan Daerah Kabupaten Contoh Nomor 5 Tahun 2022 tentang Kawasan Tanpa Rokok dan DPA Dinas Kesehatan Tahun Anggaran 2024."),
                 ("Pelaksanaan", "Sosialisasi dilaksanakan pada hari Selasa tanggal 12 Maret 2024 di Aula Dinas Kesehatan, diikuti 78 peserta dari kepala sekolah, pengelola pasar, sopir angkutan, dan tokoh masyarakat."),
                 ("Materi", "Bahaya asap rokok bagi anak, tujuh tatanan kawasan tanpa rokok, larangan iklan, promosi, dan sponsor, serta sanksi bagi pelanggar."),
                 ("Hasil", "Sebanyak 24 sekolah dan dua pasar menyatakan komitmen memasang tanda larangan merokok paling lambat bulan Juni 2024. Hasil kuesioner menunjukkan pemahaman peserta naik dari 54 menjadi 87 persen.")]:
        rep.p(t, "l", bold=True, before=4).p(s)
    rep.sign("Contoh", "18 Maret 2024", "Kepala Bidang Kesehatan Masyarakat,", "MAYA CONTOHSARI", NIP.format(9), ttd=True, verb=None)
    put(K3 + "Ind.17 KTR/17.1 Laporan Sosialisasi KTR.pdf", rep.build(), kind="laporan", year=2024, title="SOSIALISASI PERATURAN DAERAH KAWASAN TANPA ROKOK TAHUN 2024",
        issuer="Dinas Kesehatan Kabupaten Contoh", dates={"kegiatan": "2024-03-12", "surat": "2024-03-18"}, questions="17-Q1", not_questions="17-Q2 01-Q3u", contains=["kuesioner", "sopir"], activity="ktr-2024-03-12",
        why="Report of the same day as the photo; it cites the Perda without being it.")
    put(K3 + "Ind.17 KTR/MATRIKS KTR per fasilitas.xlsx", kit.xlsx([
        (name, [f"MATRIKS KAWASAN TANPA ROKOK DI {kind}", "KABUPATEN CONTOH TAHUN 2023 DAN 2024"], ["No", "Nama fasilitas", "Jumlah 2023", "Ber-KTR 2023", "Jumlah 2024", "Ber-KTR 2024", "Keterangan"], rows)
        for name, kind, rows in [
            ("Faskes", "FASILITAS KESEHATAN", [[1, "Rumah sakit", 2, 2, 2, 2, ""], [2, "Puskesmas", 24, 20, 24, 24, "tanda larangan terpasang"], [3, "Klinik", 18, 9, 19, 15, ""]]),
            ("Sekolah", "FASILITAS PENDIDIKAN", [[1, "TK/PAUD", 140, 61, 142, 98, ""], [2, "SD/MI", 210, 130, 210, 188, ""], [3, "SMP/MTs", 64, 40, 64, 59, ""], [4, "SMA/SMK/MA", 31, 22, 31, 30, ""]]),
            ("Umum", "FASILITAS UMUM", [[1, "Pasar", 11, 1, 11, 3, ""], [2, "Terminal", 2, 0, 2, 1, ""], [3, "Taman bermain", 6, 4, 7, 7, ""], [4, "Tempat ibadah", 320, 150, 322, 214, ""]])]]),
        media=XLSX, pages=3, kind="matriks", year=2024, title="MATRIKS KAWASAN TANPA ROKOK DI FASILITAS KESEHATAN KABUPATEN CONTOH TAHUN 2023 DAN 2024", questions="17-Q3a 17-Q3b 17-Q3c", not_questions="17-Q1 15-Q1",
        contains=["Terminal", "Klinik", "tanda larangan"], accept_years=[2023, 2024], why="Three sheets, one per kind of place, each with last year's figures.")
    satgas = decree(
        ["KEPUTUSAN BUPATI CONTOH"], "NOMOR 100.3.3.2/61/2023", "SATUAN TUGAS PENGAWASAN KAWASAN TANPA ROKOK",
        [("K", "KESATU", "Membentuk Satuan Tugas Pengawasan Kawasan Tanpa Rokok dengan Ketua Kepala Satuan Polisi Pamong Praja, Sekretaris Kepala Dinas Kesehatan, dan anggota dari Dinas Pendidikan dan Kebudayaan, Dinas Perhubungan, serta unsur masyarakat."),
         ("K", "KEDUA", "Satuan Tugas melakukan inspeksi mendadak paling sedikit 4 (empat) kali setahun dan melaporkan hasilnya kepada Bupati."),
         ("K", "KETIGA", "Keputusan Bupati ini mulai berlaku pada tanggal ditetapkan.")],
        menimbang=["bahwa untuk melaksanakan Pasal 4 Peraturan Daerah Kabupaten Contoh Nomor 5 Tahun 2022 perlu membentuk satuan tugas;"], mengingat=[UU23, PERDA_KTR],
        set_as="KEPUTUSAN BUPATI TENTANG SATUAN TUGAS PENGAWASAN KAWASAN TANPA ROKOK.", date="16 Januari 2023", ink=81, stamp="BUPATI", grace=False, face="sans", size=12)
    path = K3 + "Ind.17 KTR/iv. SK Satgas.pdf"
    put(path, scan(path, satgas, "grey", dpi=150, quality=36, contrast=0.55, tone=240, noise=5, blur=0.8), "ocr", kind="kepkada", number="100.3.3.2/61/2023", year=2023,
        title="SATUAN TUGAS PENGAWASAN KAWASAN TANPA ROKOK", issuer=CONTOH, dates={"ditetapkan": "2023-01-16"}, questions="17-Q4", not_questions="17-Q2 02-Q1", contains=["inspeksi", "Pamong Praja", "mendadak"],
        why="Supervision decree, a pale scan from a machine low on toner.")
    ket = Paper("sans", 11.5, A4)
    ket.letterhead("BADAN PENDAPATAN DAERAH").c("SURAT KETERANGAN", "NOMOR 900.1/402/BAPENDA/2024", bold=True).gap(8)
    ket.p("Yang bertanda tangan di bawah ini Kepala Badan Pendapatan Daerah Kabupaten Contoh menerangkan dengan sesungguhnya bahwa:")
    for i, t in enumerate(["sejak tanggal 1 Januari 2023 Pemerintah Kabupaten Contoh tidak menerbitkan izin dan tidak memungut pajak reklame produk tembakau;",
                           "Pemerintah Kabupaten Contoh tidak menerima iklan, promosi, dan sponsor rokok dalam kegiatan apa pun; dan",
                           "Pemerintah Kabupaten Contoh tidak bekerja sama dengan perusahaan rokok, termasuk dalam bentuk tanggung jawab sosial perusahaan."]):
        ket.p(f"{i + 1}. {t}", indent=20, first=-14)
    ket.p("Demikian surat keterangan ini dibuat untuk keperluan Evaluasi Kabupaten Layak Anak.")
    ket.sign("Contoh", "7 November 2024", "Kepala Badan Pendapatan Daerah,", "HADI ANDAIKAN", NIP.format(3), ttd=True, verb=None)
    # Long, yet a checkout on Windows stays below 260 characters; longer names are made by the tests.
    long = "17.5 dan 17.6 Surat Keterangan Kepala Bapenda tentang Tidak Menerima Iklan Rokok 2023 dan 2024 (sudah ttd, revisi 3).pdf"
    put(K3 + "Ind.17 KTR/" + long, ket.build(), kind="keterangan", number="900.1/402/BAPENDA/2024", year=2024, title="SURAT KETERANGAN", issuer="Badan Pendapatan Daerah Kabupaten Contoh",
        dates={"surat": "2024-11-07"}, questions="17-Q5 17-Q6", not_questions="03-Q1d 17-Q7", contains=["memungut", "reklame"], why="Statement for two negative questions, under a long file name.")


# ── Klaster IV: indicators 18 to 20 ─────────────────────────────────────────────────────────────

def klaster4():
    ats = Paper("sans", 11, A4)
    ats.letterhead("DINAS PENDIDIKAN DAN KEBUDAYAAN").c("STANDAR OPERASIONAL PROSEDUR", "PENCEGAHAN DAN PENANGANAN ANAK TIDAK SEKOLAH", bold=True).c("NOMOR 400.3/SOP-11/DISDIKBUD/2024").gap(6)
    for i, t in enumerate(["Operator desa mendata anak usia 7-18 tahun yang tidak sekolah dan berisiko putus sekolah.", "Tim ATS kecamatan memverifikasi data melalui kunjungan rumah.",
                           "Tim menyusun rencana pengembalian: sekolah formal, kejar paket, atau pesantren.", "Dinas menyediakan seragam, transportasi, dan beasiswa.",
                           "Tim memantau kehadiran selama 6 (enam) bulan setelah anak kembali bersekolah."]):
        ats.p(f"{i + 1}. {t}", indent=20, first=-14)
    ats.sign("Contoh", "22 Januari 2024", "Kepala Dinas Pendidikan dan Kebudayaan,", "LINA IBARATWATI", NIP.format(1), ttd=True, verb=None)
    put(K4 + "18/18.1 SOP penanganan ATS.docx", ats.build(), kind="sop", number="400.3/SOP-11/DISDIKBUD/2024", year=2024, title="PENCEGAHAN DAN PENANGANAN ANAK TIDAK SEKOLAH",
        issuer="Dinas Pendidikan dan Kebudayaan Kabupaten Contoh", dates={"surat": "2024-01-22"}, questions="18-Q1", not_questions="01-Q2r", contains=["seragam", "kejar paket"], problems=["wrong_extension"],
        why="A PDF that calls itself .docx.")

    schools = [["No", "NPSN", "Nama satuan pendidikan", "Jenjang", "Kecamatan"]]
    for i in range(27):
        level = ["SD", "SD", "SMP", "SD"][i % 4]
        schools.append([str(i + 1), f"000000{i + 1:02d}", f"{level} Negeri {i // 2 + 1} {['Sukamaju', 'Mekarjaya', 'Harapan', 'Tanjung Contoh'][i % 4]}", level, ["Sukamaju", "Mekarjaya", "Harapan", "Tanjung Contoh"][i % 4]])

    def daftar(d):
        lampiran_head(d, ["LAMPIRAN KEPUTUSAN KEPALA DINAS PENDIDIKAN", "DAN KEBUDAYAAN KABUPATEN CONTOH", "NOMOR 400.3.5/208/DISDIKBUD/2024", "TANGGAL 24 JUNI 2024"])
        d.c("DAFTAR SATUAN PENDIDIKAN RAMAH ANAK", "KABUPATEN CONTOH TAHUN 2024").gap(6)
        d.grid(schools, [6, 14, 40, 12, 24], align=["c", "c", "l", "c", "l"], size=9.5)
        d.sign(None, None, "KEPALA DINAS,", "LINA IBARATWATI", NIP.format(1), 91, "DISDIKBUD")
    sra = decree(
        ["KEPUTUSAN KEPALA DINAS PENDIDIKAN DAN KEBUDAYAAN", "KABUPATEN CONTOH"], "NOMOR 400.3.5/208/DISDIKBUD/2024", "PENETAPAN SATUAN PENDIDIKAN RAMAH ANAK\nKABUPATEN CONTOH TAHUN 2024",
        [("K", "KESATU", "Menetapkan satuan pendidikan jenjang Sekolah Dasar dan Sekolah Menengah Pertama sebagaimana tercantum dalam Lampiran sebagai Satuan Pendidikan Ramah Anak."),
         ("K", "KEDUA", "Satuan Pendidikan Ramah Anak wajib melaksanakan enam komponen, membentuk tim pelaksana, dan menyediakan mekanisme pengaduan."),
         ("K", "KETIGA", "Keputusan ini mulai berlaku pada tanggal ditetapkan.")],
        office="KEPALA DINAS PENDIDIKAN DAN KEBUDAYAAN", top=[], letterhead=["DINAS PENDIDIKAN DAN KEBUDAYAAN"], menimbang=["bahwa satuan pendidikan perlu menjamin keamanan dan kenyamanan peserta didik;"], mengingat=[UU35, PERDA_KLA],
        set_as="KEPUTUSAN KEPALA DINAS TENTANG PENETAPAN SATUAN PENDIDIKAN RAMAH ANAK.", date="24 Juni 2024", name="LINA IBARATWATI", nip=NIP.format(1), ink=91, stamp="DISDIKBUD", grace=False, face="serif", size=12, lampiran=daftar)
    path = K4 + "19/19.2 SK SRA 2024 + lampiran.pdf"
    put(path, scan(path, sra, "g4", skew=[0.5, -0.9], speck=14), "ocr", kind="kepkadis", number="400.3.5/208/DISDIKBUD/2024", year=2024, title="PENETAPAN SATUAN PENDIDIKAN RAMAH ANAK KABUPATEN CONTOH TAHUN 2024",
        issuer="Dinas Pendidikan dan Kebudayaan Kabupaten Contoh", dates={"ditetapkan": "2024-06-24"}, questions="19-Q2b 19-Q2c", not_questions="19-Q2a 19-Q2d 19-Q2e 19-Q7 01-Q2s", contains=["NPSN", "Jenjang", "komponen"],
        why="Decree with the list of schools: primary and junior secondary only, so it proves two of the five levels.")
    put(K4 + "19/Matriks SRA 2023-2024 (1).xlsx", kit.xlsx([
        ("Rekap SRA", ["MATRIKS SATUAN PENDIDIKAN RAMAH ANAK", "KABUPATEN CONTOH TAHUN 2023 DAN 2024"], ["No", "Jenjang", "Jumlah sekolah", "Ber-SK SRA 2023", "Persen 2023", "Ber-SK SRA 2024", "Persen 2024"],
         [[1, "TK/RA", 142, 20, "14,1%", 38, "26,8%"], [2, "SD/MI", 210, 60, "28,6%", 96, "45,7%"], [3, "SMP/MTs", 64, 28, "43,8%", 41, "64,1%"], [4, "SMA/MA/SMK", 31, 13, "41,9%", 18, "58,1%"], [5, "SLB", 2, 1, "50,0%", 2, "100,0%"]])]),
        media=XLSX, kind="matriks", year=2024, title="MATRIKS SATUAN PENDIDIKAN RAMAH ANAK KABUPATEN CONTOH TAHUN 2023 DAN 2024", questions="19-Q2a 19-Q2b 19-Q2c 19-Q2d 19-Q2e", not_questions="19-Q1 19-Q8",
        contains=["Jenjang", "SLB", "64,1%"], accept_years=[2023, 2024], why="Share of child-friendly schools per level; counts only beside the decree.")
    path = K4 + "19/DSC_0412.JPG"
    put(path, jpeg(photo(path, ["PELATIHAN KONVENSI HAK ANAK", "BAGI GURU SEKOLAH RAMAH ANAK", "KABUPATEN CONTOH 2024"], "hall", colors=((16, 110, 120), (255, 255, 255)), people=30), 70,
                   exif("2024:07:24 10:20:11", -5.5000, 110.5000, model="CC-DSLR 1")), "ocr", media=JPG, kind="foto", dates={"foto": "2024-07-24"}, questions="19-Q4", not_questions="02-Q2 06-Q4 20-Q4", contains=["PELATIHAN", "GURU"],
        gps=[-5.5, 110.5], problems=["no_caption"], why="Training of teachers in children's rights: the banner says whose training it is.")
    pka = decree(
        ["KEPUTUSAN KEPALA DINAS PARIWISATA KABUPATEN CONTOH"], "NOMOR 400.6/33/DISPAR/2023", "PENETAPAN PUSAT KREATIVITAS ANAK\nSANGGAR PELANGI",
        [("K", "KESATU", "Menetapkan Sanggar Pelangi sebagai Pusat Kreativitas Anak Kabupaten Contoh dengan kegiatan tari, gamelan, melukis, dan mendongeng."),
         ("K", "KEDUA", "Pengelola menyediakan pelatih yang telah memahami hak anak dan menandatangani pakta keselamatan anak."), ("K", "KETIGA", "Keputusan ini mulai berlaku pada tanggal ditetapkan.")],
        office="KEPALA DINAS PARIWISATA", top=[], letterhead=["DINAS PARIWISATA"], menimbang=["bahwa anak berhak berekreasi dan mengembangkan bakat serta kreativitasnya;"], mengingat=[UU35, PERDA_KLA],
        set_as="KEPUTUSAN KEPALA DINAS TENTANG PENETAPAN PUSAT KREATIVITAS ANAK SANGGAR PELANGI.", date="11 Oktober 2023", name="TUTI CONTOHWATI", nip=NIP.format(4), ink=93, stamp="DINAS PARIWISATA", grace=False, face="book", size=11)
    path = K4 + "20/20.1 SK PKA – Café Kreativité “Pelangi” (Jum’at).pdf"
    put(path, scan(path, pka, "g4", skew=0.2, speck=10), "ocr", kind="kepkadis", number="400.6/33/DISPAR/2023", year=2023, title="PENETAPAN PUSAT KREATIVITAS ANAK SANGGAR PELANGI", issuer="Dinas Pariwisata Kabupaten Contoh",
        dates={"ditetapkan": "2023-10-11"}, questions="20-Q1", not_questions="20-Q2 20-Q4 01-Q2t", contains=["gamelan", "mendongeng", "pelatih"], why="Decree on a creativity centre; the file name holds accents, a dash and typographic quotes.")


# ── Klaster V: indicators 21 to 24 ──────────────────────────────────────────────────────────────

def klaster5():
    sop = Paper("sans", 11, A4, title="SOP UPTD PPA")
    sop.letterhead("UPTD PERLINDUNGAN PEREMPUAN DAN ANAK").c("STANDAR OPERASIONAL PROSEDUR", "PENANGANAN KASUS KEKERASAN TERHADAP ANAK", bold=True).c("NOMOR 400.2.3/SOP-02/UPTD PPA/2023").gap(6)
    sop.p("Dasar hukum: Peraturan Bupati Contoh Nomor 40 Tahun 2020 tentang Pembentukan UPTD Perlindungan Perempuan dan Anak; Undang-Undang Nomor 12 Tahun 2022 tentang Tindak Pidana Kekerasan Seksual.").gap(4)
    sop.grid([["No", "Tahap", "Uraian", "Waktu"], ["1", "Pengaduan", "Petugas menerima laporan langsung, telepon 129, atau rujukan", "1 x 24 jam"], ["2", "Asesmen", "Manajer kasus menilai kebutuhan dan risiko anak", "2 hari"],
              ["3", "Rencana intervensi", "Rapat kasus bersama psikolog dan pekerja sosial", "3 hari"], ["4", "Pelayanan", "Kesehatan, bantuan hukum, pendampingan psikologis, rumah aman", "sesuai rencana"],
              ["5", "Terminasi", "Penutupan kasus dan pemantauan", "3 bulan"]], [6, 22, 52, 18])
    sop.sign("Contoh", "13 Maret 2023", "Kepala UPTD PPA,", "WATI UMPAMASARI", NIP.format(2), ttd=True, verb=None)
    put(K5 + "21A/21A.4a SOP penanganan kasus UPTD PPA.pdf", sop.build(), kind="sop", number="400.2.3/SOP-02/UPTD PPA/2023", year=2023, title="PENANGANAN KASUS KEKERASAN TERHADAP ANAK",
        issuer="UPTD Perlindungan Perempuan dan Anak Kabupaten Contoh", dates={"surat": "2023-03-13"}, questions="21A-Q4a", may="21A-Q1", not_questions="21C-Q2 19-Q7 01-Q2u", contains=["rumah aman", "Terminasi", "Asesmen"],
        why="Procedure of the government's own service body; question 4a also wants the legal basis, which it only cites.")

    tel = decree(
        ["KEPUTUSAN BUPATI TELADAN"], "NOMOR 100.3.3.2/77/2023", "PEMBENTUKAN AKTIVIS PERLINDUNGAN ANAK TERPADU\nBERBASIS MASYARAKAT DI KABUPATEN TELADAN",
        [("K", "KESATU", "Membentuk Aktivis Perlindungan Anak Terpadu Berbasis Masyarakat (PATBM) di 40 (empat puluh) desa dan kelurahan di Kabupaten Teladan."),
         ("K", "KEDUA", "Aktivis bertugas mencegah, menerima laporan, dan merujuk kasus kekerasan terhadap anak."), ("K", "KETIGA", "Keputusan Bupati ini mulai berlaku pada tanggal ditetapkan.")],
        office="BUPATI TELADAN", region="PROVINSI CONTOH", menimbang=["bahwa perlindungan anak memerlukan gerakan masyarakat di tingkat desa;"], mengingat=[UU35, "Peraturan Daerah Kabupaten Teladan Nomor 2 Tahun 2019 tentang Perlindungan Anak;"],
        set_as="KEPUTUSAN BUPATI TENTANG PEMBENTUKAN AKTIVIS PATBM.", place="Teladan", date="6 Maret 2023", name="Hj. NURUL UMPAMAWATI", ink=97, stamp="PEMERINTAH KABUPATEN TELADAN|BUPATI", grace=False, face="serif", size=12)
    path = K5 + "21A/contoh SK PATBM.pdf"
    put(path, scan(path, tel, "g4", skew=0.6, speck=12), "ocr", kind="kepkada", number="100.3.3.2/77/2023", year=2023, title="PEMBENTUKAN AKTIVIS PERLINDUNGAN ANAK TERPADU BERBASIS MASYARAKAT DI KABUPATEN TELADAN",
        issuer="Kabupaten Teladan", dates={"ditetapkan": "2023-03-06"}, questions="", may="26-Q15 21A-Q2 21A-Q4b", not_questions="02-Q1 06-Q1", contains=["TELADAN", "PATBM", "merujuk"], problems=["other_region"],
        why="A neighbour's decree kept as a pattern: right subject, wrong regency. A link by subject is fair; it must never count for Kabupaten Contoh.")

    put(K5 + "21B/Rekap kasus anak 2024 (SIMFONI).xlsx", kit.xlsx([
        ("Rekap", ["REKAPITULASI ANAK KORBAN KEKERASAN YANG MEMPEROLEH LAYANAN", "UPTD PPA KABUPATEN CONTOH TAHUN 2024"], ["No", "Inisial", "NIK", "Umur", "Jenis kekerasan", "Layanan", "Status"],
         [[i + 1, n, f"{i + 1:016d}", a, k, s, t] for i, (n, a, k, s, t) in enumerate([("A.", 9, "Fisik", "Psikologis", "selesai"), ("B.", 14, "Psikis", "Psikologis", "selesai"), ("C.", 12, "Penelantaran", "Rumah aman", "berjalan"),
                                                                                       ("D.", 16, "Seksual", "Bantuan hukum, medis", "berjalan"), ("E.", 7, "Fisik", "Medis", "selesai")])])]),
        media=XLSX, kind="data", year=2024, title="REKAPITULASI ANAK KORBAN KEKERASAN YANG MEMPEROLEH LAYANAN UPTD PPA KABUPATEN CONTOH TAHUN 2024",
        issuer="UPTD Perlindungan Perempuan dan Anak Kabupaten Contoh", questions="21B-Q1", not_questions="22A-Q1 21C-Q1", contains=["Penelantaran", "Bantuan hukum"], problems=["personal_data"],
        why="Cases served, with a column of 16-digit numbers (0000000000000001 …): children's identity numbers must not be shown around.")

    path = K5 + "22B/IMG_8812.jpg"
    upright = photo(path, ["JALUR EVAKUASI", "RAMAH ANAK"], "sign", (1152, 864), ((18, 120, 60), (255, 255, 255)), people=3)
    put(path, jpeg(upright.transpose(Image.ROTATE_90), 70, exif("2023:11:14 14:02:27", -5.4920, 110.4901, orientation=6, size=(864, 1152))), "ocr", media=JPG, kind="foto", dates={"foto": "2023-11-14"},
        questions="22B-Q3", not_questions="22B-Q2", contains=["EVAKUASI", "RAMAH ANAK"], gps=[-5.4920, 110.4901], problems=["no_caption"], exif_orientation=6,
        why="Sign of an escape route; the picture lies on its side and EXIF says how to turn it.")

    div = Paper("serif", 12, A4)
    div.c("KEPOLISIAN RESOR CONTOH", "UNIT PERLINDUNGAN PEREMPUAN DAN ANAK", bold=True).gap(4).c("BERITA ACARA DIVERSI", bold=True, size=14).c("NOMOR BA/06/VIII/2024/UPPA").gap(8)
    div.p("Pada hari ini Senin tanggal dua belas bulan Agustus tahun dua ribu dua puluh empat, bertempat di ruang diversi Polres Contoh, telah dilaksanakan musyawarah diversi pada tingkat penyidikan terhadap anak yang berkonflik dengan hukum "
          "berinisial F. (15 tahun), dihadiri penyidik, pembimbing kemasyarakatan, pekerja sosial, orang tua, dan korban.")
    div.p("Para pihak bersepakat: (1) anak meminta maaf dan mengganti kerugian; (2) anak mengikuti pembinaan di LPKS selama 3 (tiga) bulan; (3) anak tetap bersekolah. Kesepakatan dimintakan penetapan kepada Pengadilan Negeri sesuai "
          "Undang-Undang Nomor 11 Tahun 2012 tentang Sistem Peradilan Pidana Anak.")
    div.sign("Contoh", "12 Agustus 2024", "Penyidik,", "GANI TELADANU", "00000000", 99, "POLRES CONTOH|UPPA", verb=None)
    path = K5 + "24A diversi/BA diversi 12-8-2024.pdf"
    put(path, scan(path, div.build(), "grey", dpi=150, quality=24, noise=6, blur=1.0, skew=-1.5), "ocr", kind="ba", number="BA/06/VIII/2024/UPPA", year=2024, title="BERITA ACARA DIVERSI", issuer="Kepolisian Resor Contoh", dates={"surat": "2024-08-12"},
        questions="24A-Q1", not_questions="24A-Q2 24A-Q3 01-Q2za", contains=["musyawarah", "penyidikan", "kerugian"], why="Record of a diversion at police stage; soft, strongly compressed scan. The month in the number is roman.")


# ── Kecamatan and desa, and what lies about ─────────────────────────────────────────────────────

def desa():
    camat = decree(
        ["KEPUTUSAN CAMAT SUKAMAJU"], "NOMOR 14 TAHUN 2023", "PEMBENTUKAN FORUM ANAK KECAMATAN SUKAMAJU",
        [("K", "KESATU", "Membentuk Forum Anak Kecamatan Sukamaju yang beranggotakan perwakilan anak dari 12 (dua belas) desa."), ("K", "KEDUA", "Forum Anak menyampaikan usulan anak dalam musrenbang kecamatan."),
         ("K", "KETIGA", "Keputusan Camat ini mulai berlaku pada tanggal ditetapkan.")],
        office="CAMAT SUKAMAJU", top=[], letterhead=["KECAMATAN SUKAMAJU"], menimbang=["bahwa partisipasi anak perlu diwadahi sampai tingkat kecamatan;"], mengingat=[UU35, PERDA_KLA], set_as="KEPUTUSAN CAMAT TENTANG PEMBENTUKAN FORUM ANAK KECAMATAN SUKAMAJU.",
        place="Sukamaju", date="3 Juli 2023", name="OKI MISALDI", nip=NIP.format(5), ink=111, stamp="KECAMATAN SUKAMAJU", grace=False, face="serif", size=12, nomor_face="mono-b")
    path = KD + "Kec. Sukamaju/SK Camat forum anak.pdf"
    put(path, scan(path, camat, "g4", skew=-0.7, speck=20, edge=True), "ocr", kind="kepcamat", number="14", year=2023, title="PEMBENTUKAN FORUM ANAK KECAMATAN SUKAMAJU", issuer="Kecamatan Sukamaju", dates={"ditetapkan": "2023-07-03"},
        questions="25-Q2", not_questions="06-Q1 26-Q4", contains=["diwadahi", "beranggotakan"], why="District head's decree: a district forum, not the regency's. The number line is in another type, filled in later.")

    perdes = decree(
        ["PERATURAN DESA MEKARSARI"], "NOMOR 03 TAHUN 2023", "PERLINDUNGAN ANAK DI DESA",
        [("Pasal 1", "Desa adalah Desa Mekarsari, Kecamatan Mekarjaya, Kabupaten Contoh."), ("Pasal 2", "Pemerintah Desa wajib memenuhi hak anak dan melindungi anak dari kekerasan, penelantaran, dan perkawinan usia anak."),
         ("Pasal 3", "Pemerintah Desa mengalokasikan anggaran perlindungan anak dalam APB Desa setiap tahun."), ("Pasal 4", "Peraturan Desa ini mulai berlaku pada tanggal diundangkan.")],
        office="KEPALA DESA MEKARSARI", top=["KEPALA DESA MEKARSARI", "KABUPATEN CONTOH"], crest=True, menimbang=["bahwa setiap anak di desa berhak tumbuh dan berkembang dengan aman;"],
        mengingat=["Undang-Undang Nomor 6 Tahun 2014 tentang Desa;", UU35], set_as="PERATURAN DESA TENTANG PERLINDUNGAN ANAK DI DESA.", place="Mekarsari", date="18 September 2023", name="SUPARDI IBARAT", ink=113, stamp="DESA MEKARSARI", face="serif", size=12)
    path = KD + "Desa - Mekarsari/Perdes PA no 3.pdf"
    put(path, scan(path, perdes, "g4", skew=1.1, speck=40, edge=True, blur=0.9), "ocr", kind="perdes", number="3", year=2023, title="PERLINDUNGAN ANAK DI DESA", issuer="Desa Mekarsari", dates={"ditetapkan": "2023-09-18"}, questions="26-Q2",
        not_questions="01-Q1 26-Q3 26-Q7", contains=["penelantaran", "mengalokasikan", "Mekarjaya"], accept_numbers=["3", "03"], why="Village regulation on child protection; the number is printed as 03.")
    kep = decree(
        ["KEPUTUSAN KEPALA DESA MEKARSARI"], "NOMOR 141/09/2024", "PEMBENTUKAN AKTIVIS PERLINDUNGAN ANAK TERPADU\nBERBASIS MASYARAKAT (PATBM) DESA MEKARSARI",
        [("K", "KESATU", "Membentuk Aktivis PATBM Desa Mekarsari yang terdiri atas 10 (sepuluh) orang dari unsur kader, guru, tokoh agama, dan remaja."), ("K", "KEDUA", "Aktivis menyelenggarakan pencegahan dan respon cepat terhadap kekerasan anak, serta melapor setiap bulan."),
         ("K", "KETIGA", "Keputusan ini mulai berlaku pada tanggal ditetapkan.")],
        office="KEPALA DESA MEKARSARI", top=["KEPALA DESA MEKARSARI", "KABUPATEN CONTOH"], crest=False, menimbang=["bahwa untuk melaksanakan Peraturan Desa Nomor 03 Tahun 2023 perlu membentuk Aktivis PATBM;"], mengingat=["Undang-Undang Nomor 6 Tahun 2014 tentang Desa;", UU35],
        set_as="KEPUTUSAN KEPALA DESA TENTANG PEMBENTUKAN AKTIVIS PATBM.", place="Mekarsari", date="12 Februari 2024", name="SUPARDI IBARAT", ink=114, stamp="DESA MEKARSARI", grace=False, face="sans", size=12)
    path = KD + "Desa - Mekarsari/SK PATBM 2024.pdf"
    put(path, scan(path, kep, "g4", skew=-0.4, speck=10), "ocr", kind="kepdes", number="141/09/2024", year=2024, title="PEMBENTUKAN AKTIVIS PERLINDUNGAN ANAK TERPADU BERBASIS MASYARAKAT (PATBM) DESA MEKARSARI", issuer="Desa Mekarsari",
        dates={"ditetapkan": "2024-02-12"}, questions="26-Q15", not_questions="26-Q2 21A-Q4b", contains=["tokoh agama", "respon cepat"], why="Village head's decree on the protection volunteers.")
    apb = Paper("sans", 10.5, A4)
    apb.c("PEMERINTAH DESA MEKARSARI", "KECAMATAN MEKARJAYA KABUPATEN CONTOH", bold=True).gap(4).c("RINCIAN ANGGARAN PENDAPATAN DAN BELANJA DESA", "KEGIATAN PERLINDUNGAN ANAK", "TAHUN ANGGARAN 2024", bold=True).gap(6)
    apb.grid([["No", "Uraian kegiatan", "Volume", "Anggaran (Rp)"], ["1", "Operasional PATBM Desa", "12 bulan", "9.600.000"], ["2", "Kegiatan Forum Anak Desa", "4 kali", "6.000.000"], ["3", "Pojok baca dan taman bermain", "1 paket", "18.500.000"],
              ["", "Jumlah", "", "34.100.000"]], [6, 46, 18, 24], align=["c", "l", "l", "r"])
    apb.sign("Mekarsari", "10 Januari 2024", "Kepala Desa Mekarsari,", "SUPARDI IBARAT", ttd=True, verb=None)
    put(KD + "Desa - Mekarsari/APBDes 2024 perlindungan anak.pdf", apb.build(), kind="anggaran", year=2024, title="RINCIAN ANGGARAN PENDAPATAN DAN BELANJA DESA KEGIATAN PERLINDUNGAN ANAK TAHUN ANGGARAN 2024", issuer="Desa Mekarsari",
        dates={"surat": "2024-01-10"}, questions="26-Q3", not_questions="01-Q3a 01-Q3n 26-Q15", contains=["Operasional", "34.100.000"], why="Village budget signed by the village head; the regency's budget questions are not met by it.")
    path = KD + "Desa - Harapan Jaya/KTR balai desa.jpg"
    put(path, jpeg(photo(path, ["KAWASAN TANPA ROKOK", "BALAI DESA HARAPAN JAYA"], "sign", (1024, 768), ((200, 30, 30), (255, 255, 255)), people=2), 72, exif("2024:02:05 16:41:09", -5.5210, 110.5307, size=(1024, 768))), "ocr", media=JPG, kind="foto",
        dates={"foto": "2024-02-05"}, questions="26-Q12", not_questions="25-Q11 17-Q1 17-Q2", contains=["KAWASAN TANPA ROKOK", "HARAPAN JAYA"], gps=[-5.5210, 110.5307], problems=["no_caption"], why="A village hall's smoke-free sign: village level, and a sign alone is weak.")


# ── Electronically signed ───────────────────────────────────────────────────────────────────────

def electronic():
    bupati = kit.Identity("Pemerintah Kabupaten Contoh", "ARYO CONTOHWAN", utc(2022, 1, 1), utc(2039, 1, 1), AUTHORITY)
    disdik = kit.Identity("Pemerintah Kabupaten Contoh", "LINA IBARATWATI", utc(2022, 1, 1), utc(2039, 1, 1), AUTHORITY)
    dinkes = kit.Identity("Pemerintah Kabupaten Contoh", "TONO TELADANTO", utc(2022, 1, 1), utc(2039, 1, 1), AUTHORITY)

    def names(d):
        lampiran_head(d, ["LAMPIRAN", "KEPUTUSAN KEPALA DINAS PENDIDIKAN DAN KEBUDAYAAN", "NOMOR 400.3.5/77/DISDIKBUD/2024"])
        d.c("DAFTAR FASILITATOR DAERAH SATUAN PENDIDIKAN RAMAH ANAK", bold=True).gap(6)
        d.grid([["No", "Nama", "Unsur"], ["1", "YANTO UMPAMA", "Pengawas sekolah"], ["2", "SRI TELADAN", "Guru bimbingan dan konseling"], ["3", "MADE MISAL", "Forum Anak"]], [8, 40, 52], align=["c", "l", "l"])

    fasda = decree(
        ["KEPUTUSAN KEPALA DINAS PENDIDIKAN DAN KEBUDAYAAN", "KABUPATEN CONTOH"], "NOMOR 400.3.5/77/DISDIKBUD/2024", "PENETAPAN FASILITATOR DAERAH\nSATUAN PENDIDIKAN RAMAH ANAK",
        [("K", "KESATU", "Menetapkan Fasilitator Daerah Satuan Pendidikan Ramah Anak sebagaimana tercantum dalam Lampiran Keputusan ini."),
         ("K", "KEDUA", "Fasilitator Daerah melatih tim pelaksana, mendampingi evaluasi mandiri, dan melaporkan hasilnya setiap semester."), ("K", "KETIGA", "Keputusan ini mulai berlaku pada tanggal ditetapkan.")],
        office="KEPALA DINAS PENDIDIKAN DAN KEBUDAYAAN", top=[], letterhead=["DINAS PENDIDIKAN DAN KEBUDAYAAN"], menimbang=["bahwa satuan pendidikan memerlukan pendampingan agar ramah bagi anak;"], mengingat=[UU35, PERDA_KLA],
        set_as="KEPUTUSAN KEPALA DINAS TENTANG PENETAPAN FASILITATOR DAERAH SATUAN PENDIDIKAN RAMAH ANAK.", date="11 Maret 2024", name="LINA IBARATWATI", nip=NIP.format(1), grace=False, face="sans", size=11, lampiran=names, tte=CHECK + "5D1E90B7")
    put(K4 + "19/19.1 SK Fasda SRA (TTE).pdf", kit.signed(fasda, disdik, utc(2024, 3, 11, 3, 20, 41)), kind="kepkadis", number="400.3.5/77/DISDIKBUD/2024", year=2024,
        title="PENETAPAN FASILITATOR DAERAH SATUAN PENDIDIKAN RAMAH ANAK", issuer="Dinas Pendidikan dan Kebudayaan Kabupaten Contoh", dates={"ditetapkan": "2024-03-11"}, questions="19-Q1", not_questions="19-Q2a 19-Q2b 19-Q2c 01-Q2s",
        contains=["setiap semester", "Guru bimbingan dan konseling"], signature="digital", why="Signed electronically and whole; the authority is made up, so nobody's list of anchors knows it.")

    def members(d):
        lampiran_head(d, ["LAMPIRAN", "KEPUTUSAN KEPALA DINAS KESEHATAN", "NOMOR 440/35/DINKES/2022"])
        d.c("SUSUNAN TIM PENANGANAN MASALAH GIZI", bold=True).gap(6)
        d.grid([["No", "Jabatan dalam tim", "Jabatan dalam dinas"], ["1", "Ketua", "Kepala Bidang Kesehatan Masyarakat"], ["2", "Sekretaris", "Kepala Seksi Kesehatan Keluarga dan Gizi"],
                ["3", "Anggota", "Ahli gizi Rumah Sakit Umum Daerah"], ["4", "Anggota", "Dokter spesialis anak"], ["5", "Anggota", "Koordinator gizi puskesmas"]], [8, 30, 62], align=["c", "l", "l"])

    tim = decree(
        ["KEPUTUSAN KEPALA DINAS KESEHATAN KABUPATEN CONTOH"], "NOMOR 440/35/DINKES/2022", "PEMBENTUKAN TIM PENANGANAN MASALAH GIZI",
        [("K", "KESATU", "Membentuk Tim Penanganan Masalah Gizi dengan susunan sebagaimana tercantum dalam Lampiran Keputusan ini."), ("K", "KEDUA", "Tim melacak balita gizi buruk dan menyusun tata laksana menurut Permenkes Nomor 29 Tahun 2019."),
         ("K", "KETIGA", "Keputusan ini mulai berlaku pada tanggal ditetapkan.")],
        office="KEPALA DINAS KESEHATAN", top=[], letterhead=["DINAS KESEHATAN"], menimbang=["bahwa masalah gizi balita perlu ditangani oleh tim lintas profesi;"],
        mengingat=[UU35, "Peraturan Menteri Kesehatan Nomor 29 Tahun 2019 tentang Penanggulangan Masalah Gizi bagi Anak Akibat Penyakit;"], set_as="KEPUTUSAN KEPALA DINAS KESEHATAN TENTANG PEMBENTUKAN TIM PENANGANAN MASALAH GIZI.",
        date="14 Februari 2022", name="TONO TELADANTO", nip=NIP.format(7), grace=False, face="sans", size=11, lampiran=members, tte=CHECK + "A94C02F6")
    tim = kit.signed(tim, dinkes, utc(2022, 2, 14, 2, 5, 9))
    for page, old, new in ((0, "DINKES/2022", "DINKES/2024"), (0, "14 Februari 2022", "14 Februari 2024"), (1, "DINKES/2022", "DINKES/2024")):
        tim = kit.overwritten(tim, page, old, new)
    put(K3 + "Ind.13 gizi/13.4 SK Tim Penanganan Masalah Gizi (TTE).pdf", tim, kind="kepkadis", number="440/35/DINKES/2024", year=2024, title="PEMBENTUKAN TIM PENANGANAN MASALAH GIZI", issuer="Dinas Kesehatan Kabupaten Contoh",
        dates={"ditetapkan": "2024-02-14"}, questions="13-Q4", not_questions="13-Q1 01-Q2m", contains=["lintas profesi", "Dokter spesialis anak"], signature="digital_invalid", problems=["altered"],
        why="Signed in 2022; the year was written over afterwards so that it falls into the window. What is shown is 2024, what was signed is 2022.")

    def task_force(d):
        lampiran_head(d, ["LAMPIRAN", "KEPUTUSAN BUPATI CONTOH", "NOMOR 400.3/96/2023"])
        d.c("SUSUNAN KEANGGOTAAN GUGUS TUGAS PAUD-HI", bold=True).gap(6)
        d.grid([["No", "Kedudukan", "Jabatan"], ["1", "Pengarah", "Bupati"], ["2", "Ketua", "Sekretaris Daerah"], ["3", "Wakil Ketua", "Kepala Bappeda"], ["4", "Anggota", "Kepala Dinas Pendidikan"], ["5", "Anggota", "Kepala Dinas Kesehatan"],
                ["6", "Anggota", "Ketua TP PKK Kabupaten"]], [8, 26, 66], align=["c", "l", "l"])

    paud = decree(
        ["KEPUTUSAN BUPATI CONTOH"], "NOMOR 400.3/96/2023", "PEMBENTUKAN GUGUS TUGAS\nPENGEMBANGAN ANAK USIA DINI HOLISTIK INTEGRATIF",
        [("K", "KESATU", "Membentuk Gugus Tugas Pengembangan Anak Usia Dini Holistik Integratif (PAUD-HI) dengan susunan keanggotaan sebagaimana tercantum dalam Lampiran."),
         ("K", "KEDUA", "Gugus Tugas mengoordinasikan layanan pendidikan, kesehatan, gizi, pengasuhan, dan perlindungan bagi anak usia dini."), ("K", "KETIGA", "Keputusan Bupati ini mulai berlaku pada tanggal ditetapkan.")],
        menimbang=["bahwa layanan anak usia dini perlu diselenggarakan secara utuh;"], mengingat=[UU35, "Peraturan Presiden Nomor 60 Tahun 2013 tentang Pengembangan Anak Usia Dini Holistik-Integratif;"],
        set_as="KEPUTUSAN BUPATI TENTANG PEMBENTUKAN GUGUS TUGAS PENGEMBANGAN ANAK USIA DINI HOLISTIK INTEGRATIF.", date="22 Mei 2023", grace=False, face="serif", size=12, lampiran=task_force, tte=CHECK + "36F7D8C1")
    path = K2 + "9/SK GT PAUD HI hasil scan.pdf"
    put(path, scan(path, kit.signed(paud, bupati, utc(2023, 5, 22, 4, 0, 2)), "grey", skew=0.5, noise=3), "ocr", kind="kepkada", number="400.3/96/2023", year=2023, title="PEMBENTUKAN GUGUS TUGAS PENGEMBANGAN ANAK USIA DINI HOLISTIK INTEGRATIF",
        issuer=CONTOH, dates={"ditetapkan": "2023-05-22"}, questions="09-Q1", not_questions="02-Q1 01-Q2i", contains=["mengoordinasikan", "Kepala Bappeda"], signature="digital_copy", problems=["printed"],
        why="Signed electronically, then printed and scanned: the signature stayed in the file that nobody handed in.")

    put(K4 + "20/konsep SK RIRA (srikandi).docx", kit.docx([
        ("h", "KEPUTUSAN BUPATI CONTOH"), ("h", "NOMOR ${nomor_naskah}"), ("c", "TENTANG"), ("h", "PENETAPAN RUMAH IBADAH RAMAH ANAK"),
        ("p", "Menimbang: bahwa rumah ibadah perlu menjadi tempat yang aman bagi anak;"), ("p", "Mengingat: " + UU35), ("c", "MEMUTUSKAN:"), ("p", "Menetapkan: KEPUTUSAN BUPATI TENTANG PENETAPAN RUMAH IBADAH RAMAH ANAK."),
        ("p", "KESATU: Menetapkan 14 (empat belas) masjid, gereja, dan pura sebagai Rumah Ibadah Ramah Anak."), ("p", "KEDUA: Keputusan Bupati ini mulai berlaku pada tanggal ditetapkan."),
        ("p", "Ditetapkan di Contoh"), ("p", "pada tanggal ${tanggal_naskah}"), ("p", "${jabatan_pengirim},"), ("p", "${ttd_pengirim}"), ("p", "${nama_pengirim}")], title=""), media=DOCX, kind="kepkada", number=None, year=None,
        title="PENETAPAN RUMAH IBADAH RAMAH ANAK", issuer=CONTOH, draft=True, questions="20-Q2", not_questions="20-Q1", contains=["gereja", "empat belas"], problems=["draft", "no_number", "undated", "unsigned"],
        why="A text that the correspondence program never sent: its fields for number, date and signature are not filled.")


def loose(perda):
    source = next(data for path, data, _ in FILES if path.endswith("iv. SK Satgas.pdf"))
    put(NEW + "Scan0001.pdf", source[:round(len(source) * 0.45)], state="damaged", why="The first half of a scan, as after a broken copy from a USB stick: the picture ends in the middle, no index, no trailer.")
    put(NEW + "laporan akhir fix banget.pdf", b"", media=None, state="empty", why="Zero bytes.")
    put(NEW + "video sosialisasi KTR.mp4", bytes.fromhex("00000020667479706d703432000000006d70343269736f6d61766331") + b"\0\0\0\0" + b"\0\0\x10\x08free" + bytes((i * 37 + 11) % 256 for i in range(4096)), media="video/mp4", state="unsupported",
        why="A film; bukti reads papers and pictures. Only the first bytes are real.")
    put(NEW + "Perda 5 Tahun 2022 KTR - Copy (2).pdf", perda, kind="perda", number="5", year=2022, title="KAWASAN TANPA ROKOK", issuer=CONTOH, dates={"ditetapkan": "2022-05-30", "diundangkan": "2022-05-31"}, questions="17-Q2 01-Q2q",
        not_questions="01-Q1 17-Q1 17-Q4", contains=["kurungan", "teguran lisan", "dihirup"], why="The same bytes a third time.")


def build():
    FILES.clear()
    reused = photo_ktr()
    kelembagaan()
    klaster1()
    klaster2(reused)
    klaster3(reused)
    klaster4()
    klaster5()
    desa()
    electronic()
    loose(perda_ktr())
    FILES.sort(key=lambda f: f[0].encode("utf-8"))
    seen = {}
    for path, data, facts in FILES:  # equal bytes are one document: the first path in byte order holds it
        digest = hashlib.sha256(data).hexdigest()
        if digest in seen and facts["state"] == "indexed":
            facts["state"], facts["duplicate_of"] = "duplicate", seen[digest]
        seen.setdefault(digest, path)
        facts["sha256"] = digest
    assert len({path for path, _, _ in FILES}) == len(FILES)
    block = {"schema_version": 1, "region": CONTOH, "province": "Provinsi Contoh", "framework": "kla-2022", "year": 2025, "window": [2023, 2024], "files": [facts for _, _, facts in FILES]}
    return block


def main():
    block = build()
    text = json.dumps(block, ensure_ascii=False, indent=1) + "\n"
    share = HERE / "share"
    wanted = {share / path: data for path, data, _ in FILES}
    wanted[HERE / "expected.json"] = text.encode("utf-8")
    wanted[HERE / "otoritas-contoh.pem"] = AUTHORITY.pem()
    found = {p for p in share.rglob("*") if p.is_file()} if share.exists() else set()
    if "--check" in sys.argv[1:]:
        differ = [p for p, data in wanted.items() if not p.exists() or p.read_bytes() != data] + sorted(found - set(wanted))
        for p in differ:
            print("differs:", p.relative_to(HERE))
        print(f"{len(wanted)} files, {len(differ)} differ")
        return 1 if differ else 0
    for p in found - set(wanted):
        p.unlink()
    for p, data in wanted.items():
        p.parent.mkdir(parents=True, exist_ok=True)
        p.write_bytes(data)
    print(f"{len(FILES)} files, {sum(len(d) for _, d, _ in FILES) / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
