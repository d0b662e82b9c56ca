import { onMounted, onUnmounted, ref, type Ref } from 'vue';
import { openQrReader, pixelsOf, type QrReader } from './qr-reader.ts';
import { createSeen } from './seen.ts';

type CameraState = 'OFF' | 'ASKING' | 'ON' | 'DENIED' | 'NONE' | 'BUSY' | 'INSECURE' | 'BROKEN';

const LONGEST_SIDE = 1_280;
const PAUSE_MS = 60;
// While a person stands on the page, only to notice that their code is still in view.
const IDLE_PAUSE_MS = 500;
const wanted: MediaStreamConstraints = {
  video: { facingMode: 'environment', width: { ideal: 1_280 }, height: { ideal: 720 } },
};

/** The camera while it is wanted: its state, and each code that comes into view, once. `paused` stops the reading only. */
export function useCamera(video: Ref<HTMLVideoElement | null>, paused: () => boolean, read: (text: string) => void) {
  const state = ref<CameraState>('OFF');
  const torch = ref<'on' | 'off' | null>(null);
  const seen = createSeen();
  let stream: MediaStream | undefined;
  let reader: QrReader | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  async function start(): Promise<void> {
    stop();
    if (!isSecureContext || !navigator.mediaDevices) return void (state.value = 'INSECURE');
    const own = ++turn;
    state.value = 'ASKING';
    try {
      const opened = await navigator.mediaDevices.getUserMedia(wanted);
      if (own !== turn) return close(opened);
      stream = opened;
      await show(opened);
    } catch (fault) {
      if (own === turn) state.value = stateOf(fault);
    }
  }

  async function show(opened: MediaStream): Promise<void> {
    reader = openQrReader(() => fail('BROKEN'));
    const [track] = opened.getVideoTracks();
    track?.addEventListener('ended', () => fail('NONE'));
    torch.value = track && 'torch' in (track.getCapabilities?.() ?? {}) ? 'off' : null;
    if (!video.value) return;
    video.value.srcObject = opened;
    await video.value.play();
    state.value = 'ON';
    void look();
  }

  async function look(): Promise<void> {
    const own = turn;
    const startedAt = Date.now();
    const { videoWidth = 0, videoHeight = 0 } = video.value ?? {};
    const pixels = video.value && pixelsOf(video.value, videoWidth, videoHeight, LONGEST_SIDE);
    const text = pixels && (await reader?.read(pixels));
    if (own !== turn) return;
    if (text && paused()) seen.keep(text, Date.now());
    else if (text && seen.isNew(text, Date.now())) read(text);
    // Half of the time at most is spent reading, so that a slow phone neither stalls nor grows hot.
    timer = setTimeout(look, paused() ? IDLE_PAUSE_MS : Math.max(PAUSE_MS, Date.now() - startedAt));
  }

  /** Printed passes at night; few cameras have one. */
  async function switchTorch(): Promise<void> {
    const next = torch.value === 'on' ? 'off' : 'on';
    await stream
      ?.getVideoTracks()[0]
      ?.applyConstraints({ advanced: [{ torch: next === 'on' } as MediaTrackConstraintSet] });
    torch.value = next;
  }

  function fail(why: CameraState): void {
    stop();
    state.value = why;
  }

  function stop(): void {
    turn++;
    clearTimeout(timer);
    if (stream) close(stream);
    stream = undefined;
    reader?.close();
    reader = undefined;
    torch.value = null;
    state.value = 'OFF';
  }

  /** A hidden page lets go of the camera: other apps may need it, and it drains the battery. */
  function follow(): void {
    if (document.hidden && state.value === 'ON') fail('ASKING');
    else if (!document.hidden && state.value === 'ASKING') void start();
  }
  onMounted(() => document.addEventListener('visibilitychange', follow));
  onUnmounted(() => {
    document.removeEventListener('visibilitychange', follow);
    stop();
  });
  return { state, torch, start, stop, switchTorch };
}

function close(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function stateOf(fault: unknown): CameraState {
  const name = fault instanceof DOMException ? fault.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'DENIED';
  return name === 'NotReadableError' || name === 'AbortError' ? 'BUSY' : 'NONE';
}
