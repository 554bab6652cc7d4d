/** How the operators are written. Each is a run of query text of its own, in capitals. */

/** `NEAR/5`, `ONEAR/5`, `NEAR/5f`, or without a number, which is then 4; null for anything else. */
export function nearOperator(run: string): { distance: number; ordered: boolean } | null {
  const m = /^(O?NEAR)(?:\/(\d{1,6})(f?))?$/.exec(run)
  return m === null ? null : { distance: Number(m[2] ?? 4), ordered: m[1] === 'ONEAR' || m[3] === 'f' }
}

/** A NEAR or ONEAR, also one with something else than a number behind its slash. */
export const isNear = (run: string): boolean => /^O?NEAR(?:\/|$)/.test(run)

/** The 2 of `ANY/2`; null for anything else. */
export function anyOperator(run: string): number | null {
  const m = /^ANY\/(\d{1,6})$/.exec(run)
  return m === null ? null : Number(m[1])
}

/** Whether a run is an operator; AROUND is one with the brackets and the number behind it. */
export const isOperator = (run: string): boolean =>
  /^(?:AND|OR|NOT|AROUND)$/.test(run) || nearOperator(run) !== null || anyOperator(run) !== null
