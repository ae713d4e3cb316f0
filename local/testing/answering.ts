// For tests: a process that answers its health check on PORT with its pid, and dies when asked at /die.
import { createServer } from 'node:http'

createServer((request, response) => {
  response.end(String(process.pid))
  if (request.url === '/die') setTimeout(() => process.exit(3), 20)
}).listen(Number(process.env.PORT), '127.0.0.1')
