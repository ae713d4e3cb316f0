// The category tree: read by everybody, written by staff.
import { createRoute, z } from '@hono/zod-openapi'
import { needs } from '../http/auth.ts'
import { Id, IdOrSlug, json, jsonBody } from '../http/fields.ts'
import { errorAnswers } from '../http/problem.ts'
import { newRouter } from '../http/router.ts'
import { getAdminCategory, listAdminCategories } from './list-admin-categories.ts'
import { getCategory, listCategories } from './list-categories.ts'
import { AdminCategory, Category, CategoryInput, CategoryTree, CategoryUpdate, CategoryWithPath } from './schemas.ts'
import { createCategory, deleteCategory, updateCategory } from './write-category.ts'

export const categoryRoutes = newRouter()
const tags = ['Categories']
const writeErrors = errorAnswers(
  'validation_failed',
  'malformed_json',
  'unsupported_media_type',
  'payload_too_large',
  'unauthorized',
  'forbidden',
  'not_found',
  'slug_taken',
  'conflict',
  'version_conflict',
)

categoryRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/catalog/categories',
    operationId: 'listCategories',
    tags,
    summary: 'The whole tree',
    responses: { 200: json(CategoryTree, 'The roots with their children'), ...errorAnswers('too_many_requests') },
  }),
  async (c) => c.json({ items: await listCategories() }, 200),
)

categoryRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/catalog/categories/{slug}',
    operationId: 'getCategory',
    tags,
    summary: 'One category with its children and the way to it',
    description: 'A slug that the category had before answers too: compare `slug` with what you asked and redirect.',
    request: { params: z.object({ slug: IdOrSlug }) },
    responses: { 200: json(CategoryWithPath, 'The category'), ...errorAnswers('not_found', 'validation_failed') },
  }),
  async (c) => c.json(await getCategory(c.req.valid('param').slug), 200),
)

categoryRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/categories',
    operationId: 'listAdminCategories',
    tags,
    summary: 'All categories, flat, for staff',
    ...needs('catalog:read'),
    responses: {
      200: json(z.object({ items: z.array(AdminCategory) }), 'In their order within each parent'),
      ...errorAnswers('unauthorized', 'forbidden'),
    },
  }),
  async (c) => c.json({ items: await listAdminCategories() }, 200),
)

categoryRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/categories/{id}',
    operationId: 'getAdminCategory',
    tags,
    summary: 'One category for staff',
    ...needs('catalog:read'),
    request: { params: z.object({ id: Id }) },
    responses: {
      200: json(AdminCategory, 'The category'),
      ...errorAnswers('not_found', 'validation_failed', 'unauthorized', 'forbidden'),
    },
  }),
  async (c) => c.json(await getAdminCategory(c.req.valid('param').id), 200),
)

categoryRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/admin/categories',
    operationId: 'createCategory',
    tags,
    summary: 'Create a category',
    ...needs('catalog:write'),
    request: { body: jsonBody(CategoryInput) },
    responses: { 201: json(Category, 'Created'), ...writeErrors },
  }),
  async (c) => c.json(await createCategory(c.req.valid('json')), 201),
)

categoryRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/admin/categories/{id}',
    operationId: 'updateCategory',
    tags,
    summary: 'Change or move a category; moving takes everything below along',
    ...needs('catalog:write'),
    request: { params: z.object({ id: Id }), body: jsonBody(CategoryUpdate) },
    responses: { 200: json(Category, 'Changed'), ...writeErrors },
  }),
  async (c) => c.json(await updateCategory(c.req.valid('param').id, c.req.valid('json')), 200),
)

categoryRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/admin/categories/{id}',
    operationId: 'deleteCategory',
    tags,
    summary: 'Delete an empty category',
    ...needs('catalog:write'),
    request: { params: z.object({ id: Id }) },
    responses: {
      204: { description: 'Deleted' },
      ...errorAnswers('not_found', 'conflict', 'validation_failed', 'unauthorized', 'forbidden'),
    },
  }),
  async (c) => {
    await deleteCategory(c.req.valid('param').id)
    return c.body(null, 204)
  },
)
