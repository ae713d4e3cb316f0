// For tests: supervises the script given like the starter does and stays, so that a test may kill it.
import { Child } from '../children.ts'

const [name = '', script = '', health = '', logs = ''] = process.argv.slice(2)
const say = (line: string) => process.stdout.write(`${line}\n`)
const child = new Child(
  { name, script: [script], env: process.env, health },
  { say, verbose: false, logs },
  (error) => {
    say(`gave up: ${error.message}`)
    process.exit(1)
  },
)
await child.start()
say('ready')
