// The same two requests by Zoho's own SDK, as its README shows it.
import { join } from 'node:path';
import * as ZOHO from '@zohocrm/nodejs-sdk-8.0';

const url = process.env.ZOHO_ACCOUNTS_URL;
const folder = process.cwd();
const token = await new ZOHO.OAuthBuilder().clientId('a').clientSecret('b').refreshToken('c').build();
const builder = await new ZOHO.InitializeBuilder();
await builder
  .environment(ZOHO.DataCenter.setEnvironment(url, `${url}/oauth/v2/token`, url))
  .token(token)
  .store(new ZOHO.FileStore(join(folder, 'sdk-tokens.txt')))
  .SDKConfig(new ZOHO.SDKConfigBuilder().build())
  .resourcePath(folder)
  .logger(new ZOHO.LogBuilder().level(ZOHO.Levels.OFF).filePath(join(folder, 'sdk.log')).build())
  .initialize();
const parameters = new ZOHO.ParameterMap();
await parameters.add(ZOHO.Fields.GetFieldsParam.MODULE, 'Deals');
const response = await new ZOHO.Fields.FieldsOperations().getFields(parameters);
console.log(response.getObject().getFields().length);
