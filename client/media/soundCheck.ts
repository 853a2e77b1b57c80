/** Frequencies of the two notes, Hz: C5 and E5. */
const NOTES = [523.25, 659.25];
const NOTE_SECONDS = 0.28;
const NOTE_GAIN = 0.08;

/** Speech lies between these; quieter counts as silence, louder as full (dB below full scale). */
const QUIET_DB = -60;
const LOUD_DB = -12;

export type SoundCheck = {
  /** The level of this track right now, 0 to 1. */
  level(track: MediaStreamTrack | null): number;
  /** Plays the notes on this speaker, or on the usual one where the browser can't choose. */
  playSound(speaker: string | null): void;
  close(): void;
};

/** Maps a root mean square amplitude (0 to 1) to a level for people, 0 to 1. */
export function levelOf(rms: number): number {
  if (rms <= 0) return 0;
  const db = 20 * Math.log10(rms);
  return Math.min(1, Math.max(0, (db - QUIET_DB) / (LOUD_DB - QUIET_DB)));
}

/** Measures a microphone and tries a speaker, with one AudioContext made at the first use. */
export function createSoundCheck(): SoundCheck {
  let context: AudioContext | null = null;
  let metered: { track: MediaStreamTrack; source: MediaStreamAudioSourceNode; analyser: AnalyserNode } | null = null;
  const samples = new Float32Array(1024);

  function running(): AudioContext {
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume().catch(() => undefined);
    return context;
  }

  function meter(track: MediaStreamTrack): AnalyserNode {
    if (metered?.track === track) return metered.analyser;
    metered?.source.disconnect();
    const analyser = running().createAnalyser();
    analyser.fftSize = samples.length;
    const source = running().createMediaStreamSource(new MediaStream([track]));
    source.connect(analyser);
    metered = { track, source, analyser };
    return analyser;
  }

  return {
    level(track) {
      if (!track?.enabled || track.readyState !== 'live') return 0;
      meter(track).getFloatTimeDomainData(samples);
      running();
      return levelOf(Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length));
    },
    playSound(speaker) {
      void playNotes(running(), speaker);
    },
    close() {
      metered?.source.disconnect();
      metered = null;
      void context?.close().catch(() => undefined);
      context = null;
    },
  };
}

async function playNotes(context: AudioContext, speaker: string | null): Promise<void> {
  // Through an element, because more browsers can send an element to a chosen speaker than an AudioContext.
  const output = context.createMediaStreamDestination();
  const element = new Audio();
  element.srcObject = output.stream;
  if (speaker !== null && 'setSinkId' in element) await element.setSinkId(speaker).catch(() => undefined);
  await element.play().catch(() => undefined);
  const start = context.currentTime + 0.05;
  NOTES.forEach((frequency, index) => {
    const at = start + index * NOTE_SECONDS;
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setTargetAtTime(NOTE_GAIN, at, 0.02);
    gain.gain.setTargetAtTime(0, at + NOTE_SECONDS * 0.6, 0.06);
    const note = new OscillatorNode(context, { frequency });
    note.connect(gain).connect(output);
    note.start(at);
    note.stop(at + NOTE_SECONDS * 2);
    if (index === NOTES.length - 1) note.onended = () => element.pause();
  });
}
