/** What the lists of feeds have in common, whatever their form. */
import { withoutFeedScheme } from './feedScheme.ts'

/** One feed of a list. */
export interface Outline {
  /** Plain text; '' where the list gives none. */
  title: string
  /** http(s). */
  url: string
  /** The site's page, or ''. */
  link: string
  /** Titles of the groups around it, outermost first. */
  groups: string[]
  language: string
  /** In lists that Wirewatch wrote; '' in others. */
  bloc: string
  country: string
  kind: string
  /** Where its entry begins, from 1. */
  line: number
}

/** An entry that could not be used, or a place where the file is broken. `message` is a plain sentence. */
export interface Refused {
  line: number
  title: string
  message: string
}

/** The address of a list's entry; '' where it is no web address. Some lists leave the scheme out. */
export function webAddress(written: string): string {
  const url = withoutFeedScheme(written, 'http').replace(/^\/\//, 'https://')
  const whole = /^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)+([:/?]|$)/u.test(url) ? `http://${url}` : url
  return URL.canParse(whole) && /^https?:$/.test(new URL(whole).protocol) ? whole : ''
}
