import type { Edition, Organisation } from '../state/organisation-state.ts';
import type { Zoho } from '../zoho.ts';

interface EditionLimits {
  readonly credits: number;
  readonly creditsPerUser: number;
  readonly mostCredits: number;
  readonly concurrency: number;
  readonly customFields: number;
}

/** What an edition allows: credits and concurrency of sheet §6, custom fields per module of §3.1 and §7. */
const EDITIONS: Readonly<Record<Edition, EditionLimits>> = {
  free: { credits: 5000, creditsPerUser: 0, mostCredits: 5000, concurrency: 5, customFields: 0 },
  standard: { credits: 50_000, creditsPerUser: 250, mostCredits: 100_000, concurrency: 10, customFields: 10 },
  professional: {
    credits: 50_000,
    creditsPerUser: 500,
    mostCredits: 3e6,
    concurrency: 15,
    customFields: 155,
  },
  enterprise: { credits: 50_000, creditsPerUser: 1000, mostCredits: 5e6, concurrency: 20, customFields: 300 },
  ultimate: {
    credits: 50_000,
    creditsPerUser: 2000,
    mostCredits: Infinity,
    concurrency: 25,
    customFields: 500,
  },
};

/** Credits in 24 hours. */
export function creditLimit({ switches, store }: Zoho): number {
  const { organisation } = store.now();
  const limits = EDITIONS[organisation.edition];
  const bought = limits.credits + organisation.userCount * limits.creditsPerUser;
  return switches.credits || Math.min(bought, limits.mostCredits);
}

export function concurrencyLimit({ switches, store }: Zoho): number {
  return switches.concurrency || EDITIONS[store.now().organisation.edition].concurrency;
}

/** Custom fields that a module may hold. */
export function customFieldLimit({ switches }: Zoho, organisation: Organisation): number {
  return switches.customFieldLimit || EDITIONS[organisation.edition].customFields;
}

const ORDER: readonly Edition[] = ['free', 'standard', 'professional', 'enterprise', 'ultimate'];

export function isAtLeast(edition: Edition, wanted: Edition): boolean {
  return ORDER.indexOf(edition) >= ORDER.indexOf(wanted);
}
