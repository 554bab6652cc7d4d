import { expect, test } from 'vitest'
import { unusableFolder } from './unusableFolder.ts'

const said = (code?: string): string =>
  unusableFolder('/press', Object.assign(new Error('it failed'), { code }), '/press/engine.lock').message

test.each([
  ['ENOSPC', 'its disk is full. Make room on that disk'],
  ['EROFS', 'its disk is write-protected. Make the disk writable'],
  ['ENXIO', 'its drive is not there. Connect the drive'],
  // It could be made where it is looked for.
  ['ENOENT', 'it cannot be written. See to it that you may write it'],
  [
    'EACCES',
    'it may not be written, or its drive is not there. See to it that you may write it, connect the drive',
  ],
  [
    'EPERM',
    'it may not be written, or its drive is not there. See to it that you may write it, connect the drive',
  ],
  ['ENOTDIR', 'it is no folder. Move away the file of that name'],
  ['SQLITE_NOTADB', 'its lock is not what Wirewatch keeps there. Remove the file /press/engine.lock'],
  ['SQLITE_IOERR_LOCK', 'no file can be locked there. Keep it on a disk of this machine'],
  [undefined, 'it cannot be written. See to it that you may write it'],
])('a folder that fails with %s is a sentence that says what to do', (code, words) => {
  expect(said(code)).toBe(
    `The data folder /press cannot be used: ${words}, or choose another with --data-dir.`,
  )
})
