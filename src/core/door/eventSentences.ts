import type { EventWhy } from '../../api/contract/events.ts'
import { counted } from '../counted.ts'
import type { ListedChange } from '../store/events.ts'
import { wordList } from '../wordList.ts'

/** Log-odds below which evidence is not worth telling. */
export const TOLD = 0.2

/**
 * What a change did to an event.
 * @param of the event whose changes are told
 * @param other what the other event of the change is called
 */
export function sentenceOfChange(
  { kind, event, name, stories }: ListedChange,
  of: number,
  other: string,
): string {
  const moved = counted(stories, 'story', 'stories')
  const isHere = event === of
  switch (kind) {
    case 'merge':
      return isHere ? `${other} is one with this: ${moved} came in.` : `Went into ${other}: ${moved}.`
    case 'split':
      return isHere ? `${moved} became an event of their own: ${other}.` : `Split from ${other}: ${moved}.`
    case 'take-out':
      return isHere ? `A story was taken out: ${other}.` : `Taken out of ${other}.`
    case 'put-in':
      return isHere ? `A story was put in, from ${other}.` : `A story was put into ${other}.`
    case 'rename':
      return name === '' ? 'It was given a name.' : `It was called “${name}” before.`
  }
}

/** What some evidence says of two stories; undefined where it is not worth a sentence. */
export function sentenceOfEvidence({ kind, terms, logOdds }: EventWhy['shared'][number]): string | undefined {
  const list = wordList(terms.map((term) => `“${term}”`))
  if (logOdds < -TOLD && terms.length === 0)
    return kind === 'time' ? 'They are some time apart, which speaks against it.' : `Their ${kind} differ.`
  if (kind === 'time') return logOdds > TOLD ? 'They were published close together.' : undefined
  if (terms.length === 0) return undefined
  switch (kind) {
    case 'words':
      return `Both use the words ${list}.`
    case 'names':
      return `Both name ${list}.`
    case 'numbers':
      return `Both have the numbers or dates ${list}.`
    case 'places':
      return `Both are about the countries ${list}.`
    default:
      return `Both are about ${list}.`
  }
}
