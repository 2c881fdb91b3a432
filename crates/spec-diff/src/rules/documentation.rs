//! Rules for changes that only readers of the document notice.

use super::rules;

const PROSE: &str = "Only readers of the document notice the change.";
const MEANING: &str = "The same messages are allowed as before.";

rules! {
    DESCRIPTION_CHANGED = documentation("description-changed", "a description changed", PROSE);
    SUMMARY_CHANGED = documentation("summary-changed", "a summary changed", PROSE);
    TITLE_CHANGED = documentation("title-changed", "a schema's title changed",
        "Only readers of the document notice the change. The verdict on Rust covers types that are named after the title.");
    EXAMPLE_CHANGED = documentation("example-changed", "an example changed", PROSE);
    EXTERNAL_DOCS_CHANGED = documentation("external-docs-changed", "a link to other documentation changed", PROSE);
    INFO_CHANGED = documentation("info-changed", "the document's own title, version or contact changed", PROSE);
    TAG_DEFINITIONS_CHANGED = documentation("tag-definitions-changed", "the list of tags changed", PROSE);
    OPENAPI_VERSION_CHANGED = documentation("openapi-version-changed", "the document follows another patch release of OpenAPI",
        "Patch releases of OpenAPI correct its wording and don't change its meaning.");
    EXTENSION_CHANGED = documentation("extension-changed", "an extension (`x-…`) changed",
        "OpenAPI gives extensions no meaning. Only `x-extensible-enum` has rules of its own.");
    LINK_CHANGED = documentation("link-changed", "a link changed", "Links only suggest further calls.");
    BEARER_FORMAT_CHANGED = documentation("bearer-format-changed", "the description of a bearer token changed", PROSE);
    XML_DOCUMENTATION_CHANGED = documentation("xml-documentation-changed", "the XML form of a schema changed that no message in XML uses",
        "Only messages in XML have the XML form.");
    UNUSED_COMPONENT_ADDED = documentation("unused-component-added", "a component was added that no operation uses",
        "No message contains the component.");
    UNUSED_COMPONENT_CHANGED = documentation("unused-component-changed", "a component changed that no operation uses",
        "No message contains the component. The verdict on Rust covers generated code.");
    REORDERED = documentation("reordered", "a list has another order",
        "Messages don't depend on the order. The verdict on Rust covers generated code.");
    REFERENCE_INLINED = documentation("reference-inlined", "a reference was replaced by its target", MEANING);
    REFERENCE_EXTRACTED = documentation("reference-extracted", "a part was replaced by a reference to an equivalent component", MEANING);
    REFERENCE_CHANGED = documentation("reference-changed", "a reference leads to another, equivalent component", MEANING);
    WITHOUT_EFFECT = documentation("without-effect", "a keyword of a schema was added, removed or changed without effect", MEANING);
    RESTATED = documentation("restated", "a part is written in another way", MEANING);
}
