// The one maker of routers: a sub-router does not inherit its parent's hook, so every subject makes its router here.
import { OpenAPIHono } from '@hono/zod-openapi'
import { DomainError } from '#app/lib/errors.ts'
import type { ApiEnv } from './context.ts'
import { problem } from './problem.ts'

/** A router whose failed validation answers `validation_failed` with the path of every wrong value. */
export function newRouter(): OpenAPIHono<ApiEnv> {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined
      const fields: Record<string, string[]> = {}
      for (const { path, message } of result.error.issues) {
        const name = path.join('.') || 'body'
        fields[name] = [...(fields[name] ?? []), message]
      }
      return problem(c, new DomainError('validation_failed', 'Please check the values named in errors.', { fields }))
    },
  })
}
