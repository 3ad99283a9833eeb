import type { ConnectOptions } from './rpc.ts'

/** How the jobs of the table cross a thread: meshing runs ahead so that a heartbeat never waits for the reader of it. */
export const LINK: ConnectOptions = { ahead: { meshShard: 64, open: 4 }, giveInput: ['meshShard'] }

/** Idle engines kept warm between models: each holds the compiled engine and its heap. */
export const WARM_ENGINES = 2

/** Seconds without a heartbeat before an engine is stopped; a shard's size adds to it. */
export const PATIENCE = 30
