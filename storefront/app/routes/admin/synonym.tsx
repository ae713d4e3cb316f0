// One synonym, or a new one (`/admin/finding/synonyms/new?typed=couch`): its form, what searches would find with it, and
// taking it away.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { actOutside } from '#app/domain/audit/audit.server.ts'
import {
  adminCreateSynonym,
  adminDeleteSynonym,
  adminGetSynonym,
  adminPreviewSynonym,
  adminUpdateSynonym,
  type Synonym,
  type SynonymPreview,
} from '#app/domain/catalog/staff/finding.server.ts'
import { synonymInput } from '#app/domain/catalog/staff/finding-input.ts'
import { can } from '#app/domain/identity/roles.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { type FormProblem, problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { Breadcrumb, PageTitle } from '#app/ui/parts.tsx'
import { SynonymFields, SynonymOutcome } from '#app/ui/synonym-form.tsx'

export async function loader(args: LoaderFunctionArgs) {
  const { role } = await requireStaff(args, 'products:read')
  const id = args.params.id ?? ''
  const mayWrite = can(role, 'products:write')
  const typed = new URL(args.request.url).searchParams.get('typed')?.slice(0, 60) ?? ''
  if (id === 'new') return { synonym: null, typed, mayWrite }
  return { synonym: await answerLoader(() => adminGetSynonym(id)), typed, mayWrite }
}

const versioned = z.object({
  version: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
})

const facts = ({ typed, means, twoWay }: Synonym) => ({ typed, means: means.join(', '), twoWay })

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'products:write')
  const id = args.params.id ?? ''
  const isNew = id === 'new'
  const act = { action: 'synonyms:write', subject: `synonym:${id}` }
  return answerPage(args, {
    preview: async ({ values }) => {
      const preview = await adminPreviewSynonym(parse(synonymInput, values), isNew ? null : id)
      const problem: FormProblem = { code: 'validation_failed', message: '', fields: {}, values, intent: 'save' }
      return { show: { preview, problem } }
    },
    save: async ({ values, visitor }) => {
      const input = parse(synonymInput, values)
      const by = byVisitor(visitor)
      const subjectOf = (saved: Synonym) => `synonym:${saved.id}`
      const saved = isNew
        ? await actOutside(by, { ...act, subjectOf, after: facts }, () => adminCreateSynonym(input))
        : await actOutside(by, { ...act, before: facts(await adminGetSynonym(id)), after: facts }, () =>
            adminUpdateSynonym(id, { ...input, ...parse(versioned, values) }),
          )
      return { to: paths.adminSynonyms(), flash: { kind: 'good', text: `“${saved.typed}” is saved.` } }
    },
    remove: async ({ visitor }) => {
      const before = facts(await adminGetSynonym(id))
      await actOutside(byVisitor(visitor), { ...act, before, after: { deleted: true } }, () => adminDeleteSynonym(id))
      return { to: paths.adminSynonyms(), flash: { kind: 'good', text: `“${before.typed}” is gone.` } }
    },
  })
}

export default function AdminSynonym() {
  const { synonym, typed, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData()
  const preview = (answer as { preview?: SynonymPreview } | undefined)?.preview
  const title = synonym ? `“${synonym.typed}”` : 'New synonym'
  return (
    <>
      <Breadcrumb
        items={[
          { name: 'Finding things', to: paths.adminFinding() },
          { name: 'Synonyms', to: paths.adminSynonyms() },
          { name: title },
        ]}
      />
      <PageTitle title={title} />
      <SynonymFields
        key={synonym?.version ?? 0}
        synonym={synonym}
        typed={typed}
        readOnly={!mayWrite}
        problem={problemOf(answer, 'save') ?? problemOf(answer, 'preview')}
      />
      {preview && <SynonymOutcome preview={preview} />}
      {synonym && mayWrite && (
        <section className="card mt-8 p-5">
          <h2 className="mb-3 text-lg">Take it away</h2>
          <PostForm problem={problemOf(answer, 'remove')}>
            <Button variant="danger" name="intent" value="remove">
              Remove {title}
            </Button>
          </PostForm>
        </section>
      )}
    </>
  )
}
