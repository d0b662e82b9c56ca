import { ask as askServer } from '../../session/ask.ts';
import { heardFromServer } from './network.ts';

/** Asks the server, which tells whether there is a network. */
export const ask: typeof askServer = async (...question) => {
  const answer = await askServer(...question);
  heardFromServer(answer.problem?.code !== 'OFFLINE');
  return answer;
};
