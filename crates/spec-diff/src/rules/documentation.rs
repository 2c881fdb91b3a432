//! Rules for changes that only readers of the document notice.

use super::rules;

const PROSE: &str = "It is for readers.";
const MEANING: &str = "The same messages are allowed as before.";

rules! {
    DESCRIPTION_CHANGED = documentation("description-changed", "a description changed", PROSE);
    SUMMARY_CHANGED = documentation("summary-changed", "a summary changed", PROSE);
    TITLE_CHANGED = documentation("title-changed", "a schema's title changed",
        "It is for readers. The verdict on Rust covers types that are named after it.");
    EXAMPLE_CHANGED = documentation("example-changed", "an example changed", PROSE);
    EXTERNAL_DOCS_CHANGED = documentation("external-docs-changed", "a link to other documentation changed", PROSE);
    INFO_CHANGED = documentation("info-changed", "the document's own title, version or contact changed", PROSE);
    TAG_DEFINITIONS_CHANGED = documentation("tag-definitions-changed", "the list of tags changed", PROSE);
    OPENAPI_VERSION_CHANGED = documentation("openapi-version-changed", "the document follows another patch release of OpenAPI",
        "Patch releases mend wording, not meaning.");
    EXTENSION_CHANGED = documentation("extension-changed", "an extension (`x-…`) changed",
        "Extensions mean nothing to OpenAPI; `x-extensible-enum` alone has rules here.");
    LINK_CHANGED = documentation("link-changed", "a link changed", "Links are hints on what to call next.");
    BEARER_FORMAT_CHANGED = documentation("bearer-format-changed", "the description of a bearer token changed", PROSE);
    XML_DOCUMENTATION_CHANGED = documentation("xml-documentation-changed", "an XML form changed where no XML is sent",
        "No message is written by it.");
    UNUSED_COMPONENT_ADDED = documentation("unused-component-added", "a component was added that nothing uses yet",
        "No operation reaches it.");
    UNUSED_COMPONENT_CHANGED = documentation("unused-component-changed", "a component changed that nothing uses",
        "No operation reaches it. The verdict on Rust covers generated code.");
    REORDERED = documentation("reordered", "a list has another order",
        "The order isn't on the wire. The verdict on Rust covers generated code.");
    REFERENCE_INLINED = documentation("reference-inlined", "a reference was replaced by what it referred to", MEANING);
    REFERENCE_EXTRACTED = documentation("reference-extracted", "a part was replaced by a reference to the same", MEANING);
    REFERENCE_CHANGED = documentation("reference-changed", "a reference leads elsewhere, to the same", MEANING);
    WITHOUT_EFFECT = documentation("without-effect", "a keyword of a schema came, went or changed without effect", MEANING);
    RESTATED = documentation("restated", "a part is written another way", MEANING);
}
