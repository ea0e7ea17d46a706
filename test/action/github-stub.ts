import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A comment or an issue, as far as the action looks at it. */
export interface Post {
  readonly id: number;
  body: string;
  readonly author: string;
  state: 'open' | 'closed';
}

/** What came over the wire. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
}

/** A pull request that was merged into a branch. */
export interface MergedPull {
  readonly number: number;
  readonly head: string;
  readonly commit: string;
  readonly base?: string;
}

/** Requests that GitHub answers with trouble of its own. */
export interface Trouble {
  /** Method and path, such as `POST /issues`. */
  readonly at: RegExp;
  readonly status: number;
  /** How often; without it always. */
  times?: number;
  /** Does what was asked all the same: the answer is what is lost. */
  readonly after?: boolean;
}

/** A local stand-in for the few calls of GitHub's API that the action makes. */
export interface GithubStub {
  readonly url: string;
  readonly calls: Call[];
  /** Comments by number of the pull request or issue. */
  readonly comments: Map<number, Post[]>;
  readonly issues: Post[];
  /** Merged pull requests, the oldest first. */
  readonly merges: MergedPull[];
  /** Kept files of earlier runs, newest last. */
  readonly artifacts: {
    readonly name: string;
    readonly head: string;
    readonly zip: Uint8Array;
    readonly fork?: boolean;
    readonly expired?: boolean;
  }[];
  /** Commits of single files, the newest last. */
  readonly files: {
    readonly path: string;
    readonly branch: string;
    readonly message: string;
    readonly text: string;
  }[];
  /** What a pull request from a fork gets: a token that reads only. */
  readOnly: boolean;
  trouble: Trouble | undefined;
  close(): Promise<void>;
}

const BOT = 'github-actions[bot]';

export async function startGithub(): Promise<GithubStub> {
  const server = createServer((request, response) => void answer(request, response));
  // Files lie on another host, which must never see the token.
  const storage = createServer((request, response) => {
    note(request);
    const artifact = stub.artifacts[Number(request.url?.slice(1))];
    response.setHeader('content-type', 'application/zip');
    response.end(artifact?.zip);
  });
  const stub: GithubStub = {
    url: await listen(server),
    calls: [],
    comments: new Map(),
    issues: [],
    merges: [],
    artifacts: [],
    files: [],
    readOnly: false,
    trouble: undefined,
    close: async () => {
      await Promise.all([server, storage].map((one) => new Promise((done) => one.close(done))));
    },
  };
  const storageUrl = (await listen(storage)).replace('127.0.0.1', 'localhost');
  let next = 100;

  function note(request: IncomingMessage): void {
    const { authorization } = request.headers;
    stub.calls.push({ method: request.method ?? '', path: request.url ?? '', authorization });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    note(request);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    const path = pathname.replace('/repos/acme/crm', '');
    const body = await bodyOf(request);
    const { trouble } = stub;
    const isTrouble =
      trouble !== undefined && trouble.at.test(`${request.method} ${path}`) && (trouble.times ?? 1) > 0;
    if (isTrouble && trouble.times !== undefined) trouble.times -= 1;
    const send = (status: number, value: unknown): void => {
      response.statusCode = status;
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end(JSON.stringify(value));
    };
    const fail = (status: number): void => {
      response.setHeader('retry-after', '0');
      send(status, { message: 'Server Error' });
    };
    const reply = (status: number, value: unknown): void =>
      isTrouble ? fail(trouble.status) : send(status, value);
    if (isTrouble && trouble.after !== true) return fail(trouble.status);
    if (request.method !== 'GET' && stub.readOnly) return reply(403, { message: 'not accessible' });
    const page = <T>(all: readonly T[]): readonly T[] => {
      const [size, number] = [Number(searchParams.get('per_page')), Number(searchParams.get('page') ?? 1)];
      if (all.length > number * size) {
        searchParams.set('page', String(number + 1));
        response.setHeader('link', `<${stub.url}${pathname}?${searchParams.toString()}>; rel="next"`);
      }
      return all.slice((number - 1) * size, number * size);
    };
    const thread = /^\/issues\/(\d+)\/comments$/u.exec(path)?.[1];
    if (thread !== undefined) {
      const posts = stub.comments.get(Number(thread)) ?? [];
      if (request.method === 'GET') return reply(200, page(posts.map((post) => view(post))));
      const post: Post = { id: next++, body: body['body'] ?? '', author: BOT, state: 'open' };
      stub.comments.set(Number(thread), [...posts, post]);
      return reply(201, view(post));
    }
    const comment = /^\/issues\/comments\/(\d+)$/u.exec(path)?.[1];
    if (comment !== undefined) {
      const post = [...stub.comments.values()].flat().find((one) => one.id === Number(comment));
      if (post === undefined) return reply(404, {});
      post.body = body['body'] ?? '';
      return reply(200, view(post));
    }
    if (path === '/issues') {
      if (request.method === 'GET') {
        return reply(200, page(stub.issues.filter((one) => one.state === 'open').map((one) => view(one))));
      }
      const issue: Post = { id: next++, body: body['body'] ?? '', author: BOT, state: 'open' };
      stub.issues.push(issue);
      return reply(201, view(issue));
    }
    const issue = stub.issues.find((one) => `/issues/${one.id}` === path);
    if (issue !== undefined) {
      issue.body = body['body'] ?? issue.body;
      issue.state = body['state'] === 'closed' ? 'closed' : issue.state;
      return reply(200, view(issue));
    }
    if (path === '/commits') {
      const at = stub.merges.findIndex((merge) => merge.commit === searchParams.get('sha'));
      const before = at === -1 ? stub.merges : stub.merges.slice(0, at + 1);
      return reply(200, page(before.toReversed().map((merge) => ({ sha: merge.commit }))));
    }
    const commit = /^\/commits\/([0-9a-f]+)\/pulls$/u.exec(path)?.[1];
    if (commit !== undefined) {
      const pulls = stub.merges.filter((merge) => merge.commit === commit);
      return reply(
        200,
        pulls.map((merge) => ({
          number: merge.number,
          merged_at: '2026-11-23T00:00:00Z',
          merge_commit_sha: merge.commit,
          head: { sha: merge.head },
          base: { ref: merge.base ?? 'main' },
        })),
      );
    }
    const file = /^\/contents\/(.+)$/u.exec(path)?.[1];
    if (file !== undefined) {
      const name = decodeURIComponent(file);
      const old = stub.files.findLast((one) => one.path === name);
      const sha = old === undefined ? undefined : blobName(old.text);
      if (request.method === 'GET')
        return sha === undefined ? reply(404, { message: 'Not Found' }) : reply(200, { type: 'file', sha });
      if (sha !== body['sha']) return reply(409, { message: `${name} is at ${sha}` });
      const text = Buffer.from(body['content'] ?? '', 'base64').toString('utf8');
      const [branch, message] = [body['branch'] ?? '', body['message'] ?? ''];
      stub.files.push({ path: name, branch, message, text });
      return reply(old === undefined ? 201 : 200, {});
    }
    if (path === '/actions/artifacts') {
      const named = stub.artifacts.map((artifact, id) => ({ artifact, id }));
      const found = named.filter(({ artifact }) => artifact.name === searchParams.get('name'));
      const artifacts = found.map(({ artifact, id }) => ({
        id,
        expired: artifact.expired === true,
        created_at: `2026-11-23T00:00:0${id}Z`,
        workflow_run: {
          head_sha: artifact.head,
          repository_id: 1,
          head_repository_id: artifact.fork === true ? 2 : 1,
        },
      }));
      return reply(200, { total_count: artifacts.length, artifacts });
    }
    const zip = /^\/actions\/artifacts\/(\d+)\/zip$/u.exec(path)?.[1];
    if (zip !== undefined) {
      response.writeHead(302, { location: `${storageUrl}/${zip}` });
      response.end();
      return;
    }
    reply(404, { message: 'Not Found' });
  }
  return stub;
}

function blobName(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
}

function view(post: Post): object {
  return { id: post.id, number: post.id, body: post.body, state: post.state, user: { login: post.author } };
}

function listen(server: ReturnType<typeof createServer>): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Record<string, string>);
}
