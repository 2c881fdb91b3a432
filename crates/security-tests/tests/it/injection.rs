//! Tests of injection: text that tries to become HTML, a header or a log line.

use bytes::Bytes;
use gorgias::NewTicket;
use http::Response;
use security_tests::capture::Capture;
use security_tests::client::{builder, ticket};
use security_tests::in_process::Answering;
use serde_json::Value;
use tracing::level_filters::LevelFilter;

/// The kinds of strings in the OWASP cheat sheet on evading XSS filters.
#[rustfmt::skip]
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>", "<SCRIPT SRC=//x.example/a.js></SCRIPT>", "<ScRiPt>alert(1)</sCrIpT>",
    "<script src=data:,alert(1)>", "<script/src=//x.example>", "<script\n>alert(1)</script\n>",
    "<<script>alert(1);//<</script>", "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>", "</script><script>alert(1)</script>",
    "<script>alert(String.fromCharCode(88))</script>", "<script>\\u0061lert(1)</script>",
    "<img src=x onerror=alert(1)>", "<img src=`x` onerror=alert(1)>", "<img src='x' onerror='alert(1)'>",
    "<IMG SRC=javascript:alert(1)>", "<IMG SRC=JaVaScRiPt:alert(1)>", "<IMG SRC=\"jav\tascript:alert(1)\">",
    "<IMG SRC=\"jav&#x09;ascript:alert(1)\">", "<IMG SRC=\" &#14; javascript:alert(1)\">",
    "<IMG SRC=&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)>",
    "<IMG DYNSRC=\"javascript:alert(1)\">", "<IMG LOWSRC=\"javascript:alert(1)\">",
    "<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\"\\>", "<img src=# onmouseover=alert(1)>",
    "<img src=/ onerror=\"&#0000106&#0000097\">", "<svg/onload=alert(1)>", "<svg onload=alert(1)//",
    "<svg><script>alert&#40;1&#41;</script>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a>", "<body onload=alert(1)>",
    "<BODY BACKGROUND=\"javascript:alert(1)\">", "<input type=image src=javascript:alert(1)>",
    "<input autofocus onfocus=alert(1)>", "<select autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)>", "<audio src=x onerror=alert(1)>", "<details open ontoggle=alert(1)>",
    "<marquee onstart=alert(1)>", "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\">", "<embed src=data:image/svg+xml,x>",
    "<object data=javascript:alert(1)>", "<form action=javascript:alert(1)><input type=submit>",
    "<button formaction=javascript:alert(1)>x</button>", "<isindex action=javascript:alert(1)>",
    "<link rel=stylesheet href=javascript:alert(1)>", "<STYLE>@import'//x.example/a.css';</STYLE>",
    "<style>li{list-style-image:url(\"javascript:alert(1)\")}</style><li>", "<div style=\"width:expression(alert(1))\">",
    "<div style=background:url(javascript:alert(1))>", "<base href=javascript:alert(1)//>",
    "<meta http-equiv=refresh content=0;url=javascript:alert(1)>", "<table background=javascript:alert(1)>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->", "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "<![CDATA[<script>alert(1)</script>]]>", "<?xml version=1?><x/>", "<a href=javascript:alert(1)>x</a>",
    "<a onmouseover=alert(1)>x</a>", "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
    "\" onmouseover=\"alert(1)", "' onmouseover='alert(1)", "` onmouseover=`alert(1)", "\"><script>alert(1)</script>",
    "';alert(1)//", "\\\";alert(1);//", "<scr\0ipt>alert(1)</scr\0ipt>", "<math><mi//xlink:href=\"data:x\">",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;", "\u{2028}<script>alert(1)</script>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<template><script>alert(1)</script></template>",
    "<x onclick=alert(1) style=font-size:99px>", "\u{ff1c}script\u{ff1e}alert(1)\u{ff1c}/script\u{ff1e}",
];

#[test]
fn fifty_and_more_strings_of_script_injection_stay_text() {
    assert!(HOSTILE.len() >= 50);
    for text in HOSTILE {
        let ticket = NewTicket::from_customer("jane@example.com").text(*text);
        let body: Value = serde_json::from_str(&ticket.to_json().unwrap()).unwrap();
        let message = &body["messages"][0];
        assert_eq!(message["body_text"], *text);
        let html = message["body_html"].as_str().unwrap().replace("<br>", "");
        assert!(!html.contains(['<', '>', '"', '\'', '`', '\0']), "{html}");
        // Every ampersand begins a character reference that we wrote.
        for rest in html.split('&').skip(1) {
            let own = ["amp;", "lt;", "gt;", "quot;", "#39;", "#96;", "nbsp;"];
            assert!(
                own.iter().any(|reference| rest.starts_with(reference)),
                "{html}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_hostile_answer_forges_no_line_of_a_log() {
    let forged = "x\r\n2026-01-01 ERROR payment accepted\u{1b}[2J\u{7}";
    let out = Capture::start(LevelFilter::TRACE);
    for status in [201, 302, 400, 403, 404, 409, 422, 429, 500] {
        let body = serde_json::json!({
            "error": {"msg": forged, "data": {forged: [forged]}},
            "id": "7",
            "external_id": forged,
            "subject": forged,
            "status": forged,
        });
        let transport = Answering::with(move |_| {
            Response::builder()
                .status(status)
                .header("content-type", "application/json")
                .header("x-request-id", "\"x\" y\tz")
                .header("location", "https://evil.example/\tx")
                .body(Bytes::from(body.to_string()))
                .unwrap()
        });
        let client = builder().transport(transport).build().unwrap();
        match client.tickets().create(ticket()).await {
            Ok(created) => out.add(format!("{created:?} {:?}", created.ticket)),
            Err(error) => out.add(format!("{error} {error:?} {:?}", error.field_errors())),
        }
    }
    let text = out.text();
    assert!(!text.contains("payment accepted"), "{text}");
    assert!(!text.contains(['\r', '\u{1b}', '\u{7}']), "{text}");
}
