// What every handler finds beside its request. Types only.
import type { Logger } from '../lib/log.ts'

/** What the app is told at start; handlers find it as `c.var.settings`. */
export type Settings = {
  /** Keys of service tokens: the first signs, all verify. */
  tokenKeys: string[]
  corsOrigins: string[]
  /** Absolute folder of the pictures. */
  mediaDir: string
  production: boolean
  /** Whether the process is about to end, so that its balancer must look elsewhere. */
  isDraining?: () => boolean
}

export type AppEnv = { Variables: { requestId: string; log: Logger; settings: Settings; caller?: string } }
