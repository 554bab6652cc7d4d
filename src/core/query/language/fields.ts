import type { DateOp, State, TextField, ValueField } from './ast.ts'

/** What stands before a colon, with its aliases. */
export type Field =
  | { readonly kind: 'text'; readonly field: TextField }
  | { readonly kind: 'value'; readonly field: ValueField }
  | { readonly kind: 'date'; readonly op: DateOp }
  | { readonly kind: 'is' | 'has' }
  | { readonly kind: 'case' }

const text = (field: TextField): Field => ({ kind: 'text', field })
const value = (field: ValueField): Field => ({ kind: 'value', field })
const date = (op: DateOp): Field => ({ kind: 'date', op })

export const FIELDS: ReadonlyMap<string, Field> = new Map([
  ['title', text('title')],
  ['intitle', text('title')],
  ['summary', text('summary')],
  ['text', text('text')],
  ['body', text('text')],
  ['source', value('source')],
  ['author', value('author')],
  ['site', value('site')],
  ['lang', value('lang')],
  ['country', value('country')],
  ['bloc', value('bloc')],
  ['kind', value('kind')],
  ['theme', value('theme')],
  ['entity', value('entity')],
  ['alert', value('alert')],
  ['event', value('event')],
  ['after', date('after')],
  ['before', date('before')],
  ['on', date('on')],
  ['within', date('within')],
  ['fetched', date('fetched')],
  ['is', { kind: 'is' }],
  ['has', { kind: 'has' }],
  ['case', { kind: 'case' }],
  ['raw', { kind: 'case' }],
])

export const STATES: ReadonlyMap<string, State> = new Map([
  ['unread', 'unread'],
  ['read', 'read'],
  ['starred', 'starred'],
  ['copy', 'copy'],
])

/** What other products and feeds call our fields. */
export const FOREIGN_FIELDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    title: 'headline header head hd ti allintitle subject heading',
    summary: 'ingress lead abstract teaser description intro standfirst snippet',
    text: 'content contents article fulltext intext allintext bodytext maintext message tx',
    source:
      'publication pub outlet medium media publisher sourcename feed channel paper newspaper journal publicationname',
    author: 'by byline creator journalist writer from authorname au user username',
    site: 'url domain host link links inurl allinurl website web sitename hostname uri',
    lang: 'language languages langs la locale',
    country: 'location loc geo geographic place nation region countries sourcecountry nearby cc',
    kind: 'type mediatype sourcetype format doctype',
    bloc: 'block alliance side',
    theme: 'topic topics category categories tag tags label labels keyword keywords section',
    entity: 'person people company organization organisation org concept who name',
    on: 'date day published pubdate publicationdate publishdate published_at publish_date pub_date created_at dt pd',
    after: 'since from_date startdate start newer datefrom',
    before: 'until to to_date enddate end older dateto',
    within: 'last past when age newer_than',
    fetched: 'added crawled indexed retrieved seen',
    is: 'status state filter',
    alert: 'search monitor',
    event: 'cluster happening eventid clusterid',
    case: 'casesensitive exactcase exact',
  }).flatMap(([ours, theirs]) => theirs.split(' ').map((name) => [name, ours] as const)),
)

/** The codes of fields of Factiva and of library catalogues, which are no names anywhere else. */
export const FACTIVA: ReadonlyMap<string, string> = new Map(
  Object.entries({
    title: 'hd hl hlp hlead headline ti',
    summary: 'lp lead ingress ab',
    text: 'td tx body ts tm',
    author: 'by byline au',
    lang: 'la language',
    source: 'sn rst sc so pub publication',
    country: 're region',
    on: 'pd dt date dat py pdat',
    theme: 'ns in su',
    entity: 'co fds pe',
  }).flatMap(([ours, theirs]) => theirs.split(' ').map((name) => [name, ours] as const)),
)
