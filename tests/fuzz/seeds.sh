#!/bin/sh
# Fills seeds/<target> with small files: the tests' own, and those of the corpora where present.
cd "$(dirname "$0")" || exit 1
corpora=${BUKTI_CORPORA:-../../../shared/corpora}
most=60k
take() { # target, folder, name
    mkdir -p "seeds/$1"
    [ -d "$2" ] || return 0
    find -L "$2" -type f -name "$3" -size "-$most" | while read -r file; do
        cp "$file" "seeds/$1/$(echo "$file" | cksum | cut -d' ' -f1)"
    done
}
take pdf_pages ../data '*.pdf'
take pdf_pages ../../samples '*.pdf'
take pdf_pages "$corpora/pdf_difficult" '*.pdf'
take esign "$corpora/pdf_signed" '*.pdf'
take esign "$corpora/anchors" '*.pem'
take esign ../data/stamp 'abc.ts*'
take exif "$corpora/img_exif" '*'
take exif ../../samples '*.jpg'
take containers "$corpora/archives_odd" '*'
take containers ../data/containers '*'
for kind in docx xlsx pptx odt ods doc xls ppt rtf html eml txt csv; do
    take office ../data "*.$kind"
    take office ../../samples "*.$kind"
done
for folder in seeds/[!s]*/; do
    ls "$folder" | head -200 | while read -r file; do
        mkdir -p seeds/sniff
        cp "$folder/$file" "seeds/sniff/$file"
    done
done
for folder in seeds/[!s]*/; do
    echo "$folder $(ls "$folder" | wc -l)"
done
