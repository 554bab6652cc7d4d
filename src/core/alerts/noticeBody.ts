import type { EvidenceSpan } from '../../api/contract/common.ts'

/** What a notice tells a program: the `data` of a webhook's body. Moments are ISO 8601. */
export interface NoticeBody {
  /** The alert's name. */
  readonly alert: string
  /** Why it tells: `each`, `digest`, `threshold`, `spike`, `silence`. */
  readonly trigger: string
  /** 1, the least, to 5. */
  readonly priority: number
  /** What the stories are about, where they are about one event. */
  readonly event: NoticeEvent | null
  /** The newest first; not more than are read at once. */
  readonly hits: readonly NoticeHit[]
  /** How many stories there are beside these. */
  readonly more: number
}

/** An event as `wirewatch events --json` writes it. */
export interface NoticeEvent {
  readonly id: number
  readonly headline: string
  readonly first: string
  readonly last: string
  readonly stories: number
  readonly sources: number
  readonly blocs: readonly string[]
  readonly languages: readonly string[]
  readonly themes: readonly string[]
}

/** A story that the alert hit. */
export interface NoticeHit {
  readonly story: number
  readonly title: string
  /** '' where the story has none. */
  readonly link: string
  /** The source's title. */
  readonly source: string
  readonly published: string | null
  readonly evidence: readonly EvidenceSpan[]
}
