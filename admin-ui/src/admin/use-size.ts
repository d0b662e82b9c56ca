import { onScopeDispose, ref, watch, type Ref } from 'vue';

/** How large an element is, as it is resized. */
export function useSize(element: Ref<HTMLElement | null>) {
  const size = ref({ width: 0, height: 0 });
  const observer = new ResizeObserver(([entry]) => {
    const { width = 0, height = 0 } = entry?.contentRect ?? {};
    size.value = { width: Math.round(width), height: Math.round(height) };
  });
  watch(element, (found, before) => {
    if (before) observer.unobserve(before);
    if (found) observer.observe(found);
  });
  onScopeDispose(() => observer.disconnect());
  return size;
}
