// Settings → a notifier with its carriers. Used by the process (main.ts) and by the Lambda-style handler.
import type { Env } from './env.ts'
import type { Log } from './lib/log.ts'
import { quietFor } from './lib/quiet-hours.ts'
import { createNotifier } from './notifier.ts'
import { createConsoleSms } from './transports/console-sms.ts'
import { createSmtp } from './transports/smtp.ts'

/** Opens nothing yet: pools and mail connect at first use. */
export function notifierFromEnv(env: Env, log: Log) {
  const shop = { name: env.SHOP_NAME, origin: env.STOREFRONT_ORIGIN, shopkeeperEmail: env.SHOPKEEPER_EMAIL }
  const mail = createSmtp({
    host: env.SMTP_HOST,
    port: env.SMTP_PORT,
    secure: env.SMTP_SECURE,
    user: env.SMTP_USER,
    password: env.SMTP_PASSWORD,
    fromName: env.SHOP_NAME,
    fromAddress: env.MAIL_FROM,
  })
  const sms = env.SMS_PROVIDER === 'console' ? createConsoleSms() : null
  const urls = { storefront: env.STOREFRONT_DATABASE_URL, catalog: env.CATALOG_DATABASE_URL }
  return {
    shop,
    notifier: createNotifier({
      urls,
      carriers: { mail, sms, shop, quietFor: (now) => quietFor(now, env.SHOP_TIME_ZONE) },
      log,
    }),
  }
}
