//! Converts plain text into HTML.

/// Turns plain text into HTML that shows the same text and does nothing else.
///
/// Every character with a special meaning in the text or in an attribute of HTML is
/// escaped. Line breaks become `<br>`, and runs of spaces keep their width.
pub(super) fn from_text(text: &str) -> String {
    let mut html = String::with_capacity(text.len().saturating_add(text.len() / 8));
    let mut chars = text.chars().peekable();
    let mut after_blank = true;
    while let Some(c) = chars.next() {
        let blank = c == ' ';
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            // Older browsers took a backtick for a quote.
            '`' => html.push_str("&#96;"),
            '\r' => {
                chars.next_if_eq(&'\n');
                html.push_str("<br>");
            }
            '\n' => html.push_str("<br>"),
            ' ' if after_blank => html.push_str("&nbsp;"),
            '\t' => html.push_str("&nbsp;&nbsp;&nbsp;&nbsp;"),
            // Other control characters have no meaning in HTML, and are left out.
            c if c.is_control() => {}
            c => html.push(c),
        }
        after_blank = blank || matches!(c, '\n' | '\r');
    }
    html
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_keeps_its_look() {
        assert_eq!(from_text("one & two"), "one &amp; two");
        assert_eq!(from_text("a\nb\r\nc\rd"), "a<br>b<br>c<br>d");
        assert_eq!(from_text("a  b"), "a &nbsp;b");
        assert_eq!(from_text("a\n  b"), "a<br>&nbsp;&nbsp;b");
        assert_eq!(from_text("\tx"), "&nbsp;&nbsp;&nbsp;&nbsp;x");
        assert_eq!(from_text("Grüße 👋"), "Grüße 👋");
        assert_eq!(from_text(""), "");
    }

    /// The kinds of string that script injection uses.
    const HOSTILE: &[&str] = &[
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "<svg/onload=alert(1)>",
        "<iframe src=\"javascript:alert(1)\">",
        "<a href=javascript:alert(1)>x</a>",
        "<<script>alert(1)//<</script>",
        "<img src=`x` onerror=alert(1)>",
        "</textarea><script>alert(1)</script>",
        "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
        "<style>@import'//evil.example/x.css';</style>",
        "<body onload=alert(1)>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<scr\0ipt>alert(1)</scr\0ipt>",
        "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    ];

    #[test]
    fn hostile_text_stays_text() {
        for text in HOSTILE {
            let html = from_text(text);
            assert!(!html.contains(['<', '>', '"', '\'', '`', '\0']), "{html}");
        }
        assert_eq!(from_text("&lt;"), "&amp;lt;");
    }

    proptest! {
        #[test]
        fn no_text_opens_a_tag_or_an_attribute(text in any::<String>()) {
            let html = from_text(&text).replace("<br>", "");
            prop_assert!(!html.contains(['<', '>', '"', '\'', '`']));
            prop_assert!(!html.chars().any(char::is_control));
        }

        #[test]
        fn text_of_one_line_can_be_read_back(text in "[a-zA-Z<>&\"'` ]{0,60}") {
            let back = from_text(&text)
                .replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&#96;", "`")
                .replace("&amp;", "&");
            prop_assert_eq!(back, text);
        }
    }
}
