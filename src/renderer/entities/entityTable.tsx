import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Entity } from '../../api/contract/entities.ts'
import { api } from '../api.ts'
import { classes } from '../components/classes.ts'
import { countedAs, NumberDoor } from '../components/numberDoor.tsx'
import { ErrorState, Skeleton } from '../components/states.tsx'
import { type CountUnit, useCountUnit } from '../countUnit.ts'
import { FilterButton } from '../dashboard/filterButton.tsx'
import { Spark } from '../dashboard/spark.tsx'
import { number } from '../format.ts'
import { t } from '../messages/index.ts'
import type { useFilterBy } from '../view.ts'

/** The persons, organisations and places that the stories of a query name: how often, since when, and with whom. */
export function EntityTable(props: {
  query: string
  limit: number
  /** Makes each name a filter of the dashboard. */
  filterBy?: ReturnType<typeof useFilterBy>
}): ReactNode {
  const words = t.entities
  const { query, limit } = props
  const unit = useCountUnit()
  const answer = useQuery(
    api.entities.list.queryOptions({ input: { query, limit, unit }, placeholderData: keepPreviousData }),
  )
  if (answer.data === undefined)
    return answer.isError ? (
      <ErrorState error={answer.error} retry={() => void answer.refetch()} />
    ) : (
      <Skeleton lines={limit} />
    )
  const { entities, examined, whole, waiting } = answer.data
  return (
    <div
      aria-busy={answer.isPlaceholderData}
      className={classes('transition-opacity', answer.isPlaceholderData && 'opacity-60')}
    >
      {answer.isError && <ErrorState error={answer.error} retry={() => void answer.refetch()} />}
      {entities.length === 0 ? (
        <p className="py-1.5 text-ink-2">{examined === 0 ? words.noStories : words.none}</p>
      ) : (
        <table className="figures">
          <thead>
            <tr>
              <th>{words.name}</th>
              <th className="number">{t.unit[unit]}</th>
              <th>{words.days}</th>
              <th>{words.company}</th>
            </tr>
          </thead>
          <tbody>
            {entities.map((entity) => (
              <Row key={entity.name} entity={entity} unit={unit} filterBy={props.filterBy} />
            ))}
          </tbody>
        </table>
      )}
      {waiting && <p className="mt-1.5 text-sm text-ink-3">{words.waiting}</p>}
      {!whole && <p className="mt-1.5 text-sm text-ink-3">{words.examined(number(examined))}</p>}
    </div>
  )
}

function Row(props: {
  entity: Entity
  unit: CountUnit
  filterBy: ReturnType<typeof useFilterBy> | undefined
}): ReactNode {
  const { entity, unit, filterBy } = props
  const { label, type, stories, trend } = entity
  return (
    <tr className="align-top hover:bg-hover">
      <th scope="row" className="w-[29%] !whitespace-normal">
        {filterBy === undefined ? (
          label
        ) : (
          <FilterButton field="entity" value={entity.name} filterBy={filterBy}>
            {label}
          </FilterButton>
        )}{' '}
        <span className="text-xs whitespace-nowrap text-ink-3">{t.stories.pane.types[type] ?? type}</span>
      </th>
      <td className="number">
        <NumberDoor door={stories} of={label} className="font-semibold" />
      </td>
      <td>
        <Spark
          counts={trend}
          colour={0}
          width={64}
          label={t.dashboard.themes.spark(trend.map(number).join(', '))}
        />
      </td>
      <td className="w-[43%] !whitespace-normal text-sm text-ink-2">
        {entity.with.map((other, index) => (
          <span key={other.name}>
            {index > 0 && <span className="text-ink-3"> · </span>}
            <NumberDoor
              door={other.stories}
              of={t.entities.together(label, other.label)}
              className="whitespace-nowrap"
            >
              {other.label} <span className="text-ink-3">{number(countedAs(unit, other.stories).count)}</span>
            </NumberDoor>
          </span>
        ))}
      </td>
    </tr>
  )
}
