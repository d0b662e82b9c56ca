import type { FastifyRequest } from 'fastify';
import type { Sessions } from '../accounts/sessions/sessions.service.ts';
import type { Keys } from '../platform/crypto/keys.ts';
import { openSignedLink } from '../platform/crypto/signed-link.ts';
import { refusal } from '../platform/http/refusal.ts';
import { sessionTokenOf } from '../platform/http/server.ts';
import { permissionsOf, type Action } from '../policy/policy.ts';
import type { Viewer } from '../policy/viewer.ts';

export interface DoorParts {
  sessions: Sessions;
  keys: Keys;
}
export type LinkRequest = { Params: { link: string } };

/** Who fetches a link with the session of the account that it was signed for, and what it names. Throws the answer to all others. */
export async function openSigned(
  { sessions, keys }: DoorParts,
  request: FastifyRequest<LinkRequest>,
  { purpose, may }: { purpose: string; may: Action },
  at: Date,
): Promise<{ viewer: Viewer; what: string }> {
  const token = sessionTokenOf(request);
  const viewer = token ? await sessions.viewerOf(token, at) : null;
  if (!viewer) throw refusal(401);
  const what = openSignedLink(keys, purpose, request.params.link, viewer.accountId, at);
  if (what === null || !permissionsOf(viewer).includes(may)) throw refusal(404);
  return { viewer, what };
}
