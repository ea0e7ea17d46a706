import type { Plan } from '../model/plan.ts';

/**
 * Tells the fields that a plan would still have created, now or once nothing stands in their way, from those that Zoho
 * has: rules about creating warn of the former only (contract §2).
 */
export function isToBeCreated(plan: Pick<Plan, 'modules'>): (module: string, apiName: string) => boolean {
  const names = new Map(
    plan.modules.map(({ module, entries }) => [
      module,
      new Set(
        entries.flatMap(({ id, field, reasons }) => {
          const isThere = id !== undefined || reasons.some(({ code }) => code === 'ambiguous');
          return isThere || !field.create ? [] : [field.api_name];
        }),
      ),
    ]),
  );
  return (module, apiName) => names.get(module)?.has(apiName) === true;
}
