import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Emulator } from '../../src/emulator/start.ts';

/** The part of Zoho's SDKs that the tests use; both have it under the same names. */
export interface ZohoSdk {
  readonly DataCenter: { setEnvironment(api: string, accounts: string, files: string): object };
  readonly OAuthBuilder: new () => TokenBuilder;
  readonly InitializeBuilder: new () => Initialization | Promise<Initialization>;
  readonly FileStore: new (path: string) => object;
  readonly LogBuilder: new () => { level(level: string): { filePath(path: string): { build(): object } } };
  readonly Levels: { readonly OFF: string };
  readonly ParameterMap: new () => { add(parameter: object, value: unknown): Promise<void> };
  readonly Choice: new (value: string) => object;
  readonly Fields: {
    readonly FieldsOperations: new () => Operations;
    readonly Fields: new () => SdkField;
    readonly BodyWrapper: new () => { setFields(fields: readonly SdkField[]): void };
    readonly PickListValue: new () => SdkOption;
    readonly GetFieldsParam: { readonly MODULE: object; readonly TYPE: object };
    readonly GetFieldParam: { readonly MODULE: object };
    readonly CreateFieldParam: { readonly MODULE: object };
    readonly UpdateFieldParam: { readonly MODULE: object };
    readonly DeleteFieldParam: { readonly MODULE: object };
  };
}

interface TokenBuilder {
  clientId(id: string): TokenBuilder;
  clientSecret(secret: string): TokenBuilder;
  refreshToken(token: string): TokenBuilder;
  grantToken(token: string): TokenBuilder;
  build(): object | Promise<object>;
}

interface Initialization {
  environment(environment: object): Initialization;
  token(token: object): Initialization;
  store(store: object): Initialization;
  resourcePath(path: string): Initialization;
  logger(logger: object): Initialization;
  initialize(): Promise<void>;
}

interface Operations {
  getFields(parameters: object): Promise<SdkResponse>;
  getField(id: bigint, parameters: object): Promise<SdkResponse>;
  createField(body: object, parameters: object): Promise<SdkResponse>;
  updateField(id: bigint, body: object, parameters: object): Promise<SdkResponse>;
  deleteField(id: bigint, parameters: object): Promise<SdkResponse>;
}

/** What an operation answers: the class tells whether it went well. */
export interface SdkResponse {
  getStatusCode(): number;
  getObject(): {
    readonly constructor: { readonly name: string };
    /** Fields of a read, results of a write. */
    getFields(): readonly (SdkField & SdkResult)[];
    getCode(): { getValue(): string };
    getMessage(): { getValue(): string } | string;
  };
}

export interface SdkResult {
  readonly constructor: { readonly name: string };
  getCode(): { getValue(): string };
  getDetails(): Map<string, unknown>;
}

export interface SdkField {
  setFieldLabel(label: string): void;
  setDataType(type: string): void;
  setAPIName(name: string): void;
  setLength(length: number): void;
  setPickListValues(values: readonly SdkOption[]): void;
  getId(): bigint;
  getAPIName(): string;
  getFieldLabel(): string;
  getPickListValues(): readonly SdkOption[];
}

interface SdkOption {
  setDisplayValue(value: string): void;
  setActualValue(value: string): void;
  getDisplayValue(): string;
}

/** The SDKs as they come from npm; the one in TypeScript is CommonJS inside. */
export const SDKS: Readonly<Record<string, () => Promise<ZohoSdk>>> = {
  'the Node SDK': async () => {
    const loaded: unknown = await import('@zohocrm/nodejs-sdk-8.0');
    return loaded as ZohoSdk;
  },
  'the TypeScript SDK': () => {
    const loaded: unknown = createRequire(import.meta.url)('@zohocrm/typescript-sdk-8.0');
    return Promise.resolve(loaded as ZohoSdk);
  },
};

/** Starts an SDK as its README says, with the credentials of the emulator or others. */
export async function initialise(
  sdk: ZohoSdk,
  zoho: Emulator,
  folder: string,
  changes: Changes = {},
): Promise<void> {
  const { environment, url } = zoho;
  let builder = new sdk.OAuthBuilder()
    .clientId(environment['ZOHO_CLIENT_ID'] ?? '')
    .clientSecret(environment['ZOHO_CLIENT_SECRET'] ?? '');
  if (changes.grantToken === undefined) {
    builder = builder.refreshToken(changes.refreshToken ?? environment['ZOHO_REFRESH_TOKEN'] ?? '');
  } else {
    builder = builder.grantToken(changes.grantToken);
  }
  const token = await builder.build();
  const initialization = await new sdk.InitializeBuilder();
  await initialization
    .environment(sdk.DataCenter.setEnvironment(url, `${url}/oauth/v2/token`, url))
    .token(token)
    .store(new sdk.FileStore(join(folder, `tokens-${Math.random()}.txt`)))
    .resourcePath(folder)
    .logger(new sdk.LogBuilder().level(sdk.Levels.OFF).filePath(join(folder, 'sdk.log')).build())
    .initialize();
}

interface Changes {
  readonly refreshToken?: string;
  readonly grantToken?: string;
}
