import type { Corpus } from '../corpus.ts';
import type { Random } from '../random.ts';
import { withoutPieces } from '../shrink.ts';
import type { Target, Trial } from '../trial.ts';
import { anyOf, spoil, type Attack } from './attack.ts';
import { secrets } from './credentials.ts';
import { asFields, asRefusal, asToken, asWritten } from './readers.ts';
import { places, wholeRun, wishedManifest, type Place } from './whole-run.ts';

/** Answers that Zoho never gives, to each reader and to a whole run. */
export function answersTarget(corpus: Corpus): Target {
  const manifest = wishedManifest();
  const trialOf = (attack: Attack, place: Place, sent: number, isShown: boolean): Trial => ({
    shown: `${place}, ${sent} sent, HTTP ${attack.answer.status}: ${attack.answer.text}`,
    judge: async () => {
      const alone = [await asFields(attack), asWritten(attack, sent), asToken(attack), asRefusal(attack)];
      const run = await wholeRun(corpus, manifest, place, attack, isShown);
      const readings = [...alone, run];
      return {
        flaws: readings.flatMap((reading) => reading.flaws),
        kinds: [`${place}: ${run.kind}`],
      };
    },
    smaller: () => smaller(attack, (fewer) => trialOf(fewer, place, sent, isShown)),
  });
  return {
    name: 'answers',
    trial: (random) => {
      const place = random.pick(places);
      const attack = echoing(spoil(recordedFor(corpus, place, random), random), random);
      return trialOf(attack, place, random.pick([1, 2, 5]), random.chance(0.03));
    },
  };
}

/** Mostly the answer that belongs there, else any other. */
function recordedFor(corpus: Corpus, place: Place, random: Random) {
  if (random.chance(0.25)) return anyOf(corpus, random);
  if (place === 'token') return random.pick(corpus.tokens);
  if (place === 'write') return random.pick([...corpus.writes, ...corpus.refusals]);
  if (place === 'profiles' || place === 'global_picklists') return random.pick(corpus.names);
  return random.pick([...corpus.fields, ...corpus.fields, ...corpus.refusals]);
}

/** A server that sends back what it was sent. */
function echoing(attack: Attack, random: Random): Attack {
  if (!random.chance(0.1)) return attack;
  const secret = random.pick(secrets);
  const texts = [...attack.answer.text.matchAll(/(?<=:")[^"\\]*(?=")/gu)];
  const place = texts.length === 0 ? undefined : random.pick(texts);
  const { text } = attack.answer;
  const echo =
    place === undefined
      ? `${text}${secret}`
      : `${text.slice(0, place.index)}${random.pick(['', 'Zoho-oauthtoken '])}${secret}${text.slice(place.index + place[0].length)}`;
  return { answer: { ...attack.answer, text: echo }, isBroken: attack.isBroken || place === undefined };
}

function* smaller(attack: Attack, trialOf: (attack: Attack) => Trial): Generator<Trial> {
  for (const text of withoutPieces(attack.answer.text))
    yield trialOf({ ...attack, answer: { ...attack.answer, text } });
}
