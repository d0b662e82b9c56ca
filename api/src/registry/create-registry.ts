import { createGateway } from './gateway/gateway.ts';
import { createJsonRegistry } from './json/json-registry.ts';
import { createSoapRegistry } from './soap/soap-registry.ts';
import type { Registry } from './registry-port.ts';
import type { RegistrySettings } from './registry-settings.ts';

const adapters = { soap: createSoapRegistry, json: createJsonRegistry };

/** The population database by the adapter that the settings name. */
export function createRegistry(settings: RegistrySettings): Registry {
  return adapters[settings.kind](createGateway(settings), settings.message);
}
