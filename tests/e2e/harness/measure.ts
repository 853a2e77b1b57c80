import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import type { Colour } from './fakeMedia.ts';
import { until } from './until.ts';

/** What one received track has come to. Counts are since it began. */
export type Inbound = {
  id: string;
  kind: 'audio' | 'video';
  packetsReceived: number;
  /** Only for video. */
  framesDecoded: number;
  /** Only for audio; sound that was played, in the unit of WebRTC's statistics. */
  totalAudioEnergy: number;
};

type Measured = Window & {
  connections: RTCPeerConnection[];
  analysers: Map<MediaStream, AnalyserNode>;
  captured: MediaStreamTrack[];
  arrived: number;
};

/** Keeps every RTCPeerConnection of the context's pages at hand for the functions below. Call it before the first page. */
export async function hookConnections(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const page = window as unknown as Measured;
    page.connections = [];
    page.analysers = new Map();
    page.captured = [];
    page.arrived = 0;
    window.RTCPeerConnection = new Proxy(RTCPeerConnection, {
      construct(Connection, [configuration]: [RTCConfiguration | undefined]) {
        const connection = new Connection(configuration);
        page.connections.push(connection);
        connection.addEventListener('track', () => page.arrived++);
        return connection;
      },
    });
    // An insecure page, such as about:blank, has no devices.
    if (typeof MediaDevices === 'undefined') return;
    const { getUserMedia } = MediaDevices.prototype;
    const { clone } = MediaStreamTrack.prototype;
    MediaDevices.prototype.getUserMedia = async function (constraints) {
      const stream = await getUserMedia.call(this, constraints);
      page.captured.push(...stream.getTracks());
      return stream;
    };
    MediaStreamTrack.prototype.clone = function () {
      const copy = clone.call(this);
      page.captured.push(copy);
      return copy;
    };
  });
}

/** How many tracks of this kind hold the device: above 0 the camera's light is on. Copies of remote tracks count, too. */
export async function heldTracks(page: Page, kind: 'audio' | 'video'): Promise<number> {
  return page.evaluate((wanted) => {
    const { captured } = window as unknown as Measured;
    return captured.filter((track) => track.kind === wanted && track.readyState === 'live').length;
  }, kind);
}

/** How many connections for media the page has now. */
export async function openConnections(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      (window as unknown as Measured).connections.filter(({ connectionState }) => connectionState !== 'closed').length,
  );
}

/** How many tracks were ever sent to the page, also those it sent back at once. */
export async function arrivedTracks(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as Measured).arrived);
}

/** Every track that the page receives now. */
export async function inbound(page: Page): Promise<Inbound[]> {
  return page.evaluate(async () => {
    const open = (window as unknown as Measured).connections.filter(
      ({ connectionState }) => connectionState !== 'closed',
    );
    const reports = await Promise.all(open.map((connection) => connection.getStats()));
    const found: Inbound[] = [];
    for (const [index, report] of reports.entries()) {
      report.forEach((entry: Partial<Inbound> & { type: string; id: string; kind: 'audio' | 'video' }) => {
        if (entry.type !== 'inbound-rtp') return;
        const { kind, packetsReceived = 0, framesDecoded = 0, totalAudioEnergy = 0 } = entry;
        found.push({ id: `${index}-${entry.id}`, kind, packetsReceived, framesDecoded, totalAudioEnergy });
      });
    }
    return found;
  });
}

/** What each received track gained during this time (ms). Tracks that came or went meanwhile are left out. */
export async function gained(page: Page, ms: number): Promise<Inbound[]> {
  const before = await inbound(page);
  await sleep(ms);
  const after = await inbound(page);
  return after.flatMap((now) => {
    const then = before.find(({ id }) => id === now.id);
    if (!then) return [];
    return {
      ...now,
      packetsReceived: now.packetsReceived - then.packetsReceived,
      framesDecoded: now.framesDecoded - then.framesDecoded,
      totalAudioEnergy: now.totalAudioEnergy - then.totalAudioEnergy,
    };
  });
}

/** How many received video tracks are decoded right now. */
export async function decodedTracks(page: Page): Promise<number> {
  const tracks = await gained(page, 1_000);
  return tracks.filter(({ framesDecoded }) => framesDecoded > 0).length;
}

/** All sound energy that was played in this time (ms). */
export async function energy(page: Page, ms: number): Promise<number> {
  const tracks = await gained(page, ms);
  return tracks.reduce((sum, { totalAudioEnergy }) => sum + totalAudioEnergy, 0);
}

/** All sound energy that was given to this page's connections to send, since each of them began. */
export async function energySent(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let sum = 0;
    for (const connection of (window as unknown as Measured).connections) {
      if (connection.connectionState === 'closed') continue;
      const report = await connection.getStats();
      report.forEach((entry: { type: string; kind?: string; totalAudioEnergy?: number }) => {
        if (entry.type === 'media-source' && entry.kind === 'audio') sum += entry.totalAudioEnergy ?? 0;
      });
    }
    return sum;
  });
}

/** Waits until the page plays a tone of this frequency; false when it doesn't within the time (ms). */
export async function hears(page: Page, hz: number, within?: number): Promise<boolean> {
  return until(`hears ${hz} Hz`, () => plays(page, hz), within).catch(() => false);
}

/**
 * Is this the loudest frequency of something that the page plays, most of a half second? Sound that was decrypted with
 * a wrong key is loud noise, which may have its peak anywhere for a moment.
 */
async function plays(page: Page, hz: number): Promise<boolean> {
  return page.evaluate(async (wanted) => {
    const { analysers } = window as unknown as Measured;

    function analyserOf(stream: MediaStream): AnalyserNode {
      const known = analysers.get(stream);
      if (known) return known;
      const context = new AudioContext();
      const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
      context.createMediaStreamSource(stream).connect(analyser);
      analysers.set(stream, analyser);
      return analyser;
    }

    function loudest(analyser: AnalyserNode): number {
      const levels = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(levels);
      const hertz = analyser.context.sampleRate / analyser.fftSize;
      const speech = levels.slice(Math.round(100 / hertz), Math.round(4_000 / hertz));
      const peak = Math.max(...speech);
      return peak > -70 ? (speech.indexOf(peak) + Math.round(100 / hertz)) * hertz : 0;
    }

    const playing = [...document.querySelectorAll('audio')].flatMap(({ paused, muted, srcObject }) =>
      !paused && !muted && srcObject instanceof MediaStream && srcObject.getAudioTracks().length > 0 ? srcObject : [],
    );
    const hits = new Map<MediaStream, number>();
    for (let look = 0; look < 10; look++) {
      for (const stream of playing) {
        const near = Math.abs(loudest(analyserOf(stream)) - wanted) < 20;
        hits.set(stream, (hits.get(stream) ?? 0) + Number(near));
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return [...hits.values()].some((count) => count >= 5);
  }, hz);
}

/** Waits until the video in this place shows the colour; false when it doesn't within the time (ms). */
export async function shows(page: Page, selector: string, colour: Colour, within?: number): Promise<boolean> {
  async function near(): Promise<boolean> {
    const seen = await colourOf(page, selector);
    return (
      seen !== null && (['red', 'green', 'blue'] as const).every((part) => Math.abs(seen[part] - colour[part]) < 60)
    );
  }
  return until(`${selector} shows its colour`, near, within).catch(() => false);
}

/** The mean colour of a video's lower half, null while there is no picture. */
async function colourOf(page: Page, selector: string): Promise<Colour | null> {
  return page.evaluate((where) => {
    const video = document.querySelector<HTMLVideoElement>(where);
    if (!video || video.readyState < 2 || video.videoWidth === 0) return null;
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    if (!canvas) return null;
    const { videoWidth: width, videoHeight: height } = video;
    canvas.drawImage(video, width / 4, height / 2, width / 2, height / 3, 0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return { red, green, blue };
  }, selector);
}
