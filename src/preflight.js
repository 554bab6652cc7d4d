// Plain JavaScript that any Node can run: says in one line why Wirewatch cannot start on this one.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  const brought = process.platform === 'linux' || process.platform === 'win32'
  console.error(
    `Wirewatch needs Node 22.18 or later and found ${process.versions.node}. ` +
      (brought
        ? 'Run "npm ci" without --omit=optional: it brings Node 24 along, and npm scripts then use it.'
        : 'Install Node 24 (nodejs.org) and run the command again.'),
  )
  process.exit(1)
}
