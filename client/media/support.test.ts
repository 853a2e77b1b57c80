import { expect, test } from 'vitest';
import { inAppBrowser } from './support.ts';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const ANDROID = 'Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)';
const WEB_VIEW = 'Mozilla/5.0 (Linux; Android 15; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0';

test.each([
  [`${IPHONE} Mobile/22B83 [FBAN/FBIOS;FBAV/490.0.0.40.107;FBBV/660000000]`, 'Facebook'],
  [`${WEB_VIEW} Chrome/130.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/490.0.0.50.81;]`, 'Facebook'],
  [`${IPHONE} Mobile/22B83 [FBAN/MessengerForiOS;FBAV/483.0.0]`, 'Messenger'],
  [`${WEB_VIEW} Chrome/130.0.0.0 Mobile Safari/537.36 [FB_IAB/Orca-Android;FBAV/483.0.0]`, 'Messenger'],
  [`${IPHONE} Mobile/22B83 Instagram 357.0.0.0.29 (iPhone15,2; iOS 18_1; en_GB)`, 'Instagram'],
  [`${IPHONE} Mobile/22B83 [LinkedInApp]/9.30`, 'LinkedIn'],
  [`${WEB_VIEW} Chrome/130.0.0.0 Mobile Safari/537.36 musical_ly_2023700 BytedanceWebview/d8a21c6`, 'TikTok'],
  [`${IPHONE} Mobile/22B83 Snapchat/13.15.0`, 'Snapchat'],
  [`${IPHONE} Mobile/22B83 Twitter for iPhone/10.68`, 'X'],
  [`${WEB_VIEW} Chrome/130.0.0.0 Mobile Safari/537.36 TwitterAndroid`, 'X'],
  [`${IPHONE} Mobile/22B83 MicroMessenger/8.0.53`, 'WeChat'],
  [`${IPHONE} Safari Line/14.18.0`, 'LINE'],
  [`${IPHONE} Mobile/22B83 Outlook-iOS/4.2445.0`, 'Outlook'],
  [`${IPHONE} Mobile/22B83 YahooMobileMail/7.5`, 'Yahoo Mail'],
  [`${IPHONE} GSA/343.0.695551749 Mobile/15E148 Safari/604.1`, 'the Google app'],
  [`${WEB_VIEW} Chrome/130.0.0.0 Mobile Safari/537.36`, 'another app'],
  [`${IPHONE} Mobile/22B83`, 'another app'],
])('%s is inside %s', (userAgent, app) => {
  expect(inAppBrowser(userAgent)).toBe(app);
});

test.each([
  ['Safari on an iPhone', `${IPHONE} Version/18.1 Mobile/15E148 Safari/604.1`],
  ['Chrome on an iPhone', `${IPHONE} CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1`],
  ['Firefox on an iPhone', `${IPHONE} FxiOS/132.0 Mobile/15E148 Safari/605.1.15`],
  ['Edge on an iPhone', `${IPHONE} Version/18.0 EdgiOS/131.0.2903.48 Mobile/15E148 Safari/605.1.15`],
  ['Chrome on Android', `${ANDROID} Chrome/131.0.0.0 Mobile Safari/537.36`],
  ['Samsung Internet', `${ANDROID} SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36`],
  ['Firefox on Android', 'Mozilla/5.0 (Android 15; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0'],
  [
    'Chrome on Windows',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  ],
  [
    'Safari on a Mac',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
  ],
  [
    'Safari on an iPad that asks for desktop pages',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
  ],
])('%s is a browser', (_name, userAgent) => {
  expect(inAppBrowser(userAgent)).toBeNull();
});
