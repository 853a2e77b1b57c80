import { expect, it } from 'vitest';
import { knownDevices } from './knownDevices.ts';
import { member, memoryStore, roster } from './testRoom.fixtures.ts';

it('knows a key it has met, calls a stranger new and a known person with another key changed', async () => {
  const store = memoryStore();
  const [fay, ann, annsPhone, ben] = await Promise.all([
    member('fay', 'staff'),
    member('ann', 'family'),
    member('ann', 'family'),
    member('ben', 'family'),
  ]);
  const weekFour = await knownDevices(store);
  expect(weekFour.standing('ann', ann.device.signingKey)).toBe('new');
  await weekFour.remember(await roster(fay, [fay, ann]));
  expect(weekFour.standing('ann', ann.device.signingKey)).toBe('known');

  const weekFive = await knownDevices(store);
  expect(weekFive.standing('ann', ann.device.signingKey)).toBe('known');
  expect(weekFive.standing('fay', fay.device.signingKey)).toBe('known');
  expect(weekFive.standing('ann', annsPhone.device.signingKey)).toBe('changed');
  expect(weekFive.standing('ben', ben.device.signingKey)).toBe('new');
  expect(weekFive.standing('ben', ann.device.signingKey)).toBe('new');
  expect(weekFive.standing('fay', ann.device.signingKey)).toBe('changed');

  await weekFive.remember(await roster(fay, [fay, annsPhone]));
  const weekSix = await knownDevices(store);
  expect(weekSix.standing('ann', ann.device.signingKey)).toBe('known');
  expect(weekSix.standing('ann', annsPhone.device.signingKey)).toBe('known');
});

it('is not misled by a person id that is the name of an object property', async () => {
  const known = await knownDevices(memoryStore());
  expect(known.standing('__proto__', 'any')).toBe('new');
  expect(known.standing('constructor', 'any')).toBe('new');
});
