import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/json.ts';
import type { ModulePlan } from '../model/plan.ts';
import { leavingMappingAside } from './lead-mapping.ts';

/**
 * SHA-256 of what a plan would do and where, in hex.
 *
 * It covers the intent, the organisation and everything the verdicts rest on. Line numbers, file names, wording,
 * notices and unmanaged fields stay out: they change nothing that `apply` would do.
 */
export function planDigest(modules: readonly ModulePlan[]): string {
  const relied = modules.map((module) => ({
    module: module.module,
    anchors: module.anchors,
    entries: module.entries
      .map((one) => leavingMappingAside(one))
      .map((entry) => ({
        action: entry.action,
        id: entry.id ?? null,
        api_name: entry.field.api_name,
        data_type: entry.field.data_type,
        create: entry.field.create,
        field_label: entry.field.field_label ?? null,
        declared: entry.field.declared,
        differences: entry.differences.map(({ key, want, live }) => ({ key, want, live })),
        reasons: entry.reasons.map((reason) => reason.code),
      })),
  }));
  return createHash('sha256').update(canonicalJson(relied)).digest('hex');
}

/** The short name of a digest, such as `7F3K-9QXD`: for people, who see the rest of the plan beside it. */
export function planId(digest: string): string {
  const bytes = Buffer.from(digest.slice(0, 16), 'hex');
  const letters = [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** No I, L, O, U, 0 or 1: a plan id is read aloud and typed. Thirty letters; the slight bias is of no matter here. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
