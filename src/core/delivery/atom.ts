import { lstatSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { NoticeBody } from '../alerts/noticeBody.ts'
import { Problem } from '../problem.ts'
import { readNoLink, writeWhole } from './ownFile.ts'
import { plainLine } from './plainText.ts'
import type { Content } from './sending.ts'
import { moreOf, type Wording, wordingOf } from './wording.ts'

/** The Atom file of an alert. */
export interface AtomFile {
  readonly alert: { readonly id: number; readonly name: string }
  /** The random name of the archive: two archives may have their files in one folder. */
  readonly archive: string
  /** Newest first. */
  readonly entries: readonly AtomEntry[]
}

export interface AtomEntry {
  /** The notice's id: readers know an entry again by it. */
  readonly id: string
  /** Epoch ms. */
  readonly at: number
  readonly notice: NoticeBody
  readonly words: string
  readonly content: Content
  readonly isTest: boolean
}

/** So many notices stand in a file. */
export const ENTRIES_MOST = 50

/** @returns the name of an alert's file: by its id, so that a new name of the alert leaves the file where it is */
export const atomName = (alert: number): string => `wirewatch-alert-${alert}.atom`

/**
 * Reads the folder that a person chose.
 * @returns its path without links
 * @throws Problem where it is none
 */
export function readFolder(typed: string): string {
  try {
    const folder = realpathSync(typed)
    if (lstatSync(folder).isDirectory()) return folder
  } catch {
    // Said below.
  }
  throw new Problem(
    'INVALID',
    'There is no folder of this name. Make it first, and name it by its whole path.',
  )
}

/**
 * Writes the file of an alert into a folder, as a whole. A file of that name which this alert did not make is not touched, and no
 * link is followed.
 * @throws Error with a sentence
 */
export function writeAtom(folder: string, file: AtomFile): void {
  if (realOf(folder) !== folder) throw new Error(`The folder ${folder} is gone, or is a link now.`)
  const path = join(folder, atomName(file.alert.id))
  if (!isOurs(path, file))
    throw new Error(
      `There is a ${atomName(file.alert.id)} in ${folder} that this alert did not make. It is left as it is.`,
    )
  // As other programs may read it: no more rights than the folder gives.
  writeWhole(path, atomOf(file), 0o644)
}

/** The file's text: Atom (RFC 4287). */
export function atomOf({ alert, archive, entries }: AtomFile): string {
  const updated = new Date(Math.max(0, ...entries.map(({ at }) => at))).toISOString()
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<id>${feedId(archive, alert.id)}</id>`,
    `<title>${xml(plainLine(alert.name, 200) || 'An alert')}</title>`,
    `<updated>${updated}</updated>`,
    '<author><name>Wirewatch</name></author>',
    '<generator>Wirewatch</generator>',
    ...entries.slice(0, ENTRIES_MOST).flatMap((entry) => entryOf(archive, entry)),
    '</feed>',
    '',
  ].join('\n')
}

function entryOf(archive: string, { id, at, ...told }: AtomEntry): string[] {
  const wording = wordingOf(told)
  const [first] = wording.lines
  const link = wording.lines.find((line) => line.link !== '')?.link
  const moment = new Date(at).toISOString()
  return [
    '<entry>',
    `<id>urn:wirewatch:${archive}:${id}</id>`,
    `<title>${xml(told.isTest ? wording.heading : (first?.text ?? wording.heading))}</title>`,
    `<updated>${moment}</updated>`,
    `<published>${moment}</published>`,
    ...(link === undefined ? [] : [`<link rel="alternate" href="${xml(link)}"/>`]),
    `<content type="html">${xml(htmlOf(wording))}</content>`,
    '</entry>',
  ]
}

/** A reader shows the content as HTML: each text is escaped as HTML, and the whole again as XML. */
function htmlOf(wording: Wording): string {
  const items = wording.lines.map(({ text, link }) =>
    link === '' ? `<li>${xml(text)}</li>` : `<li><a href="${xml(link)}">${xml(text)}</a></li>`,
  )
  const more = moreOf(wording)
  return `<ul>${items.join('')}</ul>${more === '' ? '' : `<p>${xml(more)}</p>`}`
}

const feedId = (archive: string, alert: number): string => `urn:wirewatch:${archive}:alert-${alert}`

function isOurs(path: string, { archive, alert }: AtomFile): boolean {
  const there = lstatSync(path, { throwIfNoEntry: false })
  if (there === undefined) return true
  return there.isFile() && readNoLink(path)?.includes(`<id>${feedId(archive, alert.id)}</id>`) === true
}

function realOf(folder: string): string | undefined {
  try {
    return realpathSync(folder)
  } catch {
    return undefined
  }
}

/** Text as XML and HTML hold it, within an attribute also; what XML cannot hold at all is left out. */
function xml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
