import { configDefaults, defineConfig } from 'vitest/config';

const SLOW = ['tests/{e2e,gallery,launcher}/**/*.test.{ts,tsx}'];

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['**/*.test.{ts,tsx}'], exclude: [...configDefaults.exclude, ...SLOW] } },
      // Real processes and browsers: one file at a time, after the rest, or they measure each other.
      {
        test: {
          name: 'slow',
          include: SLOW,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
