import { cprt } from './cprt.ts';
import type { Programme } from './programme.ts';
import { taster } from './taster.ts';

/** Every format there is. A new one is a file beside this and a word here. */
export const programmes: readonly Programme[] = [cprt, taster];

/** The programme of that id, as a course stores it; undefined for an id that nobody knows. */
export function findProgramme(programmeId: string): Programme | undefined {
  return programmes.find((programme) => programme.programmeId === programmeId);
}
