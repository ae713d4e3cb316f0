// A new product: the form, and where it leads.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { actOutside } from '#app/domain/audit/audit.server.ts'
import { type AdminProduct, adminCreateProduct } from '#app/domain/catalog/admin.server.ts'
import { listCategories } from '#app/domain/catalog/catalog.server.ts'
import { categoryChoices } from '#app/domain/catalog/category-choices.ts'
import { productFacts } from '#app/domain/catalog/product-facts.ts'
import { onProductForm, productInputOf } from '#app/domain/catalog/product-input.ts'
import { maxProductFields } from '#app/domain/catalog/product-limits.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { shopCurrency } from '#app/lib/money.ts'
import { paths } from '#app/paths.ts'
import { Breadcrumb, PageTitle } from '#app/ui/parts.tsx'
import { moreRows, ProductForm, rowsShown } from '#app/ui/product-form.tsx'

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'products:write')
  return { categories: categoryChoices(await answerLoader(listCategories)), currency: shopCurrency }
}

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'products:write')
  return answerPage(
    args,
    {
      rows: async ({ values }) => ({ show: moreRows(values) }),
      save: async ({ values, visitor }) => {
        const input = productInputOf(values, shopCurrency)
        const act = { action: 'products:write', subject: 'product:new', subjectOf, after: productFacts }
        const product = await actOutside(byVisitor(visitor), act, () => adminCreateProduct(input)).catch((error) => {
          throw onProductForm(error)
        })
        return {
          to: paths.adminProduct(product.id),
          flash: { kind: 'good', text: `${product.title} is saved. Now give it stock and a picture.` },
        }
      },
    },
    { fields: maxProductFields },
  )
}

const subjectOf = ({ id }: AdminProduct) => `product:${id}`

export default function NewProduct() {
  const { categories, currency } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData())
  return (
    <>
      <Breadcrumb items={[{ name: 'Products', to: paths.adminProducts() }, { name: 'New product' }]} />
      <PageTitle title="New product" />
      <ProductForm
        categories={categories}
        currency={currency}
        rows={rowsShown(3, problem)}
        problem={problem}
        submit="Save product"
      />
    </>
  )
}
