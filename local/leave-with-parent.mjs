// Preloaded into the shop's processes where the kernel does not do it: when the starter is gone, however it died, leave.
// Plain JavaScript so that it costs nothing; uses only the pipe the starter opened.
if (process.channel) {
  process.channel.unref()
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.exit(1), 8_000).unref()
  })
}
