import type { Io } from '../../machine/io.ts';
import { canAsk } from '../consent.ts';
import { DEFAULT_MODULE } from '../commands/import.ts';
import { misuse, problem, type Problem } from '../../model/problem.ts';

/** What `init` is to write. */
export interface InitWish {
  readonly module: string;
  readonly source: 'example' | 'live';
  readonly workflow: boolean;
}

/** What of it is known without a question. */
export interface InitFlags {
  readonly module?: string;
  readonly fromLive?: boolean;
  /** The built-in Zoho is one to start from. */
  readonly emulator?: boolean;
  readonly workflow?: boolean;
  readonly yes?: boolean;
}

/** How Zoho writes the API name of a module; some words mean something else to YAML. */
const MODULE_NAME = /^(?!(?:null|true|false|yes|no|on|off)$)[a-z]\w{0,99}$/i;

/**
 * The wish, as far as flags say it, and the rest from the person. Everything is asked before anything is done, so that
 * a person who stops has changed nothing.
 * @throws Problem `usage` where something is to be asked and there is no terminal; `failed` for someone who stops.
 */
export async function askWish(flags: InitFlags, io: Io): Promise<InitWish> {
  const { module } = flags;
  if (module !== undefined && !MODULE_NAME.test(module)) throw noModule(module);
  const isLive = flags.fromLive === true || flags.emulator === true;
  if (flags.yes === true)
    return {
      module: module ?? DEFAULT_MODULE,
      source: isLive ? 'live' : 'example',
      workflow: flags.workflow === true,
    };
  if (!canAsk(io)) throw cannotAsk();
  return {
    module: module ?? (await askModule(io)),
    source: isLive ? 'live' : await askSource(io),
    workflow: flags.workflow === true || (await askWorkflow(io)),
  };
}

async function askModule(io: Io): Promise<string> {
  const answer = await io.stdin.ask({
    message: `Module, by its API name (Enter: ${DEFAULT_MODULE}):`,
    validate: (typed) =>
      typed === '' || MODULE_NAME.test(typed)
        ? undefined
        : 'An API name has letters, digits and _ only, such as Deals or Contacts.',
  });
  const module = answered(answer).trim();
  return module === '' ? DEFAULT_MODULE : module;
}

async function askSource(io: Io): Promise<InitWish['source']> {
  return answered(
    await io.stdin.choose<InitWish['source']>({
      message: 'Start from:',
      options: [
        { value: 'example', label: 'an example, without credentials' },
        { value: 'live', label: 'the custom fields that your organisation has' },
      ],
      initial: 'example',
    }),
  );
}

async function askWorkflow(io: Io): Promise<boolean> {
  return answered(
    await io.stdin.choose({
      message: 'Workflow for GitHub, to check changes and compare with Zoho:',
      options: [
        { value: false, label: 'no' },
        { value: true, label: 'yes' },
      ],
      initial: false,
    }),
  );
}

function answered<Answer>(answer: Answer | undefined): Answer {
  if (answer === undefined)
    throw problem(
      'failed',
      'init-stopped',
      'Stopped before all was answered; nothing was written.',
      'Run "zoho-fields init" again, or with --yes, which asks nothing.',
    );
  return answer;
}

function noModule(module: string): Problem {
  return misuse(
    `"${module}" behind --module is no API name of a module.`,
    'An API name has letters, digits and _ only, such as Deals or Contacts; Zoho shows it in Setup > Developer Space > APIs > API names.',
  );
}

function cannotAsk(): Problem {
  return misuse(
    'There are a few questions, and no terminal to ask them at.',
    'Say it by options: zoho-fields init --module Deals --yes',
  );
}
