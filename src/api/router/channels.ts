import type { Wirewatch } from '../../core/wirewatch.ts'
import { nothing, procedures } from './procedures.ts'

const on = procedures.channels

export const channelRoutes = (channels: Wirewatch['channels']) => ({
  list: on.list.handler(({ input }) => channels.list(input.alert)),
  add: on.add.handler(({ input }) => channels.add(input)),
  setAddress: on.setAddress.handler(({ input: { id, ...given } }) => channels.setAddress(id, given)),
  edit: on.edit.handler(({ input: { id, ...edit } }) => channels.edit(id, edit)),
  setDesktop: on.setDesktop.handler(({ input }) => nothing(channels.setDesktop(input.alert, input.on))),
  remove: on.remove.handler(({ input }) => nothing(channels.remove(input.id))),
  test: on.test.handler(({ input }) => channels.test(input.id)),
  deliveries: on.deliveries.handler(({ input }) => channels.deliveries(input)),
})
