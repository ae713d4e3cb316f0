// The OpenAPI document's head: what this API is, how to call it, what its tags mean; and the webhook, whose face takes raw
// bytes and so is described here.
import { z } from '@hono/zod-openapi'
import { json } from './frame/fields.ts'
import { errorAnswers } from './frame/problem.ts'
import type { newRouter } from './frame/router.ts'

const description = `Accounts, addresses, cart, checkout, orders and reviews of Highstreet: the same rules as its pages. Products, search
and stores are catalog-api's (its own document).

**Log in** with \`POST /auth/login\` and send the token as \`Authorization: Bearer …\`. It is a JWT (HS256) with an end; when it is
refused (401), log in again. No cookie is read here.

**Errors** are \`application/problem+json\` (RFC 9457) with a \`code\` for programs, a \`requestId\`, and \`errors\` naming wrong values.

**Money** is an integer in the currency's minor unit (cents). Names that are not known are refused.

**Idempotency-Key**: send one with every POST that makes something. The same request with the same key within 24 hours gets the
first answer (header \`Idempotency-Replayed: true\`) and does nothing; another body is 422; while the first is at work, 409.

**From sign-up to a paid order**, with \`curl\` (and \`node\` to read the answers), on a shop started with \`npm start\`. The
stand-in's cards: \`pm_card_visa\` pays, \`pm_card_chargeDeclined\` is declined, \`pm_card_authenticationRequired\` asks for 3-D Secure.

\`\`\`sh
TOKEN=none SHOP=\${SHOP:-http://localhost:5173/api} CATALOG=\${CATALOG:-http://localhost:8002} EMAIL=\${EMAIL:-carla@example.com}
pick() { node -pe "JSON.parse(require('fs').readFileSync(0, 'utf8')).$1"; }
send() { curl -sS -H 'Content-Type: application/json' -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: $(uuidgen 2>/dev/null || node -pe 'crypto.randomUUID()')" "$@"; }
PERSON="\\"email\\":\\"$EMAIL\\",\\"password\\":\\"a quiet harbour at dawn\\""
send $SHOP/auth/signup -d "{\\"name\\":\\"Carla Berg\\",$PERSON}"
TOKEN=$(send $SHOP/auth/login -d "{$PERSON}" | pick token)
ADDRESS=$(send $SHOP/addresses -d '{"fullName":"Carla Berg","line1":"1 Quay Street","city":"Dublin","postcode":"D02 X285","country":"IE"}' | pick id)
SKU=$(curl -sS "$CATALOG/catalog/products?in_stock=true&limit=1" | pick 'items[0].defaultSku')
send $SHOP/cart/items -d "{\\"sku\\":\\"$SKU\\"}"
METHOD=$(send $SHOP/cart/shipping-options | pick 'items[0].code')
SEAL=$(send -X PUT $SHOP/cart/delivery -d "{\\"addressId\\":\\"$ADDRESS\\",\\"shippingMethod\\":\\"$METHOD\\"}" | pick seal)
ORDER=$(send $SHOP/checkout/create-payment-intent -d "{\\"seal\\":\\"$SEAL\\"}" | pick orderNumber)
send $SHOP/checkout/confirm -d "{\\"orderNumber\\":\\"$ORDER\\",\\"paymentMethod\\":\\"pm_card_visa\\"}"
send $SHOP/orders/$ORDER
\`\`\``

const head = {
  openapi: '3.1.0',
  info: {
    title: 'Highstreet storefront API',
    version: '1.0.0',
    description,
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/api', description: 'This shop' }],
  tags: [
    { name: 'Account', description: 'Signing up, logging in' },
    { name: 'Addresses', description: 'The address book' },
    { name: 'Cart', description: 'What is in it, how it gets there, what it costs' },
    { name: 'Checkout', description: 'Placing and paying' },
    { name: 'Orders', description: 'Your orders' },
    { name: 'Reviews', description: 'Your own, and what you say of others’; everybody’s are read at catalog-api' },
    { name: 'Staff', description: 'For who works here' },
    { name: 'Payment provider', description: 'What the payment provider calls' },
  ],
  security: [],
}

/** The document of `app`'s routes, as plain data. */
export function openApiDocument(app: ReturnType<typeof newRouter>) {
  describeRest(app)
  return app.getOpenAPI31Document(head)
}

function describeRest({ openAPIRegistry: registry }: ReturnType<typeof newRouter>): void {
  registry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The token of `POST /auth/login`.',
  })
  registry.registerPath({
    method: 'post',
    path: '/payments/webhook',
    operationId: 'receivePaymentEvent',
    tags: ['Payment provider'],
    summary: 'An event of the payment provider',
    description:
      'Signed by the provider (`Stripe-Signature`) over its raw bytes; kept, answered, worked on afterwards.',
    request: {
      headers: z.object({ 'stripe-signature': z.string() }),
      body: { required: true, content: { 'application/json': { schema: z.record(z.string(), z.unknown()) } } },
    },
    responses: {
      200: json(z.object({ received: z.literal(true), new: z.boolean() }).openapi('ReceivedEvent'), 'Kept'),
      ...errorAnswers('signature_invalid', 'payload_too_large'),
    },
  })
}
