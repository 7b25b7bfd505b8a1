use super::*;

fn texts(source: &str, format: Format) -> Vec<String> {
    blocks(source, format, Reading::default()).into_iter().map(|block| block.text.trim().to_owned()).collect()
}

/// The pieces of the source that a phrase of the text comes from.
fn pieces<'a>(source: &'a str, format: Format, phrase: &str) -> Vec<&'a str> {
    for block in blocks(source, format, Reading::default()) {
        if let Some(at) = block.text.find(phrase) {
            let ranges = block.source_ranges(at..at + phrase.len());
            return ranges.into_iter().map(|range| &source[range]).collect();
        }
    }
    panic!("{phrase:?} is in no block");
}

#[test]
fn markdown_blocks() {
    let source = "---\ntitle: cure\n---\n# A *bold* head\n\nOne line\nand two.\n\n- item `code` one\n- item two\n  - nested\n\n> quoted\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n[shown](https://x.example/heal) &amp; \\*more\\*\n";
    assert_eq!(
        texts(source, Format::Markdown),
        [
            "A bold head",
            "One line and two.",
            "item  one",
            "item two",
            "nested",
            "a",
            "b",
            "c",
            "d",
            "shown & *more*"
        ]
    );
    let quoted = blocks(source, Format::Markdown, Reading { block_quotes: true });
    assert!(quoted.iter().any(|block| block.text == "quoted"));
}

#[test]
fn markdown_spans() {
    let source = "It **never fails**\nfor *anyone* &amp; all.";
    assert_eq!(pieces(source, Format::Markdown, "never fails"), ["never fails"]);
    assert_eq!(pieces(source, Format::Markdown, "fails for anyone"), ["fails", "for ", "anyone"]);
    assert_eq!(pieces(source, Format::Markdown, "& all"), ["&amp; all"]);
}

#[test]
fn html_in_markdown() {
    let source = "Before.\n\n<div class=\"x\">\n<p>It cures\nall.</p>\n</div>\n\nAfter <b>this</b>.";
    assert_eq!(texts(source, Format::Markdown), ["Before.", "It cures all.", "After this."]);
    assert_eq!(pieces(source, Format::Markdown, "cures all"), ["cures", "all"]);
}

#[test]
fn html_blocks() {
    let source = "<!doctype html><title>Head</title><script>cure()</script><style>a{}</style>\n<p class='a>b'>It&rsquo;s   <b>safe</b><br>now &#38; then</p><!-- no --><ul><li>One<li>Two</ul><pre>code</pre><blockquote>said</blockquote><img src=x alt=\"A back &amp; a neck\">3 < 4 & 5";
    assert_eq!(
        texts(source, Format::Html),
        ["Head", "It’s safe now & then", "One", "Two", "A back & a neck", "3 < 4 & 5"]
    );
    assert_eq!(pieces(source, Format::Html, "It’s safe"), ["It&rsquo;s", "safe"]);
}

#[test]
fn plain_blocks_and_addresses() {
    let source = "One\ntwo https://cure.example/now.\n\n- three\n- four";
    assert_eq!(
        texts(source, Format::Plain),
        [&format!("One two {}.", " ".repeat(24))[..], "- three", "- four"]
    );
    assert_eq!(pieces(source, Format::Plain, "One two"), ["One", "two"]);
}

#[test]
fn no_input_panics_and_every_range_fits() {
    let parts = [
        "<",
        ">",
        "p",
        "</",
        "script",
        "&",
        "amp;",
        "#x1;",
        "é",
        "\n",
        "- ",
        "`",
        "*",
        "[",
        "](",
        "'",
        "=\"",
        "<!--",
        "> ",
        "|",
        " alt=\"",
        "<img",
        "<blockquote>",
        "💪",
    ];
    let mut state = 11u64;
    for _ in 0..20_000 {
        let mut source = String::new();
        for _ in 0..(state >> 40) % 24 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            source += parts[(state >> 33) as usize % parts.len()];
        }
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        for format in [Format::Markdown, Format::Html, Format::Plain] {
            for block in blocks(&source, format, Reading::default()) {
                for range in block.source_ranges(0..block.text.len()) {
                    assert!(source.get(range.clone()).is_some(), "{source:?} {range:?}");
                }
            }
        }
    }
}
