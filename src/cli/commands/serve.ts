/** `serve`: as `npm start -- --web --no-open`. @returns the exit code, after a signal has ended it */
export async function serve(options: { dataDir?: string; port?: string; sample?: boolean }): Promise<number> {
  const flags = ['--web', '--no-open']
  if (options.dataDir !== undefined) flags.push('--data-dir', options.dataDir)
  if (options.port !== undefined) flags.push('--port', options.port)
  if (options.sample === true) flags.push('--sample')
  // start.ts reads its flags from the process, as a program of its own.
  process.argv = [process.execPath, 'wirewatch serve', ...flags]
  await import('../../launch/start.ts')
  return Number(process.exitCode ?? 0)
}
