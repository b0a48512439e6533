import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ListenError } from './security-errors.ts';

/** Where to listen. */
export interface ListenAddress {
  /** An address of this machine, or a name of one; `0.0.0.0` and `::` are all of them. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

const problems: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there already. Choose another port, or end that program.',
  EACCES: 'this user may not. Choose a port of 1024 or above.',
  EADDRNOTAVAIL: 'this machine does not have the address. Choose 127.0.0.1 or one that it has.',
  ENOTFOUND: 'there is no host of that name. Choose 127.0.0.1 or an address of this machine.',
};

/** @returns the port. @throws {ListenError} when that is impossible. */
export async function listen(fastify: FastifyInstance, address: ListenAddress): Promise<number> {
  try {
    await fastify.listen(address);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new ListenError(address, problems[code] ?? `${message}.`, { cause: error });
  }
  return (fastify.server.address() as AddressInfo).port;
}
