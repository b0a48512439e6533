import { Agent, request } from 'node:http';

/** Sends requests of MLflow's API to a server, one after the other over one connection. */
export interface MlflowCaller {
  /** @param what method and path, such as `POST runs/create`. @throws for any answer but 2xx. */
  call<Answer>(what: string, body?: object): Promise<Answer>;
  /** PUT the bytes of an artifact. */
  upload(path: string, content: Uint8Array): Promise<void>;
  close(): void;
}

/** As little between the benchmark and the server as can be: it is the same for all of them. */
export function createMlflowCaller(address: string): MlflowCaller {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  function send(method: string, path: string, content?: string | Uint8Array): Promise<string> {
    return new Promise((resolve, reject) => {
      const headers =
        content === undefined
          ? {}
          : {
              'content-type': typeof content === 'string' ? 'application/json' : 'text/plain',
              'content-length': Buffer.byteLength(content),
            };
      const asked = request(`${address}${path}`, { method, agent, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        answer.on('end', () => {
          if (Math.trunc(answer.statusCode! / 100) === 2) resolve(text);
          else reject(new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 200)}`));
        });
      });
      asked.on('error', reject).end(content);
    });
  }

  return {
    async call(what, body) {
      const [method, path] = what.split(' ') as [string, string];
      const content = body === undefined ? undefined : JSON.stringify(body);
      return JSON.parse(await send(method, `/api/2.0/mlflow/${path}`, content));
    },
    async upload(path, content) {
      await send('PUT', `/api/2.0/mlflow-artifacts/artifacts/${path}`, content);
    },
    close: () => agent.destroy(),
  };
}
