// A rule's refusal or a database that is away becomes its own answer (404, 503 …) in every loader, also where a page did not
// think of it. Faults stay faults.
import type { ServerBuild } from '@remix-run/node'
import { answerLoader } from '#app/http/answer.server.ts'

type Face = ((args: never) => unknown) | undefined

const answered = (face: Face): Face => face && ((args) => answerLoader(async () => face(args)))

/** The same pages, each loader through `answerLoader`. */
export function withAnswers(build: ServerBuild): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => {
    if (!route) return [id, route]
    const { loader, action } = route.module
    return [id, { ...route, module: { ...route.module, ...face('loader', loader), ...face('action', action) } }]
  })
  return { ...build, routes: Object.fromEntries(routes) }
}

/** Pages without a loader must stay without one: Remix asks whether it is there. */
const face = (name: 'loader' | 'action', given: Face) => given && { [name]: answered(given) }
