/** Concepts as they are written, compiled to what the engine matches. Apart from packs, because the reading thread has no use for files. */
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
 * Each is compiled when it is first asked for: a pack can have ten thousand forms.
 * @throws Problem (INVALID) that names the concept: at once for an unknown name and a circle; for a form that cannot be
 *   read when its concept is asked for
 */
export function conceptBook(concepts: readonly Forms[]): ConceptBook {
  const byName = new Map(concepts.map((concept) => [concept.name, concept]))
  checkInclusions(byName)
  const compiled = new Map<string, CompiledConcept>()

  function compile({ name, ...concept }: Forms): CompiledConcept {
    const done = compiled.get(name)
    if (done !== undefined) return done
    const forms = new Distinct()
    const except = new Distinct()
    for (const form of concept.forms) {
      if (!form.startsWith('@')) {
        forms.add(read(form, name))
        continue
      }
      const included = compile(byName.get(form.slice(1)) as Forms)
      for (const term of included.forms) forms.add(term)
      for (const term of included.except) except.add(term)
    }
    for (const form of concept.except) except.add(read(form, name))
    const made = { name, forms: forms.terms, except: except.terms }
    compiled.set(name, made)
    return made
  }

  return {
    get(name) {
      const concept = byName.get(name)
      return concept === undefined ? undefined : compile(concept)
    },
    has: (name) => byName.has(name),
    keys: () => byName.keys(),
  }
}

function checkInclusions(byName: ReadonlyMap<string, Forms>): void {
  const well = new Set<string>()
  const open = new Set<string>()
  const check = ({ name, forms }: Forms): void => {
    if (well.has(name)) return
    if (open.has(name)) throw invalid(`The concept “${name}” includes itself, directly or through others.`)
    open.add(name)
    for (const form of forms) {
      if (!form.startsWith('@')) continue
      const included = byName.get(form.slice(1))
      if (included === undefined)
        throw invalid(`The concept “${name}” includes ${form}, which this pack does not have.`)
      check(included)
    }
    open.delete(name)
    well.add(name)
  }
  for (const concept of byName.values()) check(concept)
}

/** Compiles all concepts. @throws Problem (INVALID) that names the first that cannot be compiled */
export function checkConcepts(concepts: readonly Forms[]): void {
  const book = conceptBook(concepts)
  for (const { name } of concepts) book.get(name)
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

/** An error in a part of a pack, with its place in that part. */
export function readable(error: unknown, what: string): unknown {
  if (!(error instanceof QueryError)) return error
  return invalid(`${what} cannot be read (character ${error.at.start + 1}): ${error.message}`)
}

/** Refuses a pack or a concept, with a sentence. */
export const invalid = (message: string): Problem => new Problem('INVALID', message.replace(/\.\.$/, '.'))
