// What a TypeScript program does with the document's types. It has to compile,
// and each line marked as an error has to be one.
import type { components, operations } from "./gorgias";

type CreateTicket = components["schemas"]["CreateTicket"];
type Ticket = components["schemas"]["Ticket"];
type ListQuery = NonNullable<operations["list_tickets"]["parameters"]["query"]>;

export const ticket: CreateTicket = {
  subject: "Where is my order?",
  external_id: "shop-1234",
  customer: { email: "jane@example.com" },
  tags: [{ name: "vip" }],
  messages: [
    {
      channel: "email",
      via: "email",
      from_agent: false,
      body_text: "Order 1234 has not arrived.",
      source: {
        type: "email",
        from: { address: "jane@example.com" },
        to: [{ address: "support@acme.example" }],
      },
    },
  ],
};

export const query: ListQuery = { limit: 100, order_by: "updated_datetime:desc" };

// @ts-expect-error a ticket has messages
export const empty: CreateTicket = { subject: "Nothing" };

// @ts-expect-error the API takes no such order
export const order: ListQuery = { order_by: "subject:asc" };

export const closed: CreateTicket = {
  // @ts-expect-error only open and closed can be written
  status: "pending",
  messages: [],
};

// A value that is not known yet is still a status that can be read.
export const later: Pick<Ticket, "id" | "status"> = { id: 1, status: "pending" };

export function show(read: Ticket): string {
  return `${read.id}: ${read.subject ?? "no subject"}, ${read.messages?.length ?? 0} messages`;
}
