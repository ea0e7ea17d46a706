import { SHARED, labelOf, ownField, type Crowd, type Member } from './crowd.ts';

/** Everything about a crowd that must not be, as sentences; Zoho's own log and state are believed. */
export function judgeCrowd(crowd: Crowd): readonly string[] {
  return [
    ...oneAtATime(crowd),
    ...everythingOnce(crowd),
    ...crowd.members.flatMap((one) => endsWell(one, crowd)),
  ];
}

/** Who applies, by token, in the order of Zoho's log; each of them has its turn once, and nobody comes between. */
export function turnsOf({ calls }: Pick<Crowd, 'calls'>): readonly string[] {
  const senders = calls.map(({ headers }) => headers['authorization'] ?? 'nobody');
  return senders.filter((sender, index) => sender !== senders[index - 1]);
}

function oneAtATime(crowd: Crowd): readonly string[] {
  const turns = turnsOf(crowd);
  const again = turns.filter((sender, index) => turns.indexOf(sender) !== index);
  return again.length === 0 ? [] : [`${again.length} times someone else came between the requests of a run`];
}

function everythingOnce({ made, members }: Crowd): readonly string[] {
  const done = members.filter(({ code }) => code === 0).map(({ number }) => ownField(number));
  const wanted = done.length === 0 ? [] : [...SHARED, ...done];
  const sins = wanted.flatMap((name) => {
    const found = made.filter(([one]) => one === name).map(([, label]) => label);
    return found.join() === labelOf(name) ? [] : [`${name} is there as ${found.join(', ') || 'nothing'}`];
  });
  // Who was killed or sent away may have created its own field; whatever is there, is there once.
  const names = made.map(([name]) => name);
  const labels = made.map(([, label]) => label);
  const known = new Set<string>([...SHARED, ...members.map(({ number }) => ownField(number))]);
  return [
    ...sins,
    ...names
      .filter((name, index) => names.indexOf(name) !== index || !known.has(name))
      .map((name) => `${name} was made as well`),
    ...labels
      .filter((label, index) => labels.indexOf(label) !== index)
      .map((label) => `"${label}" is there twice`),
  ];
}

/** True for someone who was sent away because the others took too long. */
export function wasSentAway({ code, stdout }: Member): boolean {
  return code === 1 && stdout.includes('"code": "locked"');
}

function endsWell(member: Member, { gathering }: Crowd): readonly string[] {
  const { code, signal, hung, stderr, stdout, number } = member;
  if (hung) return [`number ${number} did not come to an end`];
  if (signal !== null) return number < gathering.killed ? [] : [`number ${number} was ended by ${signal}`];
  return code === 0 || wasSentAway(member)
    ? []
    : [`number ${number} ended with ${code}: ${stderr} ${stdout}`];
}
