// The one maker of routers: a sub-router does not inherit its parent's hook, so every router is made here.
import { OpenAPIHono } from '@hono/zod-openapi'
import { ApiError, type AppEnv, problem } from './problem.ts'

/** A router whose failed validation answers `validation_failed` with the path of every wrong value. */
export const newRouter = (): OpenAPIHono<AppEnv> =>
  new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined
      const fields = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
      const first = fields[0]
      const detail = first ? `${first.path || 'The body'}: ${first.message}` : 'The request is not valid.'
      return problem(c, new ApiError('validation_failed', detail, fields))
    },
  })
