import { client } from '../api.ts'

/** Lets the browser save all sources as an OPML file. */
export async function downloadOpml(fileName: string): Promise<void> {
  const { opml } = await client.sources.exportOpml({})
  const address = URL.createObjectURL(new Blob([opml], { type: 'text/x-opml' }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
