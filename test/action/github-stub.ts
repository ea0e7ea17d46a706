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

/** A local stand-in for the few calls of GitHub's API that the action makes. */
export interface GithubStub {
  readonly url: string;
  readonly calls: Call[];
  /** Comments by number of the pull request or issue. */
  readonly comments: Map<number, Post[]>;
  readonly issues: Post[];
  /** The answer to "which pull request is this commit?". */
  merged: { readonly number: number; readonly head: string; readonly commit: string } | undefined;
  /** Kept files of earlier runs, newest last. */
  readonly artifacts: {
    readonly name: string;
    readonly head: string;
    readonly zip: Buffer;
    readonly fork?: boolean;
  }[];
  /** What a pull request from a fork gets: a token that reads only. */
  readOnly: boolean;
  close(): Promise<void>;
}

const BOT = 'github-actions[bot]';

export async function startGithub(): Promise<GithubStub> {
  const server = createServer((request, response) => void answer(request, response));
  // Files lie on another host, which must never see the token.
  const storage = createServer((request, response) => {
    note(request);
    const artifact = stub.artifacts[Number(request.url?.slice(1))];
    response.end(artifact?.zip);
  });
  const stub: GithubStub = {
    url: await listen(server),
    calls: [],
    comments: new Map(),
    issues: [],
    merged: undefined,
    artifacts: [],
    readOnly: false,
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
    const reply = (status: number, value: unknown): void => {
      response.statusCode = status;
      response.end(JSON.stringify(value));
    };
    if (request.method !== 'GET' && stub.readOnly) return reply(403, { message: 'not accessible' });
    const page = <T>(all: readonly T[]): readonly T[] => {
      const [size, number] = [Number(searchParams.get('per_page')), Number(searchParams.get('page'))];
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
    if (/^\/commits\/[0-9a-f]+\/pulls$/u.test(path)) {
      const { merged } = stub;
      const pull = merged && {
        number: merged.number,
        merged_at: '2026-11-23T00:00:00Z',
        merge_commit_sha: merged.commit,
        head: { sha: merged.head },
      };
      return reply(200, pull ? [pull] : []);
    }
    if (path === '/actions/artifacts') {
      const named = stub.artifacts.map((artifact, id) => ({ artifact, id }));
      const found = named.filter(({ artifact }) => artifact.name === searchParams.get('name'));
      const artifacts = found.map(({ artifact, id }) => ({
        id,
        expired: false,
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
