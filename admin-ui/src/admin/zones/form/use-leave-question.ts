import { ref } from 'vue';
import { onBeforeRouteLeave } from 'vue-router';
import { useUnloadWarning } from '../../accounts/slips/use-unload-warning.ts';

/** Asks before the page is left while something on it is not saved. */
export function useLeaveQuestion(holds: () => boolean) {
  const asking = ref(false);
  let answer: (leave: boolean) => void = () => undefined;
  useUnloadWarning(holds);
  onBeforeRouteLeave(() => {
    if (!holds()) return true;
    asking.value = true;
    return new Promise<boolean>((resolve) => (answer = resolve));
  });
  function settle(leave: boolean): void {
    asking.value = false;
    answer(leave);
  }
  return { asking, settle };
}
