// The same job with Zoho's own SDK, as its README shows it: it looks what is there, posts what is missing in batches of
// five, and wraps every call into the retry that people add, because the SDK has none.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as ZOHO from '@zohocrm/nodejs-sdk-8.0';

const { Fields } = ZOHO;
const wanted = JSON.parse(readFileSync(new URL('../wanted.json', import.meta.url), 'utf8'));
const apiUrl = process.env.ZOHO_API_URL ?? 'https://www.zohoapis.com';
const accountsUrl = process.env.ZOHO_ACCOUNTS_URL ?? 'https://accounts.zoho.com';

async function initialize() {
  const folder = process.cwd();
  const token = await new ZOHO.OAuthBuilder()
    .clientId(process.env.ZOHO_CLIENT_ID)
    .clientSecret(process.env.ZOHO_CLIENT_SECRET)
    .refreshToken(process.env.ZOHO_REFRESH_TOKEN)
    .build();
  const builder = await new ZOHO.InitializeBuilder();
  await builder
    .environment(ZOHO.DataCenter.setEnvironment(apiUrl, `${accountsUrl}/oauth/v2/token`, apiUrl))
    .token(token)
    .store(new ZOHO.FileStore(join(folder, 'sdk-tokens.txt')))
    .SDKConfig(new ZOHO.SDKConfigBuilder().timeout(Number(process.env.ZOHO_TIMEOUT_MS ?? 30_000)).build())
    .resourcePath(folder)
    .logger(new ZOHO.LogBuilder().level(ZOHO.Levels.OFF).filePath(join(folder, 'sdk.log')).build())
    .initialize();
}

async function withRetry(call) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await call();
      const status = response?.getStatusCode();
      if (status !== 429 && !(status >= 500)) return response;
      if (attempt === 3) return response;
    } catch (error) {
      if (attempt === 3) throw error;
    }
    await sleep(500 * attempt);
  }
}

async function inDeals(parameter) {
  const parameters = new ZOHO.ParameterMap();
  await parameters.add(parameter, 'Deals');
  return parameters;
}

async function missingFields() {
  const parameters = await inDeals(Fields.GetFieldsParam.MODULE);
  const response = await withRetry(() => new Fields.FieldsOperations().getFields(parameters));
  const object = response.getObject();
  if (!(object instanceof Fields.ResponseWrapper)) throw new Error(messageOf(object));
  const there = new Set(object.getFields().map((field) => field.getAPIName()));
  for (const field of wanted) if (there.has(field.api_name)) console.log(`exists ${field.api_name}`);
  return wanted.filter((field) => !there.has(field.api_name));
}

function messageOf(object) {
  return object instanceof Fields.APIException
    ? `${object.getCode().getValue()}: ${object.getMessage().getValue?.() ?? object.getMessage()}`
    : 'unexpected answer';
}

function sdkField({ api_name, field_label, data_type, length, pick_list_values }) {
  const field = new Fields.Fields();
  field.setAPIName(api_name);
  field.setFieldLabel(field_label);
  field.setDataType(data_type);
  if (length !== undefined) field.setLength(length);
  if (pick_list_values !== undefined) field.setPickListValues(pick_list_values.map(sdkOption));
  return field;
}

function sdkOption({ display_value, actual_value }) {
  const option = new Fields.PickListValue();
  option.setDisplayValue(display_value);
  option.setActualValue(actual_value);
  return option;
}

async function createBatch(batch) {
  try {
    const body = new Fields.BodyWrapper();
    body.setFields(batch.map(sdkField));
    const parameters = await inDeals(Fields.CreateFieldParam.MODULE);
    const response = await withRetry(() => new Fields.FieldsOperations().createField(body, parameters));
    const object = response?.getObject();
    if (!(object instanceof Fields.ActionWrapper)) throw new Error(messageOf(object));
    report(batch, object.getFields());
  } catch (error) {
    console.error('Creating fields failed:', error);
    report(batch, []);
  }
}

function report(batch, results) {
  for (const [index, field] of batch.entries()) {
    const result = results[index];
    if (result instanceof Fields.SuccessResponse) {
      console.log(`created ${field.api_name}`);
    } else {
      console.log(`FAILED ${field.api_name}: ${result?.getCode().getValue() ?? 'no result'}`);
      process.exitCode = 1;
    }
  }
}

async function main() {
  await withRetry(initialize);
  const fields = await missingFields();
  for (let start = 0; start < fields.length; start += 5) {
    await createBatch(fields.slice(start, start + 5));
  }
}

try {
  await main();
} catch (error) {
  console.error('Set-up failed:', error);
  process.exitCode = 1;
}
