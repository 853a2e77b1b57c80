import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';

const SAMPLE_RATE = 48_000;
const SOUND_SECONDS = 4;
/** A steady tone would be taken for noise and suppressed by the browser; beeps are not. */
const BEEP_MS = 400;
const BEEP_ON_MS = 320;

const PLAIN = { width: 160, height: 120 };
/** As many bits a second as a real camera: for tests of weak lines. */
const BUSY = { width: 480, height: 272, noise: 64 };
/** Few and small pictures: the only way to run several browsers on two cores. */
const FRAMES_PER_SECOND = 7;
const FRAMES = 14;

export type Colour = { red: number; green: number; blue: number };

/** Writes a sound that Chromium can take for a microphone: beeps at this frequency, 16-bit mono, looped by Chromium. */
export async function writeTone(path: string, hz: number): Promise<void> {
  const count = SAMPLE_RATE * SOUND_SECONDS;
  const wav = Buffer.alloc(44 + count * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + count * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(SAMPLE_RATE, 24);
  wav.writeUInt32LE(SAMPLE_RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(count * 2, 40);
  for (let index = 0; index < count; index++) {
    const ms = ((index / SAMPLE_RATE) * 1000) % BEEP_MS;
    // Soft edges: a click would be heard at every frequency.
    const edge = Math.max(0, Math.min(1, ms / 20, (BEEP_ON_MS - ms) / 20));
    wav.writeInt16LE(Math.round(10_000 * edge * Math.sin((2 * Math.PI * hz * index) / SAMPLE_RATE)), 44 + index * 2);
  }
  await writeFile(path, wav);
}

export type PictureKind = 'plain' | 'busy';

/**
 * Writes a picture that Chromium can take for a camera: one colour with a dark bar that moves, looped by Chromium. A
 * `busy` one is larger and full of noise, which no encoder can make small.
 */
export async function writePicture(path: string, colour: Colour, kind: PictureKind = 'plain'): Promise<void> {
  const { y, u, v } = toYuv(colour);
  const { width, height } = kind === 'busy' ? BUSY : PLAIN;
  const chroma = (width / 2) * (height / 2);
  const parts: Buffer[] = [Buffer.from(`YUV4MPEG2 W${width} H${height} F${FRAMES_PER_SECOND}:1 Ip A1:1 C420\n`)];
  for (let frame = 0; frame < FRAMES; frame++) {
    const luma = kind === 'busy' ? noise(width * height, y) : Buffer.alloc(width * height, y);
    const left = Math.round((frame / FRAMES) * (width - 16));
    for (let row = 0; row < 24; row++) luma.fill(y / 3, row * width + left, row * width + left + 16);
    parts.push(Buffer.from('FRAME\n'), luma, Buffer.alloc(chroma, u), Buffer.alloc(chroma, v));
  }
  await writeFile(path, Buffer.concat(parts));
}

function noise(count: number, around: number): Buffer {
  return randomBytes(count).map((byte) => Math.max(16, around - BUSY.noise / 2 + (byte % BUSY.noise))) as Buffer;
}

/** BT.601, limited range. */
function toYuv({ red, green, blue }: Colour): { y: number; u: number; v: number } {
  return {
    y: Math.round(16 + 0.257 * red + 0.504 * green + 0.098 * blue),
    u: Math.round(128 - 0.148 * red - 0.291 * green + 0.439 * blue),
    v: Math.round(128 + 0.439 * red - 0.368 * green - 0.071 * blue),
  };
}
