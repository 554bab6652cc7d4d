import type { PanelName } from '../../../api/contract/dashboard/index.ts'
import { abovePanel } from './above.ts'
import { blocsPanel } from './blocs.ts'
import { healthPanel } from './health.ts'
import { hitsPanel } from './hits.ts'
import { latestPanel } from './latest.ts'
import { leadPanel } from './lead.ts'
import { overviewPanel } from './overview.ts'
import type { Panel, PanelParts } from './panel.ts'
import { themesPanel } from './themes.ts'
import { topPanel } from './top.ts'
import { volumePanel } from './volume.ts'

export type Dashboard = { readonly [Name in PanelName]: Panel<Name> }

/** Every panel of the dashboard. */
export function dashboardNoun(parts: PanelParts): Dashboard {
  return {
    lead: leadPanel(parts),
    top: topPanel(parts),
    volume: volumePanel(parts),
    above: abovePanel(parts),
    themes: themesPanel(parts),
    blocs: blocsPanel(parts),
    latest: latestPanel(parts),
    hits: hitsPanel(parts),
    health: healthPanel(parts),
    overview: overviewPanel(parts),
  }
}
