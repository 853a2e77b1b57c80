import type { Findings, Part, TestView } from '../live/connectionTest.ts';
import { parts } from '../live/connectionTest.ts';
import { troubleOf } from '../ui/deviceHelp.ts';

/** `open`: not looked at; `look`: it works, but not as well as it could; `bad`: nobody could take part like this. */
export type Mark = 'open' | 'running' | 'ok' | 'look' | 'bad';

/** One line of the list: what was found, and what to do about it. */
export type Item = { part: Part; title: string; mark: Mark; text: string; steps: string[] };

export type Outcome = 'ready' | 'soundFirst' | 'inTheWay';

/** Where the page is, for words that name it: a browser's user agent and our host. */
export type Where = { userAgent: string; host: string };

const titles: Record<Part, string> = {
  browser: 'Your browser',
  devices: 'Camera and microphone',
  server: 'Our server',
  media: 'The way for picture and sound',
  loop: 'Encrypted picture and sound',
};

const running: Record<Part, string> = {
  browser: 'Looking at your browser',
  devices: 'Your browser may ask you first',
  server: 'Asking our server',
  media: 'Looking for a way through your network',
  loop: 'Sending picture and sound to our server and back',
};

/** More lost than this, or longer there and back (ms), and people notice; fewer pictures a second are no film. */
const MUCH_LOST = 0.05;
const LONG_WAY = 400;
const FEW_FRAMES = 4;

type Found = Pick<Item, 'mark' | 'text'> & { steps?: string[] };

/** Every part in its order, with its words. */
export function itemsOf({ stage, at, findings }: TestView, where: Where): Item[] {
  return parts.map((part) => {
    const { mark, text, steps = [] } = found(part, findings, where) ?? notYet(part, stage, at, findings);
    return { part, title: titles[part], mark, text, steps };
  });
}

/** The whole test in one word; only for one that is done. */
export function outcomeOf(items: Item[]): Outcome {
  if (items.some(({ mark }) => mark === 'bad')) return 'inTheWay';
  return items.some(({ mark }) => mark === 'look') ? 'soundFirst' : 'ready';
}

function notYet(part: Part, stage: TestView['stage'], at: Part | null, findings: Findings): Found {
  if (part === at) return { mark: 'running', text: running[part] };
  if (stage !== 'done') return { mark: 'open', text: '' };
  // The part at which the test broke off without an answer; those after it were never begun.
  const broken = parts.find((one) => !(one in findings));
  if (part !== broken || hasBad(findings)) return { mark: 'open', text: 'Not tested, because of the above' };
  return {
    mark: 'bad',
    text: 'This could not be finished.',
    steps: ['Test again. If it stays so, tell the group’s organiser.'],
  };
}

function hasBad({ browser, server, media }: Findings): boolean {
  return browser?.encrypts === false || server?.answers === false || media === 'unreached';
}

function found(part: Part, findings: Findings, where: Where): Found | undefined {
  switch (part) {
    case 'browser':
      return findings.browser && browserWords(findings.browser);
    case 'devices':
      return findings.devices && deviceWords(findings.devices, where.userAgent);
    case 'server':
      return findings.server && serverWords(findings.server, where.host);
    case 'media':
      return findings.media && mediaWords(findings.media, where.host);
    case 'loop':
      return findings.loop && loopWords(findings.loop);
  }
}

function browserWords({ encrypts, app }: NonNullable<Findings['browser']>): Found {
  if (app !== null) {
    const steps = [
      'Copy the address of this page, and open it in Safari or Chrome itself. Do the same with your link.',
    ];
    return { mark: encrypts ? 'look' : 'bad', text: `This is the small browser inside ${app}.`, steps };
  }
  if (encrypts) return { mark: 'ok', text: 'It can keep a call private.' };
  return {
    mark: 'bad',
    text: 'It can’t encrypt a call, so it would not be let in.',
    steps: [
      'On a phone or tablet: update its software, then use Safari or Chrome.',
      'On a computer: use an up-to-date Chrome, Edge, Firefox or Safari.',
    ],
  };
}

function deviceWords(devices: NonNullable<Findings['devices']>, userAgent: string): Found {
  if (devices === 'notAsked') return { mark: 'open', text: 'Not tested, as you chose.' };
  const trouble = troubleOf(devices, userAgent);
  if (trouble === null) return { mark: 'ok', text: 'Both work.' };
  // The last step is what the join page does by itself.
  const steps = [...trouble.steps.slice(0, -1), 'Then test again.'];
  if (trouble.what !== 'camera') return { mark: 'bad', text: `${trouble.title}.`, steps };
  return { mark: 'look', text: `${trouble.title}. Your microphone works.`, steps };
}

const otherNetwork = 'Try another network, for example your phone’s own instead of the Wi-Fi.';

function serverWords(server: NonNullable<Findings['server']>, host: string): Found {
  if (!server.answers) {
    const many = server.error === 'tooMany';
    return {
      mark: 'bad',
      text: many ? 'There were many tests from here. Wait ten minutes, then test again.' : server.say,
    };
  }
  if (server.socket) return { mark: 'ok', text: 'It answers.' };
  return {
    mark: 'bad',
    text: 'Pages come through, but not the connection that keeps everybody in step.',
    steps: [otherNetwork, `At work, ask whoever looks after the network to allow web sockets to ${host}.`],
  };
}

function mediaWords(media: NonNullable<Findings['media']>, host: string): Found {
  if (media === 'tcp') {
    return { mark: 'look', text: 'It works, but may be slower on this network.', steps: [otherNetwork] };
  }
  if (media !== 'unreached') return { mark: 'ok', text: media === 'udp' ? 'The fast way is open.' : 'It is open.' };
  return {
    mark: 'bad',
    text: 'This network lets no picture and no sound through.',
    steps: [
      otherNetwork,
      'If a VPN or a security program is on, switch it off for the call.',
      `At work, ask whoever looks after the network to allow video calls (WebRTC) to ${host}.`,
    ],
  };
}

function loopWords(loop: NonNullable<Findings['loop']>): Found {
  const figures = figuresOf(loop);
  if (loop.soundPackets === 0)
    return { mark: 'bad', text: 'No sound came back.', steps: [otherNetwork, 'Test again.'] };
  if (loop.framesPerSecond === 0) {
    return { mark: 'look', text: 'Sound came back, the picture did not.', steps: [otherNetwork] };
  }
  const slow = loop.framesPerSecond < FEW_FRAMES || loop.lost >= MUCH_LOST || (loop.roundTrip ?? 0) >= LONG_WAY;
  if (!slow) return { mark: 'ok', text: `Both went out and came back: ${figures}.` };
  const steps = [
    'Go nearer to the Wi-Fi box, or use a cable.',
    'Close what else uses the network: films, downloads, other calls.',
  ];
  return { mark: 'look', text: `Both came back, but the connection is weak: ${figures}.`, steps };
}

/** `24 pictures a second, 0 % lost, 35 ms there and back`. */
function figuresOf({ framesPerSecond, lost, roundTrip }: NonNullable<Findings['loop']>): string {
  const way = roundTrip === null ? '' : `, ${roundTrip} ms there and back`;
  return `${framesPerSecond} pictures a second, ${Math.round(lost * 100)} % lost${way}`;
}
