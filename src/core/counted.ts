/** "1 source", "12 sources", "1,200 sources": a number with its noun, whose plural ends in s unless it is given. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`
}
