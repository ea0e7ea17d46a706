// A set-up script as it is found in back ends: one file, axios, three tries for whatever fails, a line per field.
// `--careful` is its better brother: it looks which fields are there before it posts, and logs messages in the place
// of error objects. Both have one thing that most scripts lack: a time-out.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';

const careful = process.argv.includes('--careful');
const accountsUrl = process.env.ZOHO_ACCOUNTS_URL ?? 'https://accounts.zoho.com';
const apiUrl = process.env.ZOHO_API_URL ?? 'https://www.zohoapis.com';
const fieldsUrl = `${apiUrl}/crm/v8/settings/fields`;
const http = axios.create({ timeout: Number(process.env.ZOHO_TIMEOUT_MS ?? 30_000) });

const wanted = JSON.parse(readFileSync(new URL('../wanted.json', import.meta.url), 'utf8'));

async function withRetry(request) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request();
    } catch (error) {
      const status = error.response?.status;
      const worthAnotherTry = status === undefined || status === 429 || status >= 500;
      if (!worthAnotherTry || attempt === 3) throw error;
      await sleep(500 * attempt);
    }
  }
}

function logError(what, error) {
  if (careful) console.error(what, error.response?.data ?? error.message);
  else console.error(what, error);
}

async function getAccessToken() {
  const { data } = await withRetry(() =>
    http.post(`${accountsUrl}/oauth/v2/token`, null, {
      params: {
        grant_type: 'refresh_token',
        client_id: process.env.ZOHO_CLIENT_ID,
        client_secret: process.env.ZOHO_CLIENT_SECRET,
        refresh_token: process.env.ZOHO_REFRESH_TOKEN,
      },
    }),
  );
  if (!data.access_token) throw new Error(`no access token: ${data.error}`);
  return data.access_token;
}

async function missingFields(headers) {
  const { data } = await withRetry(() => http.get(fieldsUrl, { headers, params: { module: 'Deals' } }));
  const there = new Set(data.fields.map((field) => field.api_name));
  for (const field of wanted) if (there.has(field.api_name)) console.log(`exists ${field.api_name}`);
  return wanted.filter((field) => !there.has(field.api_name));
}

async function createBatch(batch, headers) {
  try {
    const { data } = await withRetry(() =>
      http.post(fieldsUrl, { fields: batch }, { headers, params: { module: 'Deals' } }),
    );
    report(batch, data.fields);
  } catch (error) {
    logError('Creating fields failed:', error);
    report(batch, error.response?.data?.fields ?? []);
  }
}

function report(batch, results) {
  for (const [index, field] of batch.entries()) {
    const result = results[index];
    if (result?.status === 'success') {
      console.log(`created ${field.api_name}`);
    } else {
      console.log(`FAILED ${field.api_name}: ${result?.code ?? 'no result'}`);
      process.exitCode = 1;
    }
  }
}

async function main() {
  const headers = { Authorization: `Zoho-oauthtoken ${await getAccessToken()}` };
  const fields = careful ? await missingFields(headers) : wanted;
  for (let start = 0; start < fields.length; start += 5) {
    await createBatch(fields.slice(start, start + 5), headers);
  }
}

try {
  await main();
} catch (error) {
  logError('Set-up failed:', error);
  process.exitCode = 1;
}
