import type { Agent } from 'node:http';
import type { Socket } from 'node:net';
import { ServerSilentError } from './server-silent-error.ts';

/**
 * Have an agent break off connections over which nothing moves while an answer is due. The driver's own
 * limit is one of the whole time of an answer, which a large one needs though it comes.
 *
 * @returns what closes all connections of the agent, and refuses others.
 */
export function limitAgentSilence(agent: Agent, timeoutMs: number): () => void {
  const { createConnection, reuseSocket } = agent;
  let isOver = false;
  agent.createConnection = (...request) => {
    if (isOver) throw new Error('the connection was given up');
    const socket = createConnection.apply(agent, request) as Socket | null | undefined;
    socket?.setTimeout(timeoutMs, () => socket.destroy(new ServerSilentError(timeoutMs)));
    return socket;
  };
  agent.reuseSocket = (socket, request) => {
    // While nobody needed it, it had another limit.
    (socket as Socket).setTimeout(timeoutMs);
    return reuseSocket.call(agent, socket, request);
  };
  return () => {
    isOver = true;
    agent.destroy();
  };
}
