import type { Plan } from './searchPlan.ts'

/** The SQL of a plan. All that it reads lies in its sets, below `to` where that is given. */
export interface Sql {
  readonly text: string
  readonly params: readonly (string | number | bigint)[]
}

/** The plan's stories that lie below `to`, newest first: `columns` of their rows in `story`. */
export function rowsSql(plan: Plan, columns: string, to: number, limit: number): Sql {
  const { text, params } = docidsSql(plan, to, limit)
  return {
    text: `SELECT ${columns} FROM (${text}) AS found CROSS JOIN story ON story.docid = found.docid ORDER BY found.docid DESC`,
    params,
  }
}

/** How many stories there are: `n`. */
export function countSql(plan: Plan): Sql {
  const { text, params } = docidsSql(plan, plan.to)
  return { text: `SELECT count(*) AS n FROM (${text})`, params }
}

/** How many of the newest `limit` stories below `to` there are, and the docid of the last of them: `n`, `last`. */
export function countSliceSql(plan: Plan, to: number, limit: number): Sql {
  const { text, params } = docidsSql(plan, to, limit)
  return { text: `SELECT count(*) AS n, min(docid) AS last FROM (${text})`, params }
}

/**
 * How many stories there are a day: `day`, `n`.
 * @param day the day of a docid as an SQL expression
 */
export function histogramSql(plan: Plan, day: (docid: string) => string): Sql {
  const { text, params } = docidsSql(plan, plan.to)
  return { text: `SELECT ${day('docid')} AS day, count(*) AS n FROM (${text}) GROUP BY 1`, params }
}

/** The newest `limit` docids below `to`, in falling order, with their events: null for a story that waits for its own. */
export function eventsSql(plan: Plan, to: number, limit: number): Sql {
  const { text, params } = docidsSql(plan, to, limit)
  return {
    text: `SELECT found.docid, event FROM (${text}) AS found
      LEFT JOIN story_event ON story_event.docid = found.docid ORDER BY found.docid DESC`,
    params,
  }
}

/** The docids below `to`; with a limit the highest of them, in falling order. */
export function docidsSql(plan: Plan, to: number, limit?: number): Sql {
  const conditions = plan.where.map(({ text }) => ` AND ${text}`).join('')
  const needsStory = conditions.includes('story.')
  const selects = plan.sets.map(({ column, from, story, where }) => {
    const join =
      needsStory && !story ? ` CROSS JOIN story INDEXED BY story_facts ON story.docid = ${column}` : ''
    const inRange = `${column} >= ? AND ${column} < ?`
    // The plus keeps SQLite from looking up the parts of an OR by rowid, which excludes full text.
    const docid = column === 'story_words.rowid' ? `+${column}` : column
    return `SELECT ${column} AS docid FROM ${from}${join} WHERE ${where.text} AND ${inRange}${conditions.replaceAll('$docid', docid)}`
  })
  const params = plan.sets.flatMap(({ where }) => [
    ...where.params,
    // FTS5 takes a range of rowids only as 64-bit integers.
    BigInt(plan.from),
    BigInt(to),
    ...plan.where.flatMap((condition) => condition.params),
  ])
  // UNION merges its parts in this order, without collecting them first.
  const order = limit === undefined ? '' : ` ORDER BY docid DESC LIMIT ${limit}`
  return { text: selects.join(' UNION ') + order, params }
}
