/** A proxy that a request would take, and the variable that says so. */
export interface ProxyUse {
  readonly variable: string;
  readonly address: string;
}

/**
 * The proxy between here and an address, by the variables that other programs obey too; small letters go first, as everywhere.
 * @param env the environment of the process: these variables are not read from `.env`.
 */
export function proxyFor(url: URL, env: Readonly<Record<string, string | undefined>>): ProxyUse | undefined {
  const get = (name: string): ProxyUse | undefined => {
    const variable = [name, name.toUpperCase()].find((one) => (env[one] ?? '') !== '');
    return variable === undefined ? undefined : { variable, address: env[variable] ?? '' };
  };
  const found = get(`${url.protocol.slice(0, -1)}_proxy`) ?? get('all_proxy');
  if (found === undefined || excepted(url, get('no_proxy')?.address ?? '')) return undefined;
  return found;
}

function excepted(url: URL, list: string): boolean {
  const port = url.port === '' ? (url.protocol === 'http:' ? '80' : '443') : url.port;
  return list
    .toLowerCase()
    .split(/[,\s]+/)
    .some((entry) => {
      if (entry === '*') return true;
      const [name = '', only] = entry.split(':');
      if (name === '' || (only !== undefined && only !== port)) return false;
      const end = name.replace(/^\*?\.?/, '');
      return /^[*.]/.test(name)
        ? url.hostname.endsWith(`.${end}`) || url.hostname === end
        : url.hostname === name;
    });
}
