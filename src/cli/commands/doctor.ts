import { oddForm } from '../../credentials/typed-values.ts';
import { proxyFor } from '../../zoho/http/proxy.ts';
import {
  moduleCheck,
  profileCheck,
  scopeChecks,
  type ScopesFound,
  cacheCheck,
  placeCheck,
  settingCheck,
  type SettingName,
  clockCheck,
  proxyCheck,
  serverCheck,
  tokenChecks,
  type TokenHints,
} from '../../doctor/checks.ts';
import { type Check, verdictOf, firstOf } from '../../doctor/check.ts';
import { doctorJson, doctorText } from '../../report/doctor/formats.ts';
import { apiHostOwner, isLoopback } from '../../zoho/auth/data-centre.ts';
import { lookOf, type Io } from '../../machine/io.ts';
import type { ReportOptions } from '../options.ts';
import {
  elsewhereWords,
  OFFER,
  examine,
  isHomeServer,
  type ExamineOptions,
  type Findings,
} from '../doctor/findings.ts';
import { readConfigured, type Configured } from '../doctor/configured.ts';
import { EXIT, exitForProblem } from '../exit-code.ts';

export interface DoctorOptions extends ExamineOptions, ReportOptions {
  /** Whether only what `plan` needs is judged. */
  readonly readOnly?: boolean;
  readonly settings?: string;
}

/** `doctor`: every check of the credentials from the outside in, and one sentence at the end. */
export async function doctor(options: DoctorOptions, io: Io): Promise<number> {
  const configured = await readConfigured(options, io);
  try {
    const findings = await examine(configured, options, io);
    const checks = checksOf(configured, findings, options);
    const verdict = verdictOf(checks, options.readOnly === true);
    const { requests, elsewhere } = findings;
    const dataCentre = options.emulator === true ? 'emulator' : configured.place.dataCentre.name;
    io.stdout.write(
      options.format === 'json'
        ? doctorJson(checks, verdict, { dataCentre, requests, elsewhere })
        : doctorText(checks, verdict, lookOf(io.stdout, io)),
    );
    return verdict.kind === undefined ? EXIT.done : exitForProblem(verdict.kind);
  } finally {
    await configured.close();
  }
}

function checksOf(
  configured: Configured,
  findings: Findings,
  { module, readOnly = false }: DoctorOptions,
): readonly Check[] {
  const { values, place, placeProblems } = configured;
  const { dataCentre, accountsUrl, apiUrl } = place;
  const owner = apiUrl === undefined ? undefined : apiHostOwner(apiUrl.host);
  const proxies = [accountsUrl, apiUrl ?? new URL(dataCentre.apiUrl)].map((url) => ({
    host: url.host,
    proxy: isLoopback(url) ? undefined : proxyFor(url),
  }));
  // An accounts server that answers but not as Zoho does is found when it is asked for a token.
  const foreign =
    findings.token.state === 'refused' && findings.token.problem.kind !== 'credentials'
      ? { problem: findings.token.problem }
      : {};
  const probe = findings.probe === undefined ? undefined : { ...findings.probe, ...foreign };
  return [
    ...values.map((value) => settingCheck(value)),
    placeCheck({
      dataCentre: dataCentre.name,
      accountsHost: accountsUrl.host,
      problems: placeProblems,
      ...(apiUrl === undefined ? {} : { apiHost: apiUrl.host }),
      ...(owner === undefined ? {} : { environment: owner.environment }),
    }),
    proxyCheck(placeProblems.length === 0 ? proxies : []),
    serverCheck(probe, proxies[0]?.proxy !== undefined),
    clockCheck(findings.probe),
    ...tokenChecks(findings.token, hintsOf(configured, findings)),
    ...scopeChecks(scopesOf(findings, readOnly)),
    moduleCheck(module, findings.read),
    profileCheck(findings.read, readOnly),
    cacheCheck(findings.cache),
  ];
}

function hintsOf({ values, place }: Configured, { elsewhere }: Findings): TokenHints {
  const odd = (name: SettingName): string | undefined => {
    const value = values.find((one) => one.name === name)?.value;
    return value === undefined ? undefined : oddForm(name, value);
  };
  const offer = isHomeServer(place)
    ? OFFER
    : 'ZOHO_ACCOUNTS_URL is set and decides which server is asked, whatever ZOHO_DC says: take it out unless you mean it.';
  return {
    odd,
    offer,
    ...(elsewhere.length > 0 ? { elsewhere: elsewhereWords(elsewhere) } : {}),
  };
}

function scopesOf({ scopes, read }: Findings, readOnly: boolean): ScopesFound | undefined {
  if (scopes === undefined) return undefined;
  if (read.state === 'done') return { scopes, read: 'done', readOnly };
  const mismatch = read.state === 'refused' && firstOf(read.problem).code === 'oauth-scope-mismatch';
  return { scopes, read: mismatch ? 'scope-refused' : 'unknown', readOnly };
}
