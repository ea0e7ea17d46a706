/**
 * The environment that git gets: all but this tool's settings and proxies. It asks no network here, and a child's
 * environment is seen in more places than ours, such as Node's own log of it.
 */
export function gitEnvironment(env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^ZOHO_|_proxy$/i.test(name)));
}
