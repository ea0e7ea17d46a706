import { judge } from './checker.ts';
import { tell, type Scenario } from './history.ts';

/** Tells one history in words: who did what, what took effect, and what is wrong with it. */
export async function replay(
  scenario: Scenario,
): Promise<{ readonly text: string; readonly sins: readonly string[] }> {
  const history = await tell(scenario);
  const { plan: _plan, ...facts } = scenario;
  const lines = [JSON.stringify(facts)];
  for (const { run, healthy } of history.runs) {
    const exit = run.ended?.exit === undefined ? 'killed' : `exit ${run.ended.exit}`;
    lines.push(`run ${run.number}${healthy ? ', healthy' : ''}: ${exit}`);
    lines.push(`  steps: ${run.steps.map((kind, index) => `${index}:${kind}`).join(' ')}`);
    if (run.faults.length > 0) lines.push(`  faults: ${run.faults.join(' ')}`);
    lines.push(...(run.ended?.output ?? '').split('\n').map((line) => `    ${line.slice(0, 200)}`));
  }
  lines.push('took effect:');
  for (const { process, at, method, path, body, made, changed } of history.zoho.done) {
    if (path.endsWith('/token')) continue;
    const effect = [
      ...made.map((field) => `made ${field.api_name} "${field.field_label}" ${field.id}`),
      ...changed.map((field) => `now ${field.api_name} "${field.field_label}"`),
    ];
    lines.push(
      `  ${Math.round(at)} ms, run ${process}: ${method} ${body.slice(0, 120)}`,
      ...effect.map((one) => `    ${one}`),
    );
  }
  const sins = judge(history);
  lines.push(sins.length === 0 ? 'nothing is wrong with it' : 'wrong:', ...sins.map((sin) => `  ${sin}`));
  return { text: lines.join('\n'), sins };
}
