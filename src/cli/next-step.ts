import type { Plan } from '../model/plan.ts';
import { workOf } from '../plan/unfinished.ts';
import { visible } from '../report/escape.ts';
import { DRIFT_ADVICE } from '../report/plan-footer.ts';
import type { PlanOptions } from './commands/plan.ts';

/** What to type next, with the same options. */
export function nextStep(made: Plan, options: PlanOptions): string | undefined {
  const { create, conflict, drift } = made.summary;
  if (conflict > 0) {
    return `Next: resolve the conflicts${create > 0 ? '; until then apply creates nothing, unless it is run with --allow-conflicts' : ''}.`;
  }
  if (workOf(made).length > 0) return `Next: ${applyCommand(options)}`;
  if (drift > 0) return `Nothing to create. ${DRIFT_ADVICE}`;
  return 'Nothing to do: Zoho is as declared.';
}

/** The command that applies what was just planned, with the same options. */
export function applyCommand(options: PlanOptions): string {
  const file = options.file === undefined ? '' : ` -f ${shellWord(options.file)}`;
  const emulator = options.emulator === true ? ' --emulator' : '';
  const envFile = options.envFile === undefined ? '' : ` --env-file ${shellWord(options.envFile)}`;
  const subject = options.out === undefined ? file : ` ${shellWord(options.out)}`;
  return `zoho-fields apply${subject}${emulator}${envFile}`;
}

/** A file's name as it can be pasted into a shell, and without anything that acts on a terminal. */
function shellWord(text: string): string {
  return /^[\w./@:+-]+$/.test(text) ? text : visible(`'${text.replaceAll("'", "'\\''")}'`);
}
