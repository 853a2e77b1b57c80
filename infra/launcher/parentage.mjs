import { readFileSync } from 'node:fs';

/**
 * Who started this process, as a text that changes when that process is gone. npm starts a script through `sh -c`, and
 * that shell outlives a killed npm: its own parent is part of the text where the system tells it (Linux).
 */
export function parentage() {
  const parent = process.ppid;
  try {
    const [, option] = readFileSync(`/proc/${parent}/cmdline`, 'utf8').split('\0');
    if (option !== '-c') return `${parent}`;
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8');
    // The name in parentheses may hold blanks; state and parent follow it.
    return `${parent} of ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    return `${parent}`;
  }
}
