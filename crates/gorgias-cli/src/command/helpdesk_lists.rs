//! The lists of resources that have no other command: `gorgias user list`, `team list`,
//! `tag list`, `field list` and `integration list`.

use clap::Args;
use gorgias::api::calls::{ListCustomFields, ListIntegrations, ListTags, ListTeams, ListUsers};
use gorgias::api::types::{
    CreationOrder, CustomField, CustomFieldObject, CustomFieldOrder, Integration, IntegrationType,
    Tag, TagOrder, Team, TeamOrder, User, UserOrder, UserRole,
};

use super::list_arguments::{ListArguments, list_help};
use crate::calls::with;
use crate::failure::Failure;
use crate::output::{Column, text_of, yes_or_no};
use crate::values;

const USERS: &[Column<User>] = &[
    ("ID", 12, |user| user.id.to_string()),
    ("ROLE", 14, role),
    ("ACTIVE", 6, |user| yes_or_no(user.active)),
    ("EMAIL", 34, |user| text_of(&user.email)),
    ("NAME", 0, |user| text_of(&user.name)),
];

const USERS_EXAMPLES: &str = "\
  gorgias user list
  gorgias user list --email agent@acme.example
  gorgias user list --role agent --role admin | jq -r '.[].email'";

/// List the users of the helpdesk: agents, and bots too
#[derive(Args)]
#[command(after_help = list_help("", "user", USERS_EXAMPLES))]
pub(crate) struct UserArguments {
    /// Only the user with this e-mail address
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,

    /// Only users with exactly this external id
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,

    /// Only users whose name or address contains this text
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,

    /// Only users of this role; may be given several times
    #[arg(long, value_parser = values::of(UserRole::KNOWN))]
    role: Vec<String>,

    /// The order; by name by default
    #[arg(long, value_name = "ORDER", value_parser = values::of(UserOrder::KNOWN))]
    order_by: Option<String>,

    #[command(flatten)]
    listing: ListArguments,
}

pub(super) async fn users(arguments: UserArguments) -> Result<(), Failure> {
    let listing = arguments.listing;
    let client = listing.connection.client()?;
    let call = client.api().list_users().limit(listing.page_size());
    let call = with(call, arguments.email, ListUsers::email);
    let call = with(call, arguments.external_id, ListUsers::external_id);
    let call = with(call, arguments.search, ListUsers::search);
    let roles: Vec<_> = arguments.role.into_iter().map(UserRole::from).collect();
    let roles = (!roles.is_empty()).then_some(roles);
    let call = with(call, roles, ListUsers::roles);
    let call = with(call, arguments.order_by, ListUsers::order_by);
    let pages = call.pages();
    listing.print_table(pages, |page| &page.data, USERS).await
}

fn role(user: &User) -> String {
    let role = user.role.as_ref();
    text_of(&role.and_then(|role| role.name.as_ref()))
}

const TEAMS: &[Column<Team>] = &[
    ("ID", 12, |team| team.id.to_string()),
    ("MEMBERS", 7, |team| team.members.len().to_string()),
    ("NAME", 30, |team| text_of(&team.name)),
    ("DESCRIPTION", 0, |team| text_of(&team.description)),
];

const TEAMS_EXAMPLES: &str = "\
  gorgias team list
  gorgias team list --order-by name:asc | jq -r '.[].name'";

/// List the teams of the helpdesk
#[derive(Args)]
#[command(after_help = list_help("", "team", TEAMS_EXAMPLES))]
pub(crate) struct TeamArguments {
    /// The order; newest first by default
    #[arg(long, value_name = "ORDER", value_parser = values::of(TeamOrder::KNOWN))]
    order_by: Option<String>,

    #[command(flatten)]
    listing: ListArguments,
}

pub(super) async fn teams(arguments: TeamArguments) -> Result<(), Failure> {
    let listing = arguments.listing;
    let client = listing.connection.client()?;
    let call = client.api().list_teams().limit(listing.page_size());
    let call = with(call, arguments.order_by, ListTeams::order_by);
    let pages = call.pages();
    listing.print_table(pages, |page| &page.data, TEAMS).await
}

const TAGS: &[Column<Tag>] = &[
    ("ID", 12, |tag| tag.id.to_string()),
    ("USAGE", 8, |tag| text_of(&tag.usage)),
    ("NAME", 30, |tag| text_of(&tag.name)),
    ("DESCRIPTION", 0, |tag| text_of(&tag.description)),
];

const TAGS_EXAMPLES: &str = "\
  gorgias tag list
  gorgias tag list --search ship
  gorgias tag list --order-by usage:desc,name:desc --limit 10";

/// List the tags of the helpdesk
#[derive(Args)]
#[command(after_help = list_help("", "tag", TAGS_EXAMPLES))]
pub(crate) struct TagArguments {
    /// Only tags whose name contains this text
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,

    /// The order; newest first by default
    #[arg(long, value_name = "ORDER", value_parser = values::of(TagOrder::KNOWN))]
    order_by: Option<String>,

    #[command(flatten)]
    listing: ListArguments,
}

pub(super) async fn tags(arguments: TagArguments) -> Result<(), Failure> {
    let listing = arguments.listing;
    let client = listing.connection.client()?;
    let call = client.api().list_tags().limit(listing.page_size());
    let call = with(call, arguments.search, ListTags::search);
    let call = with(call, arguments.order_by, ListTags::order_by);
    let pages = call.pages();
    listing.print_table(pages, |page| &page.data, TAGS).await
}

const FIELDS: &[Column<CustomField>] = &[
    ("ID", 12, |field| field.id.to_string()),
    ("TYPE", 8, data_type),
    ("REQUIRED", 8, |field| yes_or_no(field.required)),
    ("ACTIVE", 6, |field| {
        yes_or_no(Some(field.deactivated_datetime.is_none()))
    }),
    ("LABEL", 0, |field| text_of(&field.label)),
];

const FIELDS_EXAMPLES: &str = "\
  gorgias field list
  gorgias field list --of Customer --archived false
  gorgias field list --search reason | jq '.[].definition.input_settings.choices'";

/// List the custom fields of the helpdesk, deactivated ones too
#[derive(Args)]
#[command(after_help = list_help("", "field, with its choices,", FIELDS_EXAMPLES))]
pub(crate) struct FieldArguments {
    /// The object that has the fields: a ticket or a customer
    #[arg(
        long,
        value_name = "OBJECT",
        default_value = "Ticket",
        value_parser = values::of(CustomFieldObject::KNOWN)
    )]
    of: String,

    /// Only fields whose label contains this text
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,

    /// true: only deactivated fields; false: only active ones
    #[arg(long, value_name = "BOOL")]
    archived: Option<bool>,

    /// The order; highest priority first by default
    #[arg(long, value_name = "ORDER", value_parser = values::of(CustomFieldOrder::KNOWN))]
    order_by: Option<String>,

    #[command(flatten)]
    listing: ListArguments,
}

pub(super) async fn fields(arguments: FieldArguments) -> Result<(), Failure> {
    let listing = arguments.listing;
    let client = listing.connection.client()?;
    let call = client.api().list_custom_fields();
    let call = call.object_type(arguments.of).limit(listing.page_size());
    let call = with(call, arguments.search, ListCustomFields::search);
    let call = with(call, arguments.archived, ListCustomFields::archived);
    let call = with(call, arguments.order_by, ListCustomFields::order_by);
    let pages = call.pages();
    listing.print_table(pages, |page| &page.data, FIELDS).await
}

fn data_type(field: &CustomField) -> String {
    let definition = field.definition.as_ref();
    text_of(&definition.and_then(|definition| definition.data_type.as_ref()))
}

const INTEGRATIONS: &[Column<Integration>] = &[
    ("ID", 12, |integration| integration.id.to_string()),
    ("TYPE", 14, |integration| text_of(&integration.type_)),
    ("ADDRESS", 34, address),
    ("NAME", 0, |integration| text_of(&integration.name)),
];

const EMAIL_INTEGRATIONS: &str = "\
An integration of the type email is one of the helpdesk's own addresses. Pass it
as --from of an outgoing e-mail, or as --to of an incoming one.

";

const INTEGRATIONS_EXAMPLES: &str = "\
  gorgias integration list
  gorgias integration list --type email | jq -r '.[].meta.address'";

/// List what the helpdesk is connected to, such as its e-mail addresses
#[derive(Args)]
#[command(after_help = list_help(EMAIL_INTEGRATIONS, "integration", INTEGRATIONS_EXAMPLES))]
pub(crate) struct IntegrationArguments {
    /// Only integrations of this type, such as email
    #[arg(
        long = "type",
        value_name = "TYPE",
        value_parser = values::of(IntegrationType::KNOWN)
    )]
    kind: Option<String>,

    /// The order; newest first by default
    #[arg(long, value_name = "ORDER", value_parser = values::of(CreationOrder::KNOWN))]
    order_by: Option<String>,

    #[command(flatten)]
    listing: ListArguments,
}

pub(super) async fn integrations(arguments: IntegrationArguments) -> Result<(), Failure> {
    let listing = arguments.listing;
    let client = listing.connection.client()?;
    let call = client.api().list_integrations().limit(listing.page_size());
    let call = with(call, arguments.kind, ListIntegrations::type_);
    let call = with(call, arguments.order_by, ListIntegrations::order_by);
    let pages = call.pages();
    listing
        .print_table(pages, |page| &page.data, INTEGRATIONS)
        .await
}

fn address(integration: &Integration) -> String {
    let meta = integration.meta.as_ref();
    text_of(&meta.and_then(|meta| meta.get("address")?.as_str()))
}
