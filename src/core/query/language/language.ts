/**
 * The query language as the page may use it: pure functions on query text, without the parser and the lexicon, which the
 * engine asks. It is the page's door to the language.
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
