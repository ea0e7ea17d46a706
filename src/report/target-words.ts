import { data, listed, shorten, strong, type Words } from './document.ts';
import type { Target } from './plan-view.ts';

/** `the module Deals of Acme GmbH (production)`: where something happens, for a reader who must not mistake it. */
export function whereWords(modules: readonly string[], target: Target): Words {
  const names = listed(modules.map((module) => data(module)));
  return [`the ${modules.length === 1 ? 'module' : 'modules'} `, ...names, ' of ', ...ownerWords(target)];
}

/** Whose Zoho it is; the name is known only where the credentials may read it. */
function ownerWords({ dataCentre, organisation }: Target): Words {
  if (dataCentre === 'emulator') return ['the built-in emulator, which is not a real Zoho'];
  if (organisation === undefined) {
    return [`the organisation that the credentials belong to (data centre ${dataCentre})`];
  }
  return [strong(shorten(organisation.name, 80)), ' (', data(organisation.type, 20), ')'];
}

/** What identifies the place beyond doubt. */
export function placeWords({ dataCentre, apiHost, organisation }: Target): Words {
  if (dataCentre === 'emulator') return ['the built-in emulator'];
  const owner: Words =
    organisation === undefined
      ? ['organisation not shown, since the credentials lack the scope ', data('ZohoCRM.org.READ')]
      : ['organisation ', data(organisation.name, 80), ' with the id ', data(organisation.id, 30)];
  return [...owner, `, data centre ${dataCentre} at `, data(apiHost, 80)];
}
