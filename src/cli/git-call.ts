/**
 * How git is called: it reads, and runs nothing that the folder it reads in asks for.
 *
 * A folder that came from a stranger, with its `.git` or as a bare repository inside a checkout, has a configuration that
 * names programs. Options of the command line go before it.
 */
export interface GitCall {
  readonly words: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** What a repository's configuration could make git run while it reads, each switched off. */
const NOTHING_RUNS: readonly string[] = [
  // Asked for what changed whenever the index is read.
  'core.fsmonitor=false',
  // Hooks such as post-index-change.
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'diff.external=',
  // All that belongs to reaching another machine; where an object is missing, a partial clone would fetch it.
  'protocol.allow=never',
  'core.sshCommand=false',
  'core.gitProxy=',
  'core.askPass=',
  'credential.helper=',
  // A folder of a checkout that is made like a repository is none: its configuration is a stranger's.
  'safe.bareRepository=explicit',
];

/**
 * The words and the environment of a call. Filters and text conversions need no option: the commands in use read objects
 * as they are stored, and submodules and other object stores are only read.
 * @param env this process's: all of it but this tool's settings and proxies reaches git. It asks no network here, and a
 * child's environment is seen in more places than ours, such as Node's own log of it.
 */
export function gitCall(
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): GitCall {
  const own = Object.entries(env).filter(([name]) => !/^ZOHO_|_proxy$/i.test(name));
  return {
    words: ['--no-pager', ...NOTHING_RUNS.flatMap((setting) => ['-c', setting]), ...words],
    env: {
      ...Object.fromEntries(own),
      // English, so that the messages that matter can be told from the others.
      LC_ALL: 'C',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      GIT_NO_LAZY_FETCH: '1',
      // Goes before a `protocol.NAME.allow`, which would go before the option above.
      GIT_ALLOW_PROTOCOL: 'none',
    },
  };
}
