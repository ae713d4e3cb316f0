// Preloaded into every process of the shop: when the starter is gone, however it died, leave too.
// Plain JavaScript so that it costs nothing; uses only the pipe the starter opened.
if (process.channel) {
  process.channel.unref()
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.exit(1), 8_000).unref()
  })
}
