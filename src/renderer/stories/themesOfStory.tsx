import { useQuery } from '@tanstack/react-query'
import { Popover } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import type { Story, ThemeTag } from '../../api/contract/stories.ts'
import type { Theme } from '../../api/contract/themes.ts'
import { api, client, queryClient, sentence } from '../api.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { Skeleton } from '../components/states.tsx'
import { ThemeChip, ThemeSign } from '../components/theme.tsx'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'
import { ownWords } from './ownWords.ts'
import { useThemeNames } from './useThemeNames.ts'

/** A story's themes as chips; the shown one says why it holds. What the person knows better is one click. */
export function ThemesOfStory(props: {
  story: Story
  shown: ThemeTag | undefined
  onShow: (theme: string) => void
}): ReactNode {
  const { story, shown } = props
  const { pane } = t.stories
  return (
    <>
      <fieldset className="mt-3 flex min-w-0 flex-wrap items-center gap-1.5" aria-label={pane.themes}>
        {story.tags.map((tag) => (
          <button
            key={tag.theme}
            type="button"
            aria-pressed={tag === shown}
            title={strength(tag)}
            onClick={() => props.onShow(tag.theme)}
            onMouseEnter={() => props.onShow(tag.theme)}
            onFocus={() => props.onShow(tag.theme)}
            className={classes(
              'inline-flex h-6 items-center gap-1.5 rounded-sm border px-1.5 text-sm',
              tag === shown ? 'border-edge bg-selected' : 'border-line bg-panel hover:bg-hover',
            )}
          >
            <ThemeSign colour={tag.colour} />
            {tag.name}{' '}
            <span className="text-xs text-ink-3">{tag.by === 'person' ? '✓' : tag.score.toFixed(2)}</span>
          </button>
        ))}
        {story.rejected.map((id) => (
          <Rejected key={id} story={story} id={id} />
        ))}
        <AddTheme story={story} />
      </fieldset>
      {shown !== undefined && <Why story={story} tag={shown} />}
      {story.queryEvidence.length > 0 && <p className="mt-2 text-sm text-ink-3">{pane.queryMarks}</p>}
    </>
  )
}

function strength(tag: ThemeTag): string {
  return tag.by === 'person'
    ? t.stories.pane.byPerson(tag.name)
    : t.stories.pane.strength(tag.name, tag.score.toFixed(2))
}

function Why({ story, tag }: { story: Story; tag: ThemeTag }): ReactNode {
  const { pane } = t.stories
  const forms = tag.evidence.map(({ field, start, end }) => story[field].slice(start, end))
  const named = tag.why.startsWith(`${tag.name}: `)
  return (
    <div className="mt-3 max-w-[640px] rounded-lg border border-line bg-panel px-3.5 py-2.5 text-ink-2">
      <p>
        <strong className="font-semibold text-ink">{named ? `${tag.name}:` : strength(tag)}</strong>{' '}
        {marked(named ? tag.why.slice(tag.name.length + 2) : tag.why, forms)}
      </p>
      <div className="mt-1.5 flex flex-wrap items-center gap-x-3 text-sm">
        {tag.by === 'person' ? (
          <Quiet onClick={() => void correct(story.id, tag, 0, 1)}>{pane.takeBack}</Quiet>
        ) : (
          <Quiet onClick={() => void correct(story.id, tag, -1, 0)}>{pane.notThis}</Quiet>
        )}
        <Link
          href={`/themes?edit=${encodeURIComponent(tag.theme)}`}
          className="text-ink-3 hover:text-accent hover:underline"
        >
          {pane.openTheme}
        </Link>
      </div>
    </div>
  )
}

function Quiet(props: { onClick: () => void; children: ReactNode }): ReactNode {
  return (
    <button type="button" onClick={props.onClick} className="text-accent hover:underline">
      {props.children}
    </button>
  )
}

/** An explanation with the story's own words marked. */
function marked(text: string, forms: readonly string[]): ReactNode {
  let at = 0
  return ownWords(text, forms).map(({ text: piece, kinds }) => {
    const key = at
    at += piece.length
    return kinds.length > 0 ? <mark key={key}>{piece}</mark> : piece
  })
}

/** A theme of which the person said that it is not this story's, and the way back. */
function Rejected({ story, id }: { story: Story; id: string }): ReactNode {
  const { pane } = t.stories
  const theme = useThemeNames().get(id)
  if (theme === undefined) return null
  return (
    <ThemeChip name={pane.rejected(theme.name)} colour={theme.colour} dashed>
      <Quiet onClick={() => void correct(story.id, { theme: id, name: theme.name }, 0, -1)}>
        {pane.takeBack}
      </Quiet>
    </ThemeChip>
  )
}

type Verdict = -1 | 0 | 1

/**
 * Says "not this theme" (-1), "this one too" (1) or takes a correction back (0). Undone, what was said `before` holds
 * again.
 */
async function correct(
  id: number,
  { theme, name }: { theme: string; name: string },
  verdict: Verdict,
  before: Verdict,
): Promise<void> {
  const { pane } = t.stories
  const apply = async (next: Verdict): Promise<void> => {
    await client.stories.correct({ id, theme, verdict: next })
    await queryClient.invalidateQueries({ queryKey: api.stories.get.key() })
  }
  try {
    await apply(verdict)
    toast({ [-1]: pane.notThisDone(name), 0: pane.tookBack(name), 1: pane.alsoDone(name) }[verdict], {
      action: {
        text: t.actions.undo,
        run: () => {
          apply(before).catch((error: unknown) => toast(sentence(error), { bad: true }))
        },
      },
    })
  } catch (error) {
    toast(sentence(error), { bad: true })
  }
}

/** The themes that are not set: why each is not, and setting it all the same. */
function AddTheme({ story }: { story: Story }): ReactNode {
  const { pane } = t.stories
  const [open, setOpen] = useState(false)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        title={pane.addThemeTitle}
        className="inline-flex h-6 items-center rounded-sm border border-dashed border-edge px-1.5 text-sm text-ink-3 hover:bg-hover hover:text-ink"
      >
        {pane.addTheme}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={12}
          aria-label={pane.addThemeTitle}
          className="arrive z-30 flex max-h-[min(460px,var(--radix-popover-content-available-height))] w-[380px] max-w-[calc(100vw-24px)] flex-col overflow-hidden rounded-lg border border-edge bg-raised shadow-float"
        >
          <OtherThemes story={story} onDone={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function OtherThemes({ story, onDone }: { story: Story; onDone: () => void }): ReactNode {
  const { pane } = t.stories
  const themes = useThemeNames()
  const [find, setFind] = useState('')
  const [asked, setAsked] = useState<string | null>(null)
  const set = new Set(story.tags.map((tag) => tag.theme))
  const others = [...themes.values()].filter(
    (theme) => !set.has(theme.id) && theme.name.toLowerCase().includes(find.trim().toLowerCase()),
  )
  return (
    <>
      <div className="border-b border-line p-2">
        <input
          className="field"
          aria-label={pane.pickTheme}
          placeholder={pane.pickTheme}
          value={find}
          onChange={(event) => setFind(event.target.value)}
        />
      </div>
      <ul className="min-h-0 overflow-y-auto p-1">
        {others.map((theme) => (
          <li key={theme.id}>
            <button
              type="button"
              aria-expanded={asked === theme.id}
              onClick={() => setAsked(asked === theme.id ? null : theme.id)}
              className={classes(
                'flex w-full items-center gap-2 rounded-md px-2 py-1 text-left hover:bg-hover',
                asked === theme.id && 'font-semibold',
              )}
            >
              <ThemeSign colour={theme.colour} />
              {theme.name}
            </button>
            {asked === theme.id && <WhyNot story={story} theme={theme} onDone={onDone} />}
          </li>
        ))}
        {others.length === 0 && <li className="px-2 py-1 text-ink-3">{t.filters.none}</li>}
      </ul>
    </>
  )
}

function WhyNot({ story, theme, onDone }: { story: Story; theme: Theme; onDone: () => void }): ReactNode {
  const { pane } = t.stories
  const { data, error } = useQuery(
    api.stories.whyNot.queryOptions({ input: { id: story.id, theme: theme.id }, staleTime: 0 }),
  )
  return (
    <div className="px-2 pt-1 pb-2 pl-6 text-ink-2">
      {error !== null ? (
        <p className="text-bad">{sentence(error)}</p>
      ) : data === undefined ? (
        <Skeleton lines={2} />
      ) : (
        <p>{data.why}</p>
      )}
      <Button
        small
        className="mt-2"
        onClick={() => {
          onDone()
          void correct(
            story.id,
            { theme: theme.id, name: theme.name },
            1,
            story.rejected.includes(theme.id) ? -1 : 0,
          )
        }}
      >
        {pane.alsoThis}
      </Button>
    </div>
  )
}
