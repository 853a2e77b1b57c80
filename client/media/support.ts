/**
 * Can this browser send and receive end-to-end encrypted media? It needs encoded transforms of either kind, WebCrypto
 * and workers: what livekit-client asks for, without loading it.
 */
export function canEncrypt(): boolean {
  const transforms =
    'RTCRtpScriptTransform' in globalThis ||
    ('RTCRtpSender' in globalThis && 'createEncodedStreams' in RTCRtpSender.prototype);
  return transforms && typeof Worker === 'function' && globalThis.crypto?.subtle !== undefined;
}

/** Marks that apps put into the user agent of the browser they contain, most specific first. */
const APPS: [RegExp, string][] = [
  [/FBAN\/Messenger|FB_IAB\/(?:Orca|MESSENGER)|\bMESSENGER\b/i, 'Messenger'],
  [/Instagram/, 'Instagram'],
  [/\bFBAN\/|\bFBAV\/|\bFB_IAB\//, 'Facebook'],
  [/LinkedInApp/, 'LinkedIn'],
  [/musical_ly|BytedanceWebview|TikTok|ttwebview/i, 'TikTok'],
  [/Snapchat\//, 'Snapchat'],
  [/\bTwitter(?:Android| for )/, 'X'],
  [/Pinterest/, 'Pinterest'],
  [/MicroMessenger/, 'WeChat'],
  [/\bLine\//, 'LINE'],
  [/WhatsApp\//, 'WhatsApp'],
  [/Telegram-Android|\bTelegram\//, 'Telegram'],
  [/TeamsMobile/, 'Teams'],
  [/Outlook-(?:iOS|Android)|OutlookMobile|Microsoft Outlook/i, 'Outlook'],
  [/YahooMobileMail|YMail|YahooMailProd/i, 'Yahoo Mail'],
  [/\bGmail\//i, 'Gmail'],
  [/\bGSA\//, 'the Google app'],
];

/** An Android web view says so; a page in an iOS app's web view lacks the word that Safari and all iOS browsers carry. */
const ANDROID_WEB_VIEW = /Android.*;\s*wv\)/;
const IOS = /\((?:iPhone|iPad|iPod)/;
const IOS_BROWSER = /\b(?:Safari|CriOS|FxiOS|EdgiOS)\//;

/**
 * The app in whose own browser this page was opened ("Facebook", "the Google app", "another app"), or null in a real
 * browser. A page on the iOS home screen looks like a web view too: ask `navigator.standalone` first.
 */
export function inAppBrowser(userAgent: string): string | null {
  const app = APPS.find(([mark]) => mark.test(userAgent));
  if (app) return app[1];
  const webView = ANDROID_WEB_VIEW.test(userAgent) || (IOS.test(userAgent) && !IOS_BROWSER.test(userAgent));
  return webView ? 'another app' : null;
}
