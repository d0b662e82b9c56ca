import { onBeforeUnmount, onMounted, shallowRef, watch, type Ref } from 'vue';
import { GraphStage, type Picture, type Pointing } from './stage/graph-stage.ts';

interface Parts {
  container: Readonly<Ref<HTMLElement | null>>;
  grid: Readonly<Ref<HTMLCanvasElement | null>>;
  captions: Readonly<Ref<HTMLCanvasElement | null>>;
  picture: () => Picture;
  /** Who is ringed. */
  chosen: () => string | null;
  pointing: Pointing;
  /** The browser stopped to draw WebGL. */
  lost: () => void;
}

/** A graph in its place on the page, drawn anew as people, conditions and colours change. */
export function useGraph({ container, grid, captions, picture, chosen, pointing, lost }: Parts) {
  const stage = shallowRef<GraphStage | null>(null);
  const observer = new ResizeObserver(() => stage.value?.resize());
  onMounted(() => {
    if (!container.value || !grid.value || !captions.value) return;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const canvases = { container: container.value, grid: grid.value, captions: captions.value };
    const made = new GraphStage(canvases, isStill, pointing);
    stage.value = made;
    container.value.addEventListener('webglcontextlost', lost, true);
    observer.observe(container.value);
    watch(picture, (next) => made.draw(next), { immediate: true });
    watch(chosen, (id) => made.choose(id), { immediate: true });
  });
  onBeforeUnmount(() => {
    container.value?.removeEventListener('webglcontextlost', lost, true);
    observer.disconnect();
    stage.value?.kill();
  });
  return { zoom: (by: number) => stage.value?.zoom(by), fit: () => stage.value?.fit() };
}

export function hasWebGL(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
