/** All routes of the node's API. What stands here is served, documented and checked; what does not is not. */
import type { ApiRoute } from '../route.ts'
import { configurationRoutes } from './configuration.ts'
import { datasetRoutes } from './datasets.ts'
import { endpointRoutes } from './endpoints.ts'
import { pipeRoutes } from './pipes.ts'
import { pumpRoutes } from './pumps.ts'
import { serviceRoutes } from './service.ts'
import { systemRoutes } from './systems.ts'

/** Of two that match a path, the first counts: fixed words come before names. */
export const routes: readonly ApiRoute[] = [
  ...serviceRoutes,
  ...configurationRoutes,
  ...pumpRoutes,
  ...pipeRoutes,
  ...datasetRoutes,
  ...endpointRoutes,
  ...systemRoutes,
]
