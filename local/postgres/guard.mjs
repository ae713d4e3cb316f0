// Watches the pipe to the launcher and shuts Postgres down when the launcher is gone. Used where setpriv is missing.
// Never does anything else; plain JavaScript so that it starts at once.
const pid = Number(process.argv[2])
process.stdin.resume()
process.stdin.on('close', () => {
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    process.exit(0)
  }
})
