import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Fault } from '../src/demo/registry/faults.ts';
import { simulatorClient } from '../src/demo/registry/simulated-tokens.ts';
import { usualElements, type RegistrySettings } from '../src/registry/registry-settings.ts';

/** The simulated population database as people start it: a process of its own, on free ports. */
export class RegistryProcess {
  readonly url: string;
  readonly control: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, { url, control }: { url: string; control: string }) {
    this.#child = child;
    this.url = url;
    this.control = control;
  }

  static async start(settings: Record<string, string> = {}): Promise<RegistryProcess> {
    const child = fork(fileURLToPath(new URL('../src/registry-simulator.ts', import.meta.url)), [], {
      execArgv: ['--import', 'tsx'],
      env: {
        PATH: process.env['PATH'],
        REGISTRY_SIMULATOR_PORT: '0',
        REGISTRY_SIMULATOR_CONTROL_PORT: '0',
        ...settings,
      },
    });
    const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`The simulator ended with ${code}.`)));
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [
      { ready: { url: string; control: string } },
    ];
    ended.catch(() => undefined);
    return new RegistryProcess(child, message.ready);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.kill('SIGTERM');
    await once(this.#child, 'exit');
  }

  setFault(fault: Partial<Fault>) {
    return this.#order('PUT', '/fault', fault);
  }

  clear() {
    return this.#order('DELETE', '/fault');
  }

  expireTokens() {
    return this.#order('DELETE', '/tokens');
  }

  state() {
    return this.#order('GET', '/');
  }

  async #order(method: string, path: string, body?: object) {
    const response = await fetch(this.control + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!response.ok) throw new Error(`The simulator refused ${method} ${path}.`);
    return (await response.json()) as Fault & { questions: number; people: number; tokensIssued: number };
  }

  /** Settings of a registry that asks this process. */
  settings(kind: RegistrySettings['kind'], changes: Partial<RegistrySettings> = {}): RegistrySettings {
    return {
      kind,
      url: `${this.url}/${kind}`,
      token: { url: `${this.url}/token`, ...simulatorClient },
      message: {
        elements: usualElements,
        codes: { MaDVC: 'dvc', MaTichHop: '037', MaDonVi: 'don-vi', MaCanBo: 'can-bo' },
        dateFormat: 'yyyyMMdd',
        names: 'UPPER',
        requestNamespace: 'http://dancuquocgia.bca',
        responseNamespace: 'http://www.mic.gov.vn/dancu/1.0',
      },
      transport: { certificate: null, key: null, authority: null, proxy: null, timeoutMs: 5_000 },
      ...changes,
    };
  }
}
