// The one maker of routers: a sub-router does not inherit its parent's hook, so every folder makes its router here.
import { OpenAPIHono } from '@hono/zod-openapi'
import { DomainError } from '../lib/errors.ts'
import type { AppEnv } from './context.ts'
import { problem } from './problem.ts'

/** A router whose failed validation answers `validation_failed` with the path of every wrong value. */
export function newRouter(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined
      const errors = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
      const named = errors[0] ? `${errors[0].path || 'The request'}: ${errors[0].message}` : 'The request is not valid.'
      return problem(c, new DomainError('validation_failed', named, { errors }))
    },
  })
}
