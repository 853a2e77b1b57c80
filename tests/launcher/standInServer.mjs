// In place of the real server: it listens, says what the launcher gave it, and behaves as STAND_IN says.
import { createServer } from 'node:http';

const behaviour = process.env['STAND_IN'] ?? '';

if (behaviour === 'crash') process.exit(3);

if (behaviour === 'failed') {
  process.send?.(
    { type: 'failed', lines: ['The data folder is in use by process 4711.', 'Stop that one first.'] },
    () => process.exit(1),
  );
} else {
  const port = Number(process.env['PORT']);
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ pid: process.pid, environment: process.env }));
  });
  server.listen(port, () => {
    const url = `http://localhost:${port}`;
    const labels = ['facilitator', 'co-facilitator', 'family 1', 'family 2', 'taster'];
    const links = labels.map((label, index) => ({ label, url: `${url}/join#${index}` }));
    // A stray line of the server must not come between those of the launcher.
    console.log('stand-in: listening');
    process.send?.({ type: 'ready', url, links });
  });
  process.on('SIGTERM', () => {
    if (behaviour !== 'stubborn') process.exit(0);
  });
  process.on('disconnect', () => process.exit(0));
}
