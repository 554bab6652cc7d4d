import type { InferContractRouterOutputs } from '@orpc/contract'
import { above } from './above.ts'
import { blocs } from './blocs.ts'
import { health } from './health.ts'
import { hits } from './hits.ts'
import { latest } from './latest.ts'
import { lead } from './lead.ts'
import { overview } from './overview.ts'
import { themes } from './themes.ts'
import { top } from './top.ts'
import { volume } from './volume.ts'

/** Every panel of the dashboard. Each is asked for, refreshed and fails by itself. */
export const dashboard = { lead, top, volume, above, themes, blocs, latest, hits, health, overview }

export type PanelName = keyof typeof dashboard
/** What each panel shows, by its name. */
export type PanelAnswers = InferContractRouterOutputs<typeof dashboard>
