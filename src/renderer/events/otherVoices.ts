import type { Event } from '../../api/contract/events.ts'

const SHOWN = 4

/**
 * The voices to hear beside a story: other sources with words of their own, the earliest of each bloc first, its own bloc's after
 * those of others; then in the order of time.
 */
export function otherVoices(
  event: Pick<Event, 'voices'>,
  story: { readonly source: { readonly id: number; readonly bloc: string } },
): Event['voices'] {
  const others = event.voices.filter(
    ({ source, stories, copies }) => source.id !== story.source.id && stories > copies,
  )
  const turns = new Map<string, number>()
  return others
    .map((voice) => {
      const { bloc } = voice.source
      // A bloc's first voice has its turn before anyone's second; the story has been the first of its own.
      const turn = turns.get(bloc) ?? (bloc === story.source.bloc ? 1 : 0)
      turns.set(bloc, turn + 1)
      return { voice, turn }
    })
    .sort((a, b) => a.turn - b.turn)
    .slice(0, SHOWN)
    .map(({ voice }) => voice)
    .sort((a, b) => a.published - b.published)
}
