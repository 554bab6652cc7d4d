import { z } from 'zod'
import { AlertSettings } from './alertSettings.ts'
import { ChannelContent, ChannelKind } from './channels.ts'
import { Id } from './common.ts'

const Name = z.string().trim().min(1).max(120)

/** Where it tells its notices, without an address: whoever imports it gives one. */
const ChannelFileEntry = z.strictObject({ kind: ChannelKind, content: ChannelContent })

/** An alert as it stands in a file: what a person wrote. Its hits, and the addresses of its channels, stay where they are. */
const AlertFileEntry = z.strictObject({
  name: Name,
  query: z.string().min(1),
  /** What is left out is as by default. */
  settings: AlertSettings.partial().optional(),
  folder: z.string().max(120).optional(),
  colour: z.int().min(0).nullable().optional(),
  note: z.string().max(10_000).optional(),
  /** Whether it tells on the desktop. */
  desktop: z.boolean().optional(),
  channels: z.array(ChannelFileEntry).max(50).optional(),
})

export const AlertFile = z.strictObject({
  wirewatch: z.literal('alerts'),
  version: z.literal(1),
  alerts: z.array(AlertFileEntry).max(100_000),
})
export type AlertFile = z.infer<typeof AlertFile>

/** An alert that came from a file, with how many channels that want an address. */
export const ImportedAlert = z.strictObject({ id: Id, name: z.string(), channels: z.int() })
export type ImportedAlert = z.infer<typeof ImportedAlert>

/** The copy of an alert. */
export const NewAlert = z.strictObject({ id: Id, name: z.string() })
export type NewAlert = z.infer<typeof NewAlert>
