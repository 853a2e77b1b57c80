import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** What pages of ours may use, and what they never ask for. */
const USED = 'camera microphone display-capture fullscreen picture-in-picture autoplay screen-wake-lock'.split(' ');
const UNUSED = 'geolocation payment usb serial hid midi accelerometer gyroscope magnetometer'.split(' ');
const permissions = [...USED.map((name) => `${name}=(self)`), ...UNUSED.map((name) => `${name}=()`)].join(', ');

/**
 * The headers of every answer. Nothing comes from anywhere else: scripts, workers and connections only from and to us
 * and the SFU, no script from text, no eval and no WebAssembly, no page of ours inside another's. `secure`: over https.
 */
export function securityHeaders(livekitUrl: string, secure: boolean): RequestHandler[] {
  const sfu = [livekitUrl, livekitUrl.replace(/^ws/, 'http')];
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", ...sfu],
        workerSrc: ["'self'"],
        mediaSrc: ["'self'", 'blob:'],
        imgSrc: ["'self'", 'data:'],
        frameSrc: ["'none'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure,
    referrerPolicy: { policy: 'no-referrer' },
    // Keys are in the page's memory: no other site's page may share its process or load a piece of it.
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
  });
  return [
    protect,
    (_request, response, next) => {
      response.set('Permissions-Policy', permissions);
      next();
    },
  ];
}
