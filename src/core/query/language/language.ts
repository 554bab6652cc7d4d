/**
 * The query language as the page may use it: pure functions on query text, without the parser and the lexicon, which the
 * engine asks. This file is the only one of the core's that the page imports.
 */
export { dayAfter, localMoment } from '../../localTime.ts'
export { datesOf, selectedDays, setDates } from './dateFilters.ts'
export {
  addFilter,
  DATE_FIELDS,
  type Filter,
  hasValue,
  readFilters,
  removeFilter,
  setFilter,
  toggleValue,
  valuesOf,
  withoutFilters,
} from './filters.ts'
export { printFilter } from './print.ts'
export type { Use } from './use.ts'
