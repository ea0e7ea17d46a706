import { DATA_CENTRES, webDomain, type DataCentre } from '../zoho/data-centre.ts';

/**
 * A data centre as a person names it: by its short name, or by the address at which they use Zoho, which they may paste
 * whole.
 */
export function parseDataCentre(text: string): DataCentre | undefined {
  const wanted = text.trim().toLowerCase();
  const named = DATA_CENTRES.find((one) => one.name === wanted);
  if (named !== undefined) return named;
  const address = wanted.includes('://') ? wanted : `https://${wanted}`;
  const host = URL.canParse(address) ? new URL(address).hostname : '';
  return DATA_CENTRES.find((one) => host === webDomain(one) || host.endsWith(`.${webDomain(one)}`));
}
