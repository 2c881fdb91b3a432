// A program in TypeScript on the client that swagger-typescript-api makes of the
// document: tickets, messages and customers, written and read at the emulator.
import { Api } from "./api.js";

declare const process: { env: Record<string, string> };

const { GORGIAS_BASE_URL, GORGIAS_EMAIL, GORGIAS_API_KEY } = process.env;
const authorization = `Basic ${btoa(`${GORGIAS_EMAIL}:${GORGIAS_API_KEY}`)}`;
const { api } = new Api({
  baseUrl: GORGIAS_BASE_URL,
  baseApiParams: { headers: { authorization } },
});

function same(what: string, ours: unknown, theirs: unknown) {
  if (ours !== theirs) {
    throw new Error(`${what}: ${JSON.stringify(ours)} is not ${JSON.stringify(theirs)}`);
  }
}

async function customers(): Promise<number> {
  const made = await api.createCustomer({
    name: "Mira Poe",
    email: "mira@example.com",
    channels: [{ type: "email", address: "mira@example.com", preferred: true }],
  });
  const { id } = made.data;
  same("the first name", made.data.firstname, "Mira");
  await api.updateCustomer(id, { name: "Mira Doe" });
  const read = await api.getCustomer(id);
  same("the name after an update", read.data.name, "Mira Doe");
  const found = await api.listCustomers({ email: "mira@example.com" });
  same("customers of the address", found.data.data.length, 1);
  same("the customer of the address", found.data.data[0]?.id, id);
  return id;
}

async function tickets(customer: number) {
  const made = await api.createTicket({
    subject: "A vase in two pieces",
    customer: { id: customer },
    messages: [{ channel: "api", from_agent: false, body_text: "It came broken." }],
  });
  const { id } = made.data;
  await api.updateTicket(id, { priority: "high", status: "closed" });
  const read = await api.getTicket(id);
  same("the priority after an update", read.data.priority, "high");
  same("the status after an update", read.data.status, "closed");

  const added = await api.createTicketMessage(id, {
    channel: "api",
    from_agent: false,
    body_text: "Here is a picture.",
  });
  const message = added.data.id;
  await api.updateTicketMessage(id, message, {
    channel: "api",
    from_agent: false,
    body_text: "Here are two.",
  });
  same("a message", (await api.getTicketMessage(id, message)).data.body_text, "Here are two.");
  const page = await api.listTicketMessages(id);
  same("messages of the ticket", page.data.meta.item_count, 2);
  const all = await api.listMessages({ ticket_id: id, limit: 100 });
  same("messages by a filter", all.data.data.length, 2);
  await api.deleteTicketMessage(id, message);
  same("messages that are left", (await api.getTicket(id)).data.messages.length, 1);

  const gone = await api.createTicket({
    messages: [{ channel: "api", from_agent: false, body_text: "A mistake." }],
  });
  same("the status of a delete", (await api.deleteTicket(gone.data.id)).status, 204);
  const missing = await api.getTicket(gone.data.id).catch((error) => error);
  same("the status of what is deleted", missing.status, 404);
}

await tickets(await customers());
console.log("customers, tickets and messages written and read");
