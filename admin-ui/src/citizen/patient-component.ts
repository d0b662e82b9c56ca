import { defineAsyncComponent, type Component } from 'vue';

const PAUSE_MS = 2_000;

/** A component that is fetched when it is needed, again and again where the network is bad. */
export function patientComponent(loader: () => Promise<{ default: Component }>): Component {
  return defineAsyncComponent({
    loader,
    onError: (_, retry) => setTimeout(retry, PAUSE_MS),
  });
}
