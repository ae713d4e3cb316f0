// One product for staff: its form, its stock by place, its pictures, and taking it out of the shop.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { actOutside } from '#app/domain/audit/audit.server.ts'
import { adminArchiveProduct, adminGetProduct, adminUpdateProduct } from '#app/domain/catalog/admin.server.ts'
import { listCategories } from '#app/domain/catalog/catalog.server.ts'
import { categoryChoices } from '#app/domain/catalog/category-choices.ts'
import { adjustStock, getProductStock } from '#app/domain/catalog/inventory.server.ts'
import { productFacts } from '#app/domain/catalog/product-facts.ts'
import { onProductForm, productInputOf } from '#app/domain/catalog/product-input.ts'
import { maxProductFields } from '#app/domain/catalog/product-limits.ts'
import { optionChoices } from '#app/domain/catalog/staff/picture-input.ts'
import { stockChange } from '#app/domain/catalog/stock-change.ts'
import { can } from '#app/domain/identity/roles.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { type Post, parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { newId } from '#app/lib/ids.ts'
import { shopCurrency } from '#app/lib/money.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { Price } from '#app/ui/money.tsx'
import { Breadcrumb, PageTitle, StatusBadge } from '#app/ui/parts.tsx'
import { PriceHistory } from '#app/ui/price-history.tsx'
import { moreRows, ProductForm, productStatusLabel, productStatusTone, rowsShown } from '#app/ui/product-form.tsx'
import { ProductPictures } from '#app/ui/product-pictures.tsx'
import { StockForm, StockTable } from '#app/ui/stock.tsx'
import { pictureAnswers } from './picture-answers.server.ts'

export async function loader(args: LoaderFunctionArgs) {
  const { role } = await requireStaff(args, 'products:read')
  const may = { write: can(role, 'products:write'), count: can(role, 'inventory:write') }
  return answerLoader(async () => {
    const id = args.params.id ?? ''
    const [product, categories, stock] = await Promise.all([adminGetProduct(id), listCategories(), getProductStock(id)])
    const stockRef = `stock:${newId()}`
    return { product, categories: categoryChoices(categories), stock, stockRef, currency: shopCurrency, may }
  })
}

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'products:read')
  const id = args.params.id ?? ''
  const here = paths.adminProduct(id)
  const wrote = { action: 'products:write', subject: `product:${id}` }
  const handlers = {
    ...pictureAnswers(args, id),
    rows: async ({ values }: Post) => {
      await requireStaff(args, 'products:write')
      return { show: moreRows(values) }
    },
    save: async ({ values, visitor }: Post) => {
      await requireStaff(args, 'products:write')
      const version = Number(values.version) || 0
      const input = { ...productInputOf(values, shopCurrency), version }
      const act = { ...wrote, before: productFacts(await adminGetProduct(id)), after: productFacts }
      const save = () => adminUpdateProduct(id, input)
      const product = await actOutside(byVisitor(visitor), act, save).catch((error) => {
        throw onProductForm(error)
      })
      return { to: here, flash: { kind: 'good' as const, text: `${product.title} is saved.` } }
    },
    archive: async ({ visitor }: Post) => {
      await requireStaff(args, 'products:write')
      const before = { status: (await adminGetProduct(id)).status }
      const act = { ...wrote, before, after: { status: 'archived' } }
      await actOutside(byVisitor(visitor), act, () => adminArchiveProduct(id))
      return {
        to: paths.adminProducts(),
        flash: { kind: 'good' as const, text: 'The product is archived. Its orders keep it.' },
      }
    },
    stock: async ({ values, visitor }: Post) => {
      await requireStaff(args, 'inventory:write')
      const change = parse(stockChange, values)
      const { sku, delta, kind, storeId, reason } = change
      const act = { action: 'inventory:write', subject: `sku:${sku}`, after: { delta, kind, storeId, reason } }
      const by = byVisitor(visitor)
      await actOutside(by, act, () => adjustStock({ ...change, actor: by.actor }))
      return {
        to: `${here}#stock`,
        flash: { kind: 'good' as const, text: `Stock of ${change.sku} changed by ${change.delta}.` },
      }
    },
  }
  return answerPage(args, handlers, { upload: true, fields: maxProductFields })
}

const pictureProblem = (answer: unknown) =>
  problemOf(answer, 'addPicture') ?? problemOf(answer, 'changePicture') ?? problemOf(answer, 'removePicture')

export default function AdminProduct() {
  const { product, categories, stock, stockRef, currency, may } = useLoaderData<typeof loader>()
  const skus = product.variants.map((variant) => variant.sku)
  const answer = useActionData()
  const formProblem = problemOf(answer, 'save') ?? problemOf(answer, 'rows')
  return (
    <>
      <Breadcrumb items={[{ name: 'Products', to: paths.adminProducts() }, { name: product.title }]} />
      <PageTitle title={product.title}>
        <span className="flex items-center gap-4">
          <StatusBadge tone={productStatusTone(product.status)}>{productStatusLabel(product.status)}</StatusBadge>
          {product.status === 'published' && (
            <Link to={paths.product(product.slug)} className="link">
              See it in the shop
            </Link>
          )}
        </span>
      </PageTitle>
      {may.write && (
        <ProductForm
          // A saved product comes with a new version: the form starts afresh.
          key={product.version}
          product={product}
          categories={categories}
          currency={currency}
          rows={rowsShown(product.variants.length + 2, formProblem)}
          problem={formProblem}
          submit="Save changes"
        />
      )}
      {!may.write && <Prices variants={product.variants} currency={currency} />}
      {may.write && (
        <ProductPictures
          // What was added or changed starts the forms afresh.
          key={product.images.map(({ id, position }) => `${id}${position}`).join()}
          images={product.images}
          choices={optionChoices(product.options)}
          problem={pictureProblem(answer)}
        />
      )}
      <PriceHistory changes={product.priceChanges} currency={currency} />
      <section id="stock" className="mt-12">
        <h2 className="mb-4 text-xl">Stock</h2>
        <StockTable stock={stock} skus={skus} />
        {may.count && (
          <StockForm key={stockRef} stock={stock} skus={skus} formRef={stockRef} problem={problemOf(answer, 'stock')} />
        )}
      </section>
      {may.write && product.status !== 'archived' && (
        <section className="card mt-12 p-5">
          <h2 className="text-xl">Take it out of the shop</h2>
          <p className="mt-1 mb-4 text-muted">
            Nobody can buy it any more; orders that have it keep it. You can publish it again.
          </p>
          <PostForm problem={problemOf(answer, 'archive')}>
            <Button variant="danger" name="intent" value="archive">
              Archive {product.title}
            </Button>
          </PostForm>
        </section>
      )}
    </>
  )
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** What whoever may not change the product sees of it. */
function Prices({ variants, currency }: { variants: Loaded['product']['variants']; currency: string }) {
  return (
    <ul className="card divide-y divide-line px-5">
      {variants.map(({ sku, title, priceMinor, compareAtMinor }) => (
        <li key={sku} className="flex flex-wrap gap-x-4 py-3">
          <span className="font-semibold">{sku}</span>
          <span className="mr-auto text-muted">{title}</span>
          <Price minor={priceMinor} compareAtMinor={compareAtMinor} currency={currency} />
        </li>
      ))}
    </ul>
  )
}
