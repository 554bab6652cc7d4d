import { memo, type ReactNode } from 'react'
import type { Source } from '../../api/contract/sources.ts'
import { BlocTag } from '../components/blocTag.tsx'
import { Button } from '../components/button.tsx'
import { Checkbox } from '../components/checkbox.tsx'
import { classes } from '../components/classes.ts'
import { Menu } from '../components/menu.tsx'
import { NumberDoor } from '../components/numberDoor.tsx'
import { Tooltip } from '../components/tooltip.tsx'
import { languageName } from '../format.ts'
import { t } from '../messages/index.ts'
import { type Format, useFormat } from '../useFormat.ts'
import { refreshSource, setPaused } from './sourceActions.ts'
import { nameOfSource, queryOfSource } from './sourceName.ts'
import { StateMark } from './sourceState.tsx'

interface Handlers {
  onOpen: (source: Source) => void
  onEdit: (source: Source) => void
  onRemove: (source: Source) => void
  onSelect: (id: number, on: boolean) => void
}

/** The sources with state, last error, next poll and its reason, stories. */
export function SourceTable(
  props: Handlers & {
    sources: readonly Source[]
    chosen: ReadonlySet<number>
    onSelectAll: (on: boolean) => void
  },
): ReactNode {
  const { sources, chosen, onSelectAll, ...handlers } = props
  const words = t.sources.columns
  const format = useFormat()
  const on = sources.filter(({ id }) => chosen.has(id)).length
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-panel px-4 py-1">
      <table className="figures">
        <thead>
          <tr>
            <th className="w-6">
              <Checkbox
                aria-label={t.sources.selectAll}
                checked={on > 0 && on === sources.length}
                mixed={on > 0 && on < sources.length}
                onChange={(event) => onSelectAll(event.target.checked)}
              />
            </th>
            <th>{words.source}</th>
            <th>{words.state}</th>
            <th className="hidden md:table-cell">{words.bloc}</th>
            <th className="hidden wide:table-cell">{words.kind}</th>
            <th className="hidden wide:table-cell">{words.language}</th>
            <th className="number">{words.stories}</th>
            <th className="hidden sm:table-cell">{words.lastStory}</th>
            <th className="hidden wide:table-cell">{words.lastFetch}</th>
            <th className="hidden sm:table-cell">{words.nextPoll}</th>
            <th>
              <span className="sr-only">{words.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <Row
              key={source.id}
              source={source}
              chosen={chosen.has(source.id)}
              format={format}
              {...handlers}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Row = memo(function Row(
  props: Handlers & { source: Source; chosen: boolean; format: Format },
): ReactNode {
  const { source, format } = props
  const words = t.sources
  const name = nameOfSource(source)
  const paused = source.state === 'paused'
  const trouble = source.error?.message ?? (source.state === 'silent' ? source.silence : '')
  return (
    <tr className={classes('align-top', props.chosen ? 'bg-selected' : 'hover:bg-hover')}>
      <td>
        <Checkbox
          aria-label={words.select(name)}
          checked={props.chosen}
          onChange={(event) => props.onSelect(source.id, event.target.checked)}
        />
      </td>
      <th scope="row" className="w-[30%] max-w-0">
        <button
          type="button"
          data-source={source.id}
          onClick={() => props.onOpen(source)}
          className="block max-w-full truncate font-semibold hover:text-accent hover:underline"
        >
          {name}
        </button>
        <div className="truncate text-sm text-ink-3" title={source.url}>
          {shortAddress(source.url)}
        </div>
      </th>
      <td className="w-[26%] max-w-0 !whitespace-normal">
        <StateMark state={source.state} />
        {source.failures > 1 && (
          <span className="text-sm text-ink-3"> · {words.failures(source.failures)}</span>
        )}
        {trouble !== '' && (
          <div className="line-clamp-2 text-sm text-ink-2" title={trouble}>
            {trouble}
          </div>
        )}
      </td>
      <td className="hidden md:table-cell">{source.bloc !== '' && <BlocTag bloc={source.bloc} />}</td>
      <td className="hidden text-ink-2 wide:table-cell">
        {source.kind === 'unknown' ? '–' : t.kinds[source.kind]}
      </td>
      <td className="hidden text-ink-2 wide:table-cell" title={source.country}>
        {source.language === '' ? '–' : languageName(source.language)}
      </td>
      <td className="number">
        <NumberDoor door={{ stories: source.stories, query: queryOfSource(source) }} of={name} />
      </td>
      <td className="hidden text-ink-2 sm:table-cell">
        <Time at={source.lastStory} format={format} none="–" />
      </td>
      <td className="hidden text-ink-2 wide:table-cell">
        <Time at={source.lastFetch} format={format} none={words.never} />
      </td>
      <td className="hidden text-ink-2 sm:table-cell">
        <Tooltip text={source.nextPollWhy || '–'}>
          <button type="button" className="cursor-help">
            {source.nextPoll === null
              ? '–'
              : source.nextPoll <= format.now
                ? words.due
                : format.time(source.nextPoll)}
          </button>
        </Tooltip>
      </td>
      <td>
        <span className="flex justify-end gap-0.5">
          <Button
            look="quiet"
            small
            icon="refresh"
            aria-label={words.refresh(name)}
            title={words.refresh(name)}
            disabled={source.state === 'fetching'}
            onClick={() => refreshSource(source)}
          />
          <Menu
            items={[
              { text: words.open, icon: 'list', onSelect: () => props.onOpen(source) },
              { text: words.edit, icon: 'edit', onSelect: () => props.onEdit(source) },
              paused
                ? { text: words.resume, icon: 'play', onSelect: () => setPaused([source], false) }
                : { text: words.pause, icon: 'pause', onSelect: () => setPaused([source], true) },
              { text: words.remove, icon: 'trash', danger: true, onSelect: () => props.onRemove(source) },
            ]}
          >
            <Button look="quiet" small icon="more" aria-label={words.menu(name)} />
          </Menu>
        </span>
      </td>
    </tr>
  )
})

function Time(props: { at: number | null; format: Format; none: string }): ReactNode {
  if (props.at === null) return <span className="text-ink-3">{props.none}</span>
  return (
    <time dateTime={new Date(props.at).toISOString()} title={props.format.dateTime(props.at)}>
      {props.format.time(props.at)}
    </time>
  )
}

/** The address without what all have in common. */
const shortAddress = (url: string): string => url.replace(/^https?:\/\/(www\.)?/, '')
