//! What the service answers with, and the value sets of its fields.
//!
//! These types are generated from the API's document. Every field but the id
//! may be missing from an answer, values that aren't known yet are kept, and
//! so are fields. The structs and enums are marked non-exhaustive: new fields
//! and values come with minor releases.

pub use gorgias_api::types::{
    AssigneeTeam, AssigneeUser, AuthCustomerIdentity, AuthService, Channel, CustomerChannel,
    CustomerReference, CustomerSummary, IntegrationType, MessageAttachment, MessageIntent,
    MessageMacro, MessageSource, ReplyIntegration, ReplyOption, SatisfactionSurvey, SendingError,
    SourceAddress, SourceType, TagDecoration, TeamDecoration, TeamEmoji, Ticket, TicketCompact,
    TicketCustomFieldValue, TicketCustomer, TicketEvent, TicketEventUser, TicketIntegration,
    TicketMessage, TicketOrder, TicketPriority, TicketRelationship, TicketStatus, TicketSummary,
    TicketTag, Via,
};
