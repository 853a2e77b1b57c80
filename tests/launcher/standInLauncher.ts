// The launcher from its source as a process of its own, with the stand-in server in place of the built one.
import { join } from 'node:path';
import { parentage } from '../../infra/launcher/parentage.mjs';
import { launchAsProcess } from '../../infra/launcher/process.ts';

const root = join(import.meta.dirname, '../..');
const serverArguments = [join(import.meta.dirname, 'standInServer.mjs')];

process.exit(await launchAsProcess({ root, startedBy: parentage() }, { serverArguments }));
