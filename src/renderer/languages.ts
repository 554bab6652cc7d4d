const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })

/** A language in the interface's language: "Russian" of "ru"; '' of ''. */
export function languageName(tag: string): string {
  if (tag === '') return ''
  try {
    return names.of(tag) ?? tag
  } catch {
    // Not a tag at all, as some feeds write.
    return tag
  }
}
