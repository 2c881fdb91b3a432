// Opens the reference page in a headless browser and looks for everything that
// the document says of each operation: node check.cjs PAGE DOCUMENT BROWSER

const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");

const [page, copy, executablePath] = process.argv.slice(2);
const document_ = JSON.parse(fs.readFileSync(copy, "utf8"));

function resolve(node) {
  while (node?.$ref) {
    node = node.$ref.slice(2).split("/").reduce((at, key) => at[key], document_);
  }
  return node;
}

// The values that a field may have, in itself or in what it is made of.
function values(schema) {
  const resolved = resolve(schema) ?? {};
  if (resolved.enum) return resolved.enum;
  if (resolved["x-extensible-enum"]) return resolved["x-extensible-enum"];
  return (resolved.allOf ?? []).flatMap(values);
}

// The names of all fields of a schema, at any depth, whether they are marked as
// unproven, and their values.
function fields(schema, found = new Map(), seen = new Set()) {
  const resolved = resolve(schema);
  if (!resolved || seen.has(resolved)) return found;
  seen.add(resolved);
  for (const [name, property] of Object.entries(resolved.properties ?? {})) {
    const before = found.get(name) ?? { unproven: false, values: [] };
    found.set(name, {
      unproven: Boolean(before.unproven || property["x-unproven"]),
      values: [...before.values, ...values(property)],
    });
    fields(property, found, seen);
  }
  fields(resolved.items, found, seen);
  // Of alternatives the page shows the first, and the others on a click.
  const [first] = resolved.anyOf ?? resolved.oneOf ?? [];
  for (const part of [...(resolved.allOf ?? []), first]) fields(part, found, seen);
  return found;
}

// What has to be on the page, by operation.
function* wanted() {
  for (const [url, item] of Object.entries(document_.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (!operation.operationId) continue;
      const names = new Map();
      for (const parameter of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
        const { name, schema } = resolve(parameter);
        names.set(name, { unproven: false, values: values(schema) });
      }
      const bodies = [resolve(operation.requestBody)];
      for (const status of ["200", "201"]) bodies.push(resolve(operation.responses[status]));
      for (const body of bodies) {
        for (const { schema } of Object.values(body?.content ?? {})) fields(schema, names);
      }
      yield { id: operation.operationId, summary: operation.summary, method, url, names };
    }
  }
}

async function main() {
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
  });
  const problems = [];
  const tab = await browser.newPage();
  tab.on("pageerror", (error) => problems.push(`the page failed: ${error}`));
  tab.on("request", (request) => {
    if (/^(https?|wss?):/.test(request.url())) problems.push(`the page loads ${request.url()}`);
  });
  await tab.goto(pathToFileURL(path.resolve(page)).href);
  let count = 0;
  for (const { id, summary, method, url, names } of wanted()) {
    const section = tab.locator(`[id="operation/${id}"]`);
    await section.waitFor({ timeout: 20_000 });
    const text = await section.innerText();
    for (const word of [summary, method.toUpperCase(), url]) {
      if (!text.toUpperCase().includes(word.toUpperCase())) problems.push(`${id}: no ${word}`);
    }
    const rows = await section
      .locator("td[title]")
      .evaluateAll((cells) => cells.map((cell) => [cell.title, cell.closest("tr").innerText]));
    for (const [name, { unproven, values }] of names) {
      count += 1;
      const texts = rows.filter(([title]) => title === name).map(([, text]) => text);
      if (texts.length === 0) problems.push(`${id}: no field ${name}`);
      if (unproven && !texts.some((text) => /\bunproven\b/.test(text))) {
        problems.push(`${id}: ${name} is not marked as unproven`);
      }
      for (const value of values.filter((value) => value !== null)) {
        if (!texts.some((text) => text.includes(value))) {
          problems.push(`${id}: ${name} has no value ${value}`);
        }
      }
    }
  }
  const first = await tab.locator("[id^='operation/']").first().getAttribute("id");
  if (first !== "operation/create_ticket") problems.push(`the page begins with ${first}`);
  const closed = await tab
    .locator("li[data-item-id^='operation/'], li[data-item-id*='/operation/']")
    .evaluateAll((items) => items.filter((item) => item.offsetHeight === 0).length);
  if (closed > 0) problems.push(`the navigation hides ${closed} operations`);
  await browser.close();
  if (count === 0) problems.push("the document has no operations");
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
  console.log(`every operation and its fields are on the page, ${count} names in all`);
}

main();
