/**
 * Random laws draw the same examples at every `npm test`, so that a change fails for what it changed and for nothing
 * else. `npm run laws` (LAWS is set) draws new ones each time; a counterexample found there says its own seed.
 */
import fc from 'fast-check'

if (process.env.LAWS === undefined) fc.configureGlobal({ seed: 20_260_101 })
