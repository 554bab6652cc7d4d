import type { Wirewatch } from '../../core/wirewatch.ts'
import { nothing, procedures } from './procedures.ts'

const on = procedures.themes

export const themeRoutes = (themes: Wirewatch['themes']) => ({
  list: on.list.handler(() => themes.list()),
  concepts: on.concepts.handler(() => themes.concepts()),
  conceptUse: on.conceptUse.handler(({ input }) => themes.conceptUse(input.name)),
  saveConcept: on.saveConcept.handler(({ input }) => themes.saveConcept(input)),
  removeConcept: on.removeConcept.handler(({ input }) => nothing(themes.removeConcept(input.name))),
  preview: on.preview.handler(({ input, signal }) => themes.preview(input, { signal })),
  previewWhole: on.previewWhole.handler(({ input, signal }) =>
    themes.preview(input, { thorough: true, signal }),
  ),
  save: on.save.handler(({ input }) => themes.save(input)),
  remove: on.remove.handler(({ input }) => nothing(themes.remove(input.id))),
  restore: on.restore.handler(({ input }) => themes.restore(input.id)),
  reorder: on.reorder.handler(({ input }) => nothing(themes.reorder(input.ids))),
  exportPack: on.exportPack.handler(() => themes.exportPack()),
  importPack: on.importPack.handler(({ input }) => themes.importPack(input.json)),
})
