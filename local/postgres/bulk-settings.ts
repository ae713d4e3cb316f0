// Settings of a Postgres that is filled once and may be filled again: fast, and not safe against a failing machine while
// it is being filled. Never for data that exists only once.
export const bulkSettings: Record<string, string> = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  autovacuum: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '8GB',
  checkpoint_timeout: '1h',
  shared_buffers: '512MB',
}
