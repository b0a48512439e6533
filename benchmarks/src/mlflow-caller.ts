import { type Socket, connect } from 'node:net';

/** Sends requests of MLflow's API to a server, one after the other over one connection. */
export interface MlflowCaller {
  /** @param what method and path, such as `POST runs/create`. @throws for any answer but 2xx. */
  call<Answer>(what: string, body?: object): Promise<Answer>;
  /** PUT the bytes of an artifact. */
  upload(path: string, content: Uint8Array): Promise<void>;
  close(): void;
}

/** What an answer says. */
interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * As little between the benchmark and the server as can be, and the same for all of them: HTTP by
 * hand over a socket, because Node's own client takes longer than a fast server.
 */
export function createMlflowCaller(address: string): MlflowCaller {
  const { hostname, port, host } = new URL(address);
  let socket: Socket | undefined;

  function connected(): Socket {
    if (socket !== undefined && !socket.destroyed) return socket;
    socket = connect(Number(port), hostname);
    // Heard by whoever awaits an answer; a server may also close what it was not asked on for long.
    socket.on('error', () => {});
    return socket.setNoDelay(true);
  }

  async function send(method: string, path: string, content = Buffer.alloc(0)): Promise<string> {
    const type = path.includes('/mlflow-artifacts/') ? 'text/plain' : 'application/json';
    const head =
      `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n` +
      (method === 'GET' ? '' : `content-type: ${type}\r\ncontent-length: ${content.length}\r\n`);
    const used = connected();
    used.write(Buffer.concat([Buffer.from(`${head}\r\n`), content]));
    const { status, text } = await readWhole(used);
    if (Math.trunc(status / 100) === 2) return text;
    throw new Error(`${method} ${path}: ${status} ${text.slice(0, 200)}`);
  }

  return {
    async call(what, body) {
      const [method, path] = what.split(' ') as [string, string];
      const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
      return JSON.parse(await send(method, `/api/2.0/mlflow/${path}`, content));
    },
    async upload(path, content) {
      await send('PUT', `/api/2.0/mlflow-artifacts/artifacts/${path}`, Buffer.from(content));
    },
    close: () => socket?.destroy(),
  };
}

/** The one answer that is awaited on a connection. */
function readWhole(socket: Socket): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    const settle = (done: () => void) => {
      socket.off('data', take).off('close', fail).off('error', fail);
      done();
    };
    const fail = () => settle(() => reject(new Error('The server closed the connection.')));
    const take = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const answer = readAnswer(received);
      if (answer !== undefined) settle(() => resolve(answer));
    };
    socket.on('data', take).on('close', fail).on('error', fail);
  });
}

/** @returns undefined while a part is missing. */
function readAnswer(received: Buffer): Answer | undefined {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const head = received.toString('latin1', 0, headEnd);
  const size = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (size === undefined) throw new Error('The answer does not say how long it is.');
  const length = headEnd + 4 + Number(size);
  if (received.length < length) return undefined;
  const text = received.toString('utf8', headEnd + 4, length);
  return { status: Number(head.slice(9, 12)), text };
}
