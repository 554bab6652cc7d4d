/** Concepts as they are written → as the engine matches them. Apart from packs: a thread that only matches reads no files. */
import { Problem } from '../problem.ts'
import { QueryError, type WordsTerm } from '../query/language/ast.ts'
import { parseTerm } from '../query/language/parse.ts'
import type { CompiledConcept, ConceptBook } from '../query/match/subject.ts'

/** What of a concept makes it match. */
interface Forms {
  readonly name: string
  readonly forms: readonly string[]
  readonly except: readonly string[]
}

/**
 * Concepts as the engine uses them: forms read into terms, `@name` replaced by the forms and exceptions of that concept.
 * @throws Problem (INVALID) that names the concept: a form that cannot be read, an unknown name, a circle
 */
export function conceptBook(concepts: readonly Forms[]): ConceptBook {
  const byName = new Map(concepts.map((concept) => [concept.name, concept]))
  const book = new Map<string, CompiledConcept>()
  const open = new Set<string>()
  const make = (name: string): CompiledConcept => {
    const made = book.get(name)
    if (made !== undefined) return made
    const concept = byName.get(name) as Forms
    if (open.has(name)) throw invalid(`The concept “${name}” includes itself, directly or through others.`)
    open.add(name)
    const forms = new Distinct()
    const except = new Distinct()
    for (const form of concept.forms) {
      if (!form.startsWith('@')) {
        forms.add(read(form, name))
        continue
      }
      const other = form.slice(1)
      if (!byName.has(other))
        throw invalid(`The concept “${name}” includes ${form}, which this pack does not have.`)
      const included = make(other)
      for (const term of included.forms) forms.add(term)
      for (const term of included.except) except.add(term)
    }
    for (const form of concept.except) except.add(read(form, name))
    open.delete(name)
    const compiled = { name, forms: forms.terms, except: except.terms }
    book.set(name, compiled)
    return compiled
  }
  for (const { name } of concepts) make(name)
  return book
}

/** Terms in order, each once. */
class Distinct {
  readonly terms: WordsTerm[] = []
  private readonly keys = new Set<string>()

  add(term: WordsTerm): void {
    let key = term.exact ? '=' : ''
    for (const { text, prefix } of term.words) key += prefix ? `${text}* ` : `${text} `
    if (this.keys.has(key)) return
    this.keys.add(key)
    this.terms.push(term)
  }
}

function read(form: string, concept: string): WordsTerm {
  try {
    return parseTerm(form)
  } catch (error) {
    throw readable(error, `The form ${form} of the concept “${concept}”`)
  }
}

/** What is wrong with a piece of a pack, told by the place in it. */
export function readable(error: unknown, what: string): unknown {
  if (!(error instanceof QueryError)) return error
  return invalid(`${what} cannot be read (character ${error.at.start + 1}): ${error.message}`)
}

/** Refuses a pack or a concept, with a sentence. */
export const invalid = (message: string): Problem => new Problem('INVALID', message.replace(/\.\.$/, '.'))
