import type { Service } from '../sending.ts'
import { discord } from './discord.ts'
import { mattermost } from './mattermost.ts'
import { ntfy } from './ntfy.ts'
import { slack } from './slack.ts'
import { teams } from './teams.ts'
import { telegram } from './telegram.ts'
import { webhook } from './webhook.ts'

/** What can be told over the network, by kind. To add one: a file here and its line. */
export const services = { webhook, ntfy, slack, teams, discord, telegram, mattermost } satisfies Record<
  string,
  Service
>

export type ServiceKind = keyof typeof services
