import { createHash } from 'node:crypto';
import { isObject, type Json } from '../model/json.ts';
import type { ModulePlan } from '../model/plan.ts';
import { leavingMappingAside } from './conversion.ts';

/**
 * A short name for what a plan would do and where, such as `7F3K-9QXD`.
 *
 * It covers the intent, the organisation and everything the verdicts rest on. Line numbers, file names, wording,
 * notices and unmanaged fields stay out: they change nothing that `apply` would do.
 */
export function planId(modules: readonly ModulePlan[]): string {
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
  const digest = createHash('sha256').update(canonicalJson(relied)).digest();
  const letters = [...digest.subarray(0, 8)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** No I, L, O, U, 0 or 1: a plan id is read aloud and typed. Thirty letters; the slight bias is of no matter here. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** JSON with sorted keys: the same value always gives the same text. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}
