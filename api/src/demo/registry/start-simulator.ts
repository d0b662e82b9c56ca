import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { controlDesk } from './control-desk.ts';
import { Faults } from './faults.ts';
import { Population } from './population.ts';
import { answerAtDesk, type Desk } from './registry-desk.ts';
import { SimulatedTokens } from './simulated-tokens.ts';

export interface SimulatorSettings {
  host: string;
  port: number;
  controlPort: number;
  seed: number;
  /** PEM texts; with an authority, clients must show a certificate of it. */
  tls: { certificate: string; key: string; authority: string | null } | null;
}

export interface SimulatorAddresses {
  /** Below it stand /token, /soap and /json. */
  url: string;
  control: string;
}

/** The simulated population database and, for this machine alone, the address at which its faults are switched. */
export async function startSimulator(settings: SimulatorSettings): Promise<SimulatorAddresses> {
  const { host, port, controlPort, seed, tls } = settings;
  const desk: Desk = {
    population: new Population(seed, new Date()),
    faults: new Faults(),
    tokens: new SimulatedTokens(),
    asked: new Map(),
  };
  const platform = await listen(platformServer(tls, answerAtDesk(desk)), host, port);
  const control = await listen(createServer(controlDesk(desk)), '127.0.0.1', controlPort);
  return { url: `${tls ? 'https' : 'http'}://localhost:${platform}`, control: `http://localhost:${control}` };
}

function platformServer(tls: SimulatorSettings['tls'], listener: RequestListener): Server {
  if (!tls) return createServer(listener);
  const { certificate: cert, key, authority } = tls;
  return createSecureServer(
    { cert, key, ...(authority ? { ca: authority, requestCert: true, rejectUnauthorized: true } : {}) },
    listener,
  );
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
