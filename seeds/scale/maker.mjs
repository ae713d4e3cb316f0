// Begins the thread of make-rows.ts: a thread does not inherit the reader of TypeScript in every Node 20.
import { register } from 'tsx/esm/api'

register()
await import('./make-rows.ts')
