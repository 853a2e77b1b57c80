import { accessSync, constants, mkdirSync } from 'node:fs';
import { readConfig, type Config } from '../../server/config.ts';
import { freePort, portProblem } from './ports.ts';

/** What must hold before anything is started: a sound configuration with a real port, or lines that say what to do. */
export async function prepare(env: NodeJS.ProcessEnv): Promise<{ config: Config } | { problems: string[] }> {
  const read = readConfig(env);
  if ('problems' in read) return read;
  const folderProblem = openDataFolder(read.config.dataFolder);
  if (folderProblem !== null) return { problems: [folderProblem] };

  if (read.config.port === 0) return prepare({ ...env, PORT: String(await freePort()) });
  const problem = await portProblem(read.config.port);
  return problem === null ? read : { problems: [portLine(read.config.port, problem)] };
}

function openDataFolder(folder: string): string | null {
  try {
    // What families write is in it: nobody else on this computer may read it.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return `The data folder ${folder} can’t be written to${reason}. Allow it for this account, or name another with KINROOM_DATA.`;
  }
}

function portLine(port: number, code: string): string {
  const another = `Choose another, e.g. PORT=${port < 1024 ? 8080 : port + 10} npm start`;
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use by another program. Stop that program, or choose another port. ${another}`;
  if (code === 'EACCES') return `This account may not open port ${port}. ${another}`;
  return `Port ${port} can’t be opened (${code}). ${another}`;
}
