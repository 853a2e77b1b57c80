/**
 * @typedef {object} StandIn a module that takes the place of a library's
 * @property {string} name
 * @property {RegExp} from which modules get it, by their path
 * @property {RegExp} id the import that it answers
 * @property {string} code what it imports is found from where the module that it replaces was imported
 */

const LIVEKIT = /\/livekit-client\/src\//;

/** What trim.mjs puts in place of modules that no page here needs. @type {StandIn[]} */
export const standIns = [
  {
    // Shims for the WebRTC of many years ago. Chromium needs none of them; others get them as ever.
    name: 'kinroom:webrtc-adapter',
    from: LIVEKIT,
    id: /^webrtc-adapter$/,
    code: `if (!/Chrome\\//.test(navigator.userAgent)) await import('webrtc-adapter');`,
  },
  {
    // Data tracks, data streams and remote calls: ways for others to send to a page, of which Kinroom uses none. Without
    // this code none can be used on it either: whatever comes by them ends here.
    name: 'kinroom:unused',
    from: LIVEKIT,
    id: /\/(\w+Data(Track|Stream)Manager|(Local|Remote)DataTrack|data-track\/outgoing\/errors|Rpc\w+Manager)$/,
    code: `
      const answers = { then: undefined, queryPublished: () => [], info: {} };
      const unused = new Proxy(answers, { get: (_, name) => (name in answers ? answers[name] : () => unused) });
      export default class {
        constructor() {
          return unused;
        }
      }
      export const DataTrackPublishError = unused;`,
  },
  {
    // livekit-client logs nothing (see trim.mjs), and asks for loggers all the same.
    name: 'kinroom:loglevel',
    from: LIVEKIT,
    id: /^loglevel$/,
    code: `
      const nothing = () => {};
      const levels = ['trace', 'debug', 'info', 'warn', 'error', 'setLevel', 'setDefaultLevel'];
      const logger = { ...Object.fromEntries(levels.map((level) => [level, nothing])), getLevel: () => 5 };
      export const getLogger = () => logger;`,
  },
  {
    // The part of Node's EventEmitter that livekit-client uses.
    name: 'kinroom:events',
    from: LIVEKIT,
    id: /^events$/,
    code: `
      export class EventEmitter {
        #heard = new Map();
        on(name, listener) {
          this.#heard.set(name, [...this.listeners(name), listener]);
          return this;
        }
        once(name, listener) {
          const first = (...what) => {
            this.off(name, first);
            listener.apply(this, what);
          };
          first.listener = listener;
          return this.on(name, first);
        }
        off(name, listener) {
          const heard = this.listeners(name);
          const at = heard.findLastIndex((one) => one === listener || one.listener === listener);
          if (at >= 0) this.#heard.set(name, heard.toSpliced(at, 1));
          return this;
        }
        addListener(name, listener) {
          return this.on(name, listener);
        }
        removeListener(name, listener) {
          return this.off(name, listener);
        }
        removeAllListeners(name) {
          if (name === undefined) this.#heard.clear();
          else this.#heard.delete(name);
          return this;
        }
        emit(name, ...what) {
          const heard = this.listeners(name);
          for (const listener of heard) listener.apply(this, what);
          return heard.length > 0;
        }
        listeners(name) {
          return this.#heard.get(name) ?? [];
        }
        listenerCount(name) {
          return this.listeners(name).length;
        }
        setMaxListeners() {
          return this;
        }
      }`,
  },
  {
    // The SFU speaks the protocol's binary form.
    name: 'kinroom:json-format',
    from: /\/@bufbuild\/protobuf\//,
    id: /\/json-format\.js$/,
    code: 'export const makeJsonFormat = () => ({});',
  },
  {
    // Signalling goes by WebSocket only (client/session/connection.ts).
    name: 'kinroom:transports',
    from: /\/engine\.io-client\//,
    id: /^\.\/transports\/index\.js$/,
    code: `
      import { WS } from './transports/websocket.js';
      export const transports = { websocket: WS };`,
  },
];
