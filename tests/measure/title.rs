//! Compares titles as catalogues and pages write them.

/// Returns the F1 of tokens, order and case apart.
pub fn token_f1(truth: &str, found: &str) -> f32 {
    // Catalogues abbreviate what the page writes out.
    const SHORT: [(&str, &str); 4] = [
        ("T.A ", "TAHUN ANGGARAN "),
        ("APBD", "ANGGARAN PENDAPATAN DAN BELANJA DAERAH"),
        ("SULUT", "SULAWESI UTARA"),
        (" NO ", " NOMOR "),
    ];
    let tokens = |text: &str| -> Vec<String> {
        let upper = text.to_uppercase();
        let text = SHORT
            .iter()
            .fold(upper, |text, (from, to)| text.replace(from, to));
        let words = text.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (truth, mut left) = (tokens(truth), tokens(found));
    let found = left.len();
    let mut common = 0;
    for token in &truth {
        if let Some(at) = left.iter().position(|other| other == token) {
            left.swap_remove(at);
            common += 1;
        }
    }
    2.0 * common as f32 / (truth.len() + found).max(1) as f32
}
