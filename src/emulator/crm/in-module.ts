import type { Reply } from '../http/exchange.ts';
import type { Module } from '../state/world.ts';
import type { Call, ModuleCall } from './call.ts';
import { invalidModule, paramMissing } from './refusals.ts';

/** Step 7 of the checks: the parameter `module` names a module that exists (sheet §2.5). */
export function inModule(handle: (call: ModuleCall) => Reply): (call: Call) => Reply {
  return (call) => {
    const name = call.request.query.get('module');
    if (name === null || name === '') return paramMissing('module');
    const module = findModule(call, name);
    return module === undefined ? invalidModule() : handle({ ...call, module });
  };
}

/** Reads see the world through the replica's lag, writes see the newest. */
function findModule({ zoho, request }: Call, name: string): Module | undefined {
  const world = request.method === 'GET' ? zoho.store.ago(zoho.switches.readLag) : zoho.store.now();
  const isNamed = (module: Module): boolean =>
    zoho.switches.moduleCase === 'ignore'
      ? module.api_name.toLowerCase() === name.toLowerCase()
      : module.api_name === name;
  return Object.values(world.modules).find(isNamed);
}
