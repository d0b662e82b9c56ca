import { sound } from '../settings.ts';

let audio: AudioContext | undefined;

/** A short tone that a code was read, where the officer wants it; phones that can also buzz. */
export function beep(): void {
  navigator.vibrate?.(40);
  if (sound.value === 'off') return;
  audio ??= new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  volume.gain.value = 0.15;
  tone.frequency.value = 1_320;
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.09);
}
