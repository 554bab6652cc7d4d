import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pack, PackConcept, PackTheme } from './pack.ts'

/**
 * The built-in pack is a folder, so that its parts can be read side by side: `pack.json` with its name and groups, a file for
 * each theme, whose query is a list of lines, and a file for each group of concepts. In export and import a pack is one file.
 */
export interface PackFolder {
  /** The same for the same content. */
  readonly hash: string
  /** The pack, unchecked. */
  pack(): Pack
}

type ThemeFile = Omit<PackTheme, 'query'> & { readonly query: readonly string[] }

/** @throws where a file is missing; what is wrong with the content shows when it is checked */
export function openPackFolder(folder: string): PackFolder {
  const text = (file: string): string => readFileSync(join(folder, file), 'utf8')
  const files = (part: string): string[] =>
    readdirSync(join(folder, part))
      .sort()
      .map((file) => text(join(part, file)))
  const head = text('pack.json')
  const [themes, concepts] = [files('themes'), files('concepts')]
  return {
    hash: createHash('sha256')
      .update([head, ...themes, ...concepts].join('\0'))
      .digest('hex'),
    pack: () => ({
      ...(JSON.parse(head) as Omit<Pack, 'themes' | 'concepts'>),
      themes: themes
        .map((file) => JSON.parse(file) as ThemeFile)
        .map((theme) => ({ ...theme, query: theme.query.join('\n') }))
        .sort((a, b) => a.order - b.order),
      concepts: concepts.flatMap((file) => JSON.parse(file) as PackConcept[]),
    }),
  }
}
