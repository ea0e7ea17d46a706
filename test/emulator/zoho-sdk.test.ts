import file from './field-examples.json' with { type: 'json' };
import { describe, expect, it, onTestFinished } from 'vitest';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/start.ts';
import { temporaryFolder } from './child-process.ts';
import { ALL_SCOPES } from './support.ts';
import { initialise, SDKS, type SdkField, type SdkResponse, type ZohoSdk } from './zoho-sdk.ts';
import { parseSeedFile } from '../../src/emulator/state/new-organisation.ts';

/** The first of these tests loads the SDK, all 1,700 files of it. */
const PATIENCE = 30_000;

describe.each(Object.entries(SDKS))('%s of Zoho, unmodified, takes the emulator for Zoho', (_, load) => {
  // First, because the Node SDK cannot be given a code any more once it has been initialised.
  it(
    'initialises with a grant code',
    async () => {
      const sdk = await load();
      const zoho = await open({});
      await initialise(sdk, zoho, temporaryFolder(), { grantToken: zoho.grantCode({ scope: ALL_SCOPES }) });
      expect(zoho.requests[0]).toMatchObject({ body: { grant_type: 'authorization_code' }, status: 200 });
    },
    PATIENCE,
  );

  it(
    'initialises: token, user, organisation',
    async () => {
      const { zoho } = await start(load);
      expect(zoho.requests.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
        'POST /oauth/v2/token 200',
        'GET /crm/v8/users 200',
        'GET /crm/v8/org 200',
      ]);
    },
    PATIENCE,
  );

  it(
    'reads all fields of Deals, and one of each type',
    async () => {
      const { all } = await start(load);
      expect(namesOf(await all('Deals'))).toEqual(expect.arrayContaining(['Deal_Name', 'Stage', 'Partner']));
      const examples = parseSeedFile(JSON.stringify({ fields: Object.values(file) }));
      const other = await start(load, { seed: examples });
      expect(namesOf(await other.all('Deals'))).toEqual(Object.values(file).map((field) => field.api_name));
    },
    PATIENCE,
  );

  it(
    'creates two fields, one of them a duplicate: 207',
    async () => {
      const { sdk, zoho, create } = await start(load);
      const answer = await create(
        textField(sdk, 'Strategic Partner ID', 'StrategicPartnerId'),
        textField(sdk, 'Amount', 'Amount2'),
      );
      expect(answer.getStatusCode()).toBe(207);
      const results = answer.getObject().getFields();
      expect(results.map((result) => [result.constructor.name, result.getCode().getValue()])).toEqual([
        ['SuccessResponse', 'SUCCESS'],
        ['APIException', 'DUPLICATE_DATA'],
      ]);
      expect(results[1]?.getDetails().get('api_name')).toBe('field_label');
      expect(zoho.fields('Deals').find('StrategicPartnerId')).toMatchObject({
        field_label: 'Strategic Partner ID',
      });
    },
    PATIENCE,
  );

  it(
    'changes a label, adds an option, deletes an unused field',
    async () => {
      const { sdk, zoho, update, remove, get } = await start(load);
      const fields = zoho.fields('Deals');
      const { id } = fields.add({
        field_label: 'Risk',
        data_type: 'picklist',
        pick_list_values: [{ display_value: 'Low', actual_value: 'Low' }],
      });
      const relabelled = new sdk.Fields.Fields();
      relabelled.setFieldLabel('Risk Level');
      expect((await update(id, relabelled)).getStatusCode()).toBe(200);
      const extended = new sdk.Fields.Fields();
      const option = new sdk.Fields.PickListValue();
      option.setDisplayValue('High');
      option.setActualValue('High');
      extended.setPickListValues([option]);
      expect((await update(id, extended)).getStatusCode()).toBe(200);
      const field = (await get(id)).getObject().getFields()[0];
      expect(field?.getFieldLabel()).toBe('Risk Level');
      expect(field?.getPickListValues().map((value) => value.getDisplayValue())).toEqual([
        '-None-',
        'Low',
        'High',
      ]);
      fields.markUnused('Risk');
      const deleted = await remove(id);
      expect([deleted.getStatusCode(), deleted.getObject().constructor.name]).toEqual([200, 'ActionWrapper']);
      expect(fields.find('Risk')).toBeUndefined();
    },
    PATIENCE,
  );

  it(
    'gets the right exceptions: bad token, missing scope, unknown module',
    async () => {
      const { all, zoho } = await start(load);
      expect(exception(await all('Delas'))).toEqual([400, 'APIException', 'INVALID_MODULE']);
      const scoped = await start(load, { scope: 'ZohoCRM.users.READ ZohoCRM.org.READ' });
      expect(exception(await scoped.all('Deals'))).toEqual([401, 'APIException', 'OAUTH_SCOPE_MISMATCH']);
      const late = await start(load);
      late.zoho.advance(61 * 60_000);
      expect(exception(await late.all('Deals'))).toEqual([401, 'APIException', 'INVALID_TOKEN']);
      const revoked = initialise(late.sdk, zoho, temporaryFolder(), { refreshToken: '1000.dead.beef' });
      await expect(
        revoked.catch((error: unknown) => JSON.stringify(error) + String(error)),
      ).resolves.toContain('invalid_code');
    },
    PATIENCE,
  );
});

async function open(options: EmulatorOptions): Promise<Emulator> {
  const zoho = await startEmulator({ scope: ALL_SCOPES, ...options });
  onTestFinished(() => zoho.close());
  return zoho;
}

async function start(load: () => Promise<ZohoSdk>, options: EmulatorOptions = {}) {
  const sdk = await load();
  const zoho = await open(options);
  await initialise(sdk, zoho, temporaryFolder());
  return { sdk, zoho, ...operations(sdk) };
}

/** The SDK keeps its connection in a global, so these belong to the last one that was initialised. */
function operations(sdk: ZohoSdk) {
  const { FieldsOperations, BodyWrapper } = sdk.Fields;
  const calls = new FieldsOperations();
  const inModule = async (parameter: object, module = 'Deals') => {
    const parameters = new sdk.ParameterMap();
    await parameters.add(parameter, module);
    return parameters;
  };
  const wrapped = (fields: readonly SdkField[]) => {
    const body = new BodyWrapper();
    body.setFields(fields);
    return body;
  };
  return {
    all: async (module: string) => {
      const parameters = await inModule(sdk.Fields.GetFieldsParam.MODULE, module);
      await parameters.add(sdk.Fields.GetFieldsParam.TYPE, new sdk.Choice('all'));
      return calls.getFields(parameters);
    },
    get: async (id: string) => calls.getField(BigInt(id), await inModule(sdk.Fields.GetFieldParam.MODULE)),
    create: async (...fields: readonly SdkField[]) =>
      calls.createField(wrapped(fields), await inModule(sdk.Fields.CreateFieldParam.MODULE)),
    update: async (id: string, field: SdkField) =>
      calls.updateField(BigInt(id), wrapped([field]), await inModule(sdk.Fields.UpdateFieldParam.MODULE)),
    remove: async (id: string) =>
      calls.deleteField(BigInt(id), await inModule(sdk.Fields.DeleteFieldParam.MODULE)),
  };
}

function textField(sdk: ZohoSdk, label: string, apiName: string): SdkField {
  const field = new sdk.Fields.Fields();
  field.setFieldLabel(label);
  field.setAPIName(apiName);
  field.setDataType('text');
  field.setLength(50);
  return field;
}

const namesOf = (answer: SdkResponse) =>
  answer
    .getObject()
    .getFields()
    .map((field) => field.getAPIName());

const exception = (answer: SdkResponse) => {
  const object = answer.getObject();
  return [answer.getStatusCode(), object.constructor.name, object.getCode().getValue()];
};
