import { configDefaults, defineConfig } from 'vitest/config';

const PROTOCOL = ['tests/protocol/**/*.test.ts'];
const SLOW = ['tests/{e2e,gallery,launcher}/**/*.test.{ts,tsx}'];
/** How long something takes is measured elsewhere: here it only has to come, also on a machine that is busy. */
const PATIENT = { testTimeout: 120_000, hookTimeout: 180_000, expect: { poll: { timeout: 20_000 } } };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, ...PROTOCOL, ...SLOW],
        },
      },
      // Servers in processes of their own: they mostly wait.
      { test: { name: 'protocol', include: PROTOCOL, sequence: { groupOrder: 1 }, ...PATIENT } },
      // Real processes and browsers: one file at a time, after the rest, or they measure each other.
      {
        test: {
          name: 'slow',
          include: SLOW,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          ...PATIENT,
        },
      },
    ],
  },
});
