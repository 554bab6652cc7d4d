// Stands in until the real one lands, which replaces this file whole.
export interface QueryToken {
  start: number
  end: number
  kind: 'word' | 'phrase' | 'operator' | 'field' | 'value' | 'concept' | 'bracket' | 'error'
}
export function queryTokens(_t: string): QueryToken[] {
  return []
}
