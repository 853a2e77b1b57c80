// Plain, old syntax on purpose: this file must also parse on the old Node that it turns away.

/**
 * One line that says which Node is needed, or null when this one will do. 20.19 is the floor of Vite and of `URL`,
 * `import.meta` and `--import` as the tools here use them.
 * @param {string} version as in process.versions.node
 * @returns {string | null}
 */
export function nodeProblem(version) {
  const parts = version.split('.').map(Number);
  const major = parts[0] || 0;
  const minor = parts[1] || 0;
  if (major > 20 || (major === 20 && minor >= 19)) return null;
  return (
    'Kinroom needs Node 20.19 or newer, and this is Node ' +
    version +
    '. Get a newer one from https://nodejs.org, then run it again.'
  );
}
