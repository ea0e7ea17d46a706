import type { Field } from '../../../src/emulator/state/organisation-state.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import { EXIT } from '../../../src/cli/exit-code.ts';
import { isWork } from '../../../src/plan/earlier-runs.ts';
import { costOf } from './faults.ts';
import type { History, Told } from './history.ts';
import { MANIFESTS, NEIGHBOUR } from './manifests.ts';

/** Everything in a history that must never happen, in words; the server's own log is believed, nothing else. */
export function judge(history: History): readonly string[] {
  if (history.stuck) return ['someone waits for ever'];
  return [
    ...eachFieldOnce(history),
    ...othersUntouched(history),
    ...converges(history),
    ...history.runs.flatMap((told) => [
      ...tellsTheTruth(history, told),
      ...sendsLittle(history, told),
      ...labelsItsOwn(told),
      ...exitsRightly(history, told),
      ...receiptIsTrue(history, told),
      ...keepsSecrets(told),
    ]),
  ];
}

/** What all runs together were to create. */
function declared({ scenario, hasNeighbour }: History): readonly DesiredField[] {
  const manifests = [MANIFESTS[scenario.manifest], ...(hasNeighbour ? [NEIGHBOUR] : [])];
  const wishes = manifests.flatMap(({ modules }) => modules).flatMap(({ fields }) => fields);
  return [...new Map(wishes.map((wish) => [wish.api_name, wish])).values()];
}

/** I1: each managed field exists once, under its name and its label, and nothing else was made. */
function eachFieldOnce(history: History): readonly string[] {
  const { before, after, byHand, unforeseen, journalLost } = history;
  if (isBeyondRepair(history)) return [];
  const known = new Set(before.map((field) => field.id));
  const names = new Set(declared(history).map((field) => field.api_name));
  const sins: string[] = [];
  for (const wish of declared(history)) {
    const found = after.filter((field) => field.api_name === wish.api_name);
    const [field] = found;
    if (found.length > 1) sins.push(`I1: ${wish.api_name} exists ${found.length} times`);
    if (field === undefined) sins.push(`I1: ${wish.api_name} is missing`);
    else if (field.field_label !== wish.field_label && !byHand.has(wish.api_name) && !journalLost)
      sins.push(`I1: ${wish.api_name} is labelled "${field.field_label}"`);
  }
  for (const field of after) {
    if (known.has(field.id) || names.has(field.api_name)) continue;
    const twinOf = declared(history).find(({ api_name }) => field.api_name.startsWith(api_name));
    // Made by hand between our reading and our writing, in a Zoho that lets that pass: then it has to be told.
    const couldNotKnow =
      twinOf !== undefined && (unforeseen.has(twinOf.api_name) || isRaceOfMachines(history, twinOf));
    if (!couldNotKnow)
      sins.push(`I1: ${field.api_name} ("${field.field_label}") was made beside the declared ones`);
    else if (!history.runs.some(({ run }) => run.ended?.output.includes(field.id) === true))
      sins.push(`F3: ${field.api_name} is a duplicate that nobody was told of`);
  }
  return sins;
}

/** I2: what was there before is as it was; nothing is deleted, and only fields of these runs are changed. */
function othersUntouched(history: History): readonly string[] {
  const { before, after, zoho } = history;
  const sins = before
    .filter((field) => !after.includes(field))
    .map((field) => `I2: ${field.api_name} was changed`);
  const ours = new Set<string>();
  for (const request of zoho.done) {
    for (const field of request.made) ours.add(field.id);
    if (!['GET', 'POST', 'PATCH'].includes(request.method)) sins.push(`I2: ${request.method} was sent`);
    for (const field of request.changed) {
      if (!ours.has(field.id) && !looksLikeOurs(field, history))
        sins.push(`I2: ${field.api_name} was not ours to change`);
    }
  }
  return sins;
}

/**
 * Someone deleted a field of ours of which nobody had been told the id yet, and made one of the same names and type in its
 * place: nothing tells the two apart. What one machine was told another one does not know, nor one whose journal is gone.
 */
function looksLikeOurs(field: Field, { replaced, runs, scenario, journalLost }: History): boolean {
  const stoodThere: string[] = [];
  for (let id = replaced.get(field.id); id !== undefined; id = replaced.get(id)) stoodThere.push(id);
  const wasTold = (id: string): boolean => runs.some(({ run }) => run.ended?.output.includes(id) === true);
  const isForgotten = scenario.second === 'another machine' || journalLost;
  return stoodThere.length > 0 && (isForgotten || !stoodThere.some(wasTold));
}

/** I3: after a healthy run there is nothing left to do, and a further one writes nothing. */
function converges(history: History): readonly string[] {
  const { runs, byHand, scenario, zoho, journalLost } = history;
  const last = runs.at(-1);
  const sins: string[] = [];
  for (const { run } of runs.slice(-1)) {
    const expected: readonly number[] = isBeyondRepair(history) ? [EXIT.done, EXIT.conflicts] : [EXIT.done];
    if (!expected.includes(run.ended?.exit ?? -1))
      sins.push(`I3: a healthy run ended with ${run.ended?.exit ?? 'nothing'}`);
  }
  const written = zoho.done.filter(
    (request) =>
      request.process === last?.run.number && ['POST', 'PATCH'].includes(request.method) && !isToken(request),
  );
  if (written.length > 0) sins.push('I3: the last run still wrote something');
  const counts = last?.run.ended?.plan?.summary;
  const drifting = byHand.size > 0 || journalLost;
  if (isBeyondRepair(history)) return sins;
  if (counts !== undefined && (counts.create > 0 || counts.conflict > 0 || (counts.drift > 0 && !drifting)))
    sins.push(`I3: the last plan is not empty: ${JSON.stringify(counts)} ${scenario.manifest}`);
  return sins;
}

/**
 * Someone took by hand what a run needed while it was under way: a label that is to be exchanged, or a name in a Zoho
 * that gives it twice; or two machines exchanged labels at once, where names are made of labels, or each made some of the fields;
 * or the journal is gone that would prove both of the fields that exchange labels to be ours. Then a conflict has to be told, and nothing may be written any more.
 */
function isBeyondRepair({ scenario, zoho, byHand, unforeseen, after, journalLost }: History): boolean {
  const derives = scenario.apiNameInBody !== 'honour';
  // What each of two machines made, only its own journal proves.
  const makers = new Set(zoho.done.filter(({ made }) => made.length > 0).map(({ process }) => process));
  const isShared = scenario.second === 'another machine' && (derives || makers.size > 1);
  if (scenario.manifest === 'exchange' && isShared) return true;
  if (scenario.manifest === 'exchange' && journalLost) return true;
  if (byHand.size === 0) return false;
  if (scenario.manifest === 'exchange') return true;
  // What was done while the question stood, a second look shows.
  if (unforeseen.size === 0) return false;
  const names = after.map((field) => field.api_name);
  // A second field of the label: created in the moment in which someone had renamed or removed the first one.
  const isTwin = (name: string): boolean =>
    [...unforeseen].some((one) => name !== one && name.startsWith(one));
  return new Set(names).size < names.length || names.some((name) => isTwin(name));
}

/**
 * Two machines without a lock between them, or one whose full disk takes none, in a Zoho that makes API names of labels: once one of them has set the final
 * label, the other one may take the label that both create the field under.
 */
function isRaceOfMachines({ scenario, journalLost }: History, wish: DesiredField): boolean {
  const derives = scenario.apiNameInBody !== 'honour';
  const hasNoLock = scenario.second === 'another machine' || journalLost;
  return hasNoLock && derives && wish.field_label !== wish.api_name;
}

const isToken = (request: { readonly path: string }): boolean => request.path.endsWith('/oauth/v2/token');

/** I4: what is said to be created is there; what was created is not denied. */
function tellsTheTruth(history: History, { run, atEnd, doneAtEnd }: Told): readonly string[] {
  const { report } = run.ended ?? {};
  if (report === undefined) return [];
  const done = history.zoho.done.slice(0, doneAtEnd);
  const madeByAny = new Set(done.flatMap((request) => request.made.map((field) => field.id)));
  const mine = done.filter((request) => request.process === run.number).flatMap((request) => request.made);
  return report.fields.flatMap((field) => {
    const { api_name, field_label } = field.entry.field;
    if (history.byHand.has(api_name) || isRaceOfMachines(history, field.entry.field)) return [];
    const there = atEnd.find((one) => one.api_name === api_name);
    const say = `I4: run ${run.number} says ${field.outcome} of ${api_name}`;
    switch (field.outcome) {
      case 'created':
      case 'created_differs': {
        if (there === undefined || !madeByAny.has(there.id)) return [`${say}, and it is not there`];
        if (field.id !== undefined && field.id !== there.id && field.outcome === 'created')
          return [`${say} with the id of another field`];
        const proven = field.outcome === 'created' && field.reasons.length === 0;
        return proven && there.field_label !== field_label
          ? [`${say}, and its label is "${there.field_label}"`]
          : [];
      }
      case 'in_sync':
        return there === undefined ? [`${say}, and it is not there`] : [];
      case 'finished': {
        if (there === undefined || !madeByAny.has(there.id)) return [`${say}, and it is not there`];
        if (mine.some((one) => one.id === there.id)) return [`${say}, and created it itself`];
        return field.reasons.length === 0 && there.field_label !== field_label
          ? [`${say}, and its label is "${there.field_label}"`]
          : [];
      }
      case 'drift':
        return there === undefined ? [`${say}, and it is not there`] : [];
      case 'failed':
      case 'not_attempted': {
        const made = mine.some((one) => one.api_name === api_name);
        const admitted = field.code === 'NO_ANSWER' || field.code === 'NOT_VISIBLE';
        const older = field.entry.action !== 'create';
        return made && !admitted && !older ? [`${say} (${field.code ?? ''}), and it created it`] : [];
      }
    }
  });
}

/**
 * The receipt names what the server says this run created, under the name that it shows; of that it may lack only what
 * the run has not seen, and says so, under the label that it sent. What someone touched by hand meanwhile nothing tells from
 * ours; nor, after a lost answer, what another machine made or labelled of the same manifest at the same time, with which
 * there is no lock.
 */
function receiptIsTrue(history: History, { run, atEnd, doneAtEnd }: Told): readonly string[] {
  const { report, receipt } = run.ended ?? {};
  if (report === undefined) return [];
  const { scenario, journalLost, byHand } = history;
  const done = history.zoho.done.slice(0, doneAtEnd);
  const own = done.filter((request) => request.process === run.number);
  const makers = scenario.second === 'another machine' || journalLost ? done : own;
  const mine = own.flatMap(({ made }) => made).filter(({ api_name }) => !byHand.has(api_name));
  const listed = (receipt?.fields ?? []).filter(({ api_name }) => !byHand.has(api_name));
  const wrong = listed.filter(({ api_name, id }) => {
    const isThere = atEnd.some((field) => field.id === id && field.api_name === api_name);
    return !isThere || !makers.some(({ made }) => made.some((field) => field.id === id));
  });
  const unseen = new Set(
    report.fields
      .filter(({ outcome, code, reasons }) =>
        outcome === 'failed'
          ? code === 'NO_ANSWER' || code === 'NOT_VISIBLE'
          : reasons.some((reason) => reason.code === 'unproven'),
      )
      .map(({ entry }) => entry.field.api_name),
  );
  const others = done.filter((request) => request.process !== run.number);
  const labelledByOthers = new Set(others.flatMap(({ changed }) => changed.map(({ id }) => id)));
  const lacking = mine.filter(
    ({ id, field_label }) =>
      atEnd.some((field) => field.id === id) &&
      !listed.some((field) => field.id === id) &&
      !labelledByOthers.has(id) &&
      !unseen.has(field_label),
  );
  return [
    ...wrong.map(({ api_name, id }) => `receipt of run ${run.number}: ${api_name} ${id} is not what it made`),
    ...lacking.map(({ api_name, id }) => `receipt of run ${run.number} lacks ${api_name} ${id}`),
  ];
}

/** I11: a label is set only of what a read has shown to be ours. */
function labelsItsOwn({ run }: Told): readonly string[] {
  return run.unproven.map(
    (id) => `I11: run ${run.number} labelled ${id}, which no read had shown to be its own`,
  );
}

/** I5, I6, I7: small POSTs of what is missing, few requests, few tokens. */
function sendsLittle(history: History, { run }: Told): readonly string[] {
  const sins: string[] = [];
  for (const { api_names, shown } of run.sent) {
    if (api_names.length > 5) sins.push(`I5: a POST of ${api_names.length} fields`);
    if (shown === undefined) sins.push('I5: a POST before anything was read');
    for (const name of api_names)
      if (shown?.has(name) === true) sins.push(`I5: ${name} was sent although it was shown`);
  }
  // What went wrong before may have left a token that is not good any more, or others at work.
  const troubles = history.runs.flatMap((told) => told.run.faults);
  const spare = troubles.reduce((total, fault) => total + costOf(fault), 3 * history.byHand.size);
  const most = leastRequests(history) + spare;
  if (run.requests > most)
    sins.push(
      `I6: run ${run.number} sent ${run.requests} requests, ${most} are enough (${run.faults.join()})`,
    );
  if (run.tokenCalls > 2 + run.faults.length) sins.push(`I7: ${run.tokenCalls} token requests`);
  return sins;
}

/** Token, read, read again after the question, create, read, label, read; the lesson about `api_name` is a creation and a look. */
function leastRequests(history: History): number {
  const wishes = declared(history);
  const posts = Math.ceil(wishes.length / 5) + (history.scenario.apiNameInBody === 'reject' ? 2 : 0);
  const late = Math.ceil(wishes.filter((wish) => wish.field_label !== wish.api_name).length / 5);
  const labels = late === 0 ? 0 : 1 + late;
  return 4 + posts + labels + (history.scenario.manifest === 'exchange' ? 1 : 0);
}

/** I8: the exit code says what the server shows. */
function exitsRightly(history: History, { run, atEnd }: Told): readonly string[] {
  const { ended } = run;
  const sins: string[] = [];
  if (ended?.bug !== undefined) sins.push(`a bug: ${ended.bug}`);
  if (ended?.exit === undefined) return sins;
  const wishes = run.manifest.modules.flatMap(({ fields }) => fields);
  const missing = wishes.filter(
    (wish) =>
      !history.byHand.has(wish.api_name) && !atEnd.some((field) => isAsDeclared(field, wish, history)),
  );
  if (ended.exit === EXIT.done && missing.length > 0)
    sins.push(`I8: run ${run.number} ended well, without ${missing.map((wish) => wish.api_name).join()}`);
  const worked = ended.report?.fields.filter((field) => isWork(field.entry)) ?? [];
  const created = worked.some((field) => field.outcome === 'created' || field.outcome === 'created_differs');
  if (ended.exit === EXIT.partial && !created) sins.push('I8: "partial", and nothing was created');
  const neverCreated: readonly number[] = [EXIT.failed, EXIT.unreachable, EXIT.credentials, EXIT.stale];
  if (neverCreated.includes(ended.exit) && created) sins.push(`I8: ${ended.exit}, and something was created`);
  return sins;
}

/** A label that another machine left unfinished is drift here: told, and no failure. */
function isAsDeclared(field: Field, wish: DesiredField, { journalLost, scenario }: History): boolean {
  const mayDrift = journalLost || scenario.second === 'another machine';
  return field.api_name === wish.api_name && (field.field_label === wish.field_label || mayDrift);
}

/** I9: no token in anything that was said; all secrets of these histories have the form of one, but for one. */
function keepsSecrets({ run }: Told): readonly string[] {
  const output = run.ended?.output ?? '';
  return /1000\.[0-9a-f]{32}\./.test(output) || output.includes('0123456789abcdef0123456789abcdef')
    ? ['I9: a secret was told']
    : [];
}
