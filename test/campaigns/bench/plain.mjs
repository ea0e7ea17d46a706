// A plain client with the usual libraries: everything loaded first, the schema compiled at run time, one step at a time.
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import axios from 'axios';
import { config } from 'dotenv';
import { createTwoFilesPatch } from 'diff';
import { parseDocument } from 'yaml';

config({ quiet: true });
const document = parseDocument(readFileSync('fields.yaml', 'utf8')).toJS();
const schema = JSON.parse(readFileSync(new URL('../../../dist/fields.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv({ allErrors: true, strict: false, discriminator: true }).compile(schema);
if (!validate(document)) console.log(validate.errors);
const base = process.env.ZOHO_ACCOUNTS_URL;
const body = new URLSearchParams({
  grant_type: 'refresh_token',
  client_id: 'a',
  client_secret: 'b',
  refresh_token: 'c',
});
const token = await axios.post(`${base}/oauth/v2/token`, body);
const live = await axios.get(`${base}/crm/v8/settings/fields`, {
  params: { module: 'Deals', type: 'all' },
  headers: { authorization: `Zoho-oauthtoken ${token.data.access_token}` },
});
const have = live.data.fields.map((field) => field.api_name).join('\n');
console.log(
  createTwoFilesPatch('live', 'manifest', have, document.fields.map((field) => field.api_name).join('\n'))
    .length,
);
