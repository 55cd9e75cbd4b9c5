// SPDX-License-Identifier: GPL-3.0-or-later
// Reads lines "schema path" and prints one line per document that its schema
// (models/catalog/schema/NAME.schema.json, draft-07) judges otherwise than its name says:
// invalid_*.json must be refused, every other document accepted, and so are
// invalid_reader_only_*.json and invalid_beyond_schema_*.json, which only the reader refuses.
'use strict';
const fs = require('fs');
const path = require('path');
const Ajv = require('ajv');

const validators = new Map();

function readJson(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

function validatorOf(name) {
  if (!validators.has(name)) {
    const schema = readJson(`models/catalog/schema/${name}.schema.json`);
    validators.set(name, new Ajv({ jsonPointers: true }).compile(schema));
  }
  return validators.get(name);
}

function verdict(schema, file) {
  const expected = !/^invalid_(?!reader_only_|beyond_schema_)/.test(path.basename(file));
  const validate = validatorOf(schema);
  let accepted = false;
  let why = '';
  try {
    accepted = validate(readJson(file));
    why = (validate.errors || []).map((e) => `${e.dataPath} ${e.message}`).join('; ');
  } catch (error) {
    why = error.message;
  }
  if (accepted === expected) return null;
  return accepted ? `${file}: accepted by schema ${schema}, but named invalid`
    : `${file}: refused by schema ${schema}: ${why}`;
}

for (const line of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const [schema, file] = line.split(' ');
  try {
    const text = verdict(schema, file);
    if (text) console.log(text);
  } catch (error) {
    console.log(`${file}: schema ${schema} cannot be used: ${error.message}`);
  }
}
