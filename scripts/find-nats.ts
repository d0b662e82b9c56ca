import { installFromDebian, programOnPath } from './find-program.ts';

/** The nats-server to test with: NATS_SERVER_PATH, the system's, or Debian's, installed if need be. */
export function findNats(): string {
  const found = foundNats();
  if (found) return found;
  installFromDebian('nats-server');
  const installed = foundNats();
  if (installed) return installed;
  throw new Error(
    [
      'Two nodes are tested with a real nats-server, and none was found. One of these mends it:',
      '  - on Debian:   sudo apt-get install nats-server',
      '  - elsewhere:   https://nats.io/download/ (2.9 or later)',
      '  - if you have one: set NATS_SERVER_PATH to its program',
    ].join('\n'),
  );
}

const foundNats = (): string | null =>
  process.env['NATS_SERVER_PATH'] ?? programOnPath(['nats-server'], ['/usr/sbin', '/usr/bin', '/usr/local/bin']);
