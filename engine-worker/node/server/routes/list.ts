/** All routes of the node's API. What stands here is served, documented and checked; what does not is not. */
import type { ApiRoute } from '../route.ts'
import { accountRoutes } from './accounts.ts'
import { configurationRoutes } from './configuration.ts'
import { datasetRoutes } from './datasets.ts'
import { endpointRoutes } from './endpoints.ts'
import { licenseRoutes } from './license.ts'
import { linkRoutes } from './links.ts'
import { logRoutes } from './logs.ts'
import { microserviceRoutes } from './microservices.ts'
import { modelRoutes } from './models.ts'
import { pageRoutes } from './page.ts'
import { permissionRoutes } from './permissions.ts'
import { pipeRoutes } from './pipes.ts'
import { prototypeRoutes } from './prototypes.ts'
import { pumpRoutes } from './pumps.ts'
import { schemaRoutes } from './schema.ts'
import { sdshareRoutes } from './sdshare.ts'
import { serviceRoutes } from './service.ts'
import { signInRoutes } from './sign-in.ts'
import { systemRoutes } from './systems.ts'

/** When two routes match a path, the first counts: fixed words come before names. */
const routes: readonly ApiRoute[] = [
  ...serviceRoutes,
  ...signInRoutes,
  ...logRoutes,
  ...licenseRoutes,
  ...modelRoutes,
  ...permissionRoutes,
  ...prototypeRoutes,
  ...configurationRoutes,
  ...pumpRoutes,
  ...schemaRoutes,
  ...pipeRoutes,
  ...datasetRoutes,
  ...sdshareRoutes,
  ...endpointRoutes,
  ...linkRoutes,
  ...microserviceRoutes,
  ...accountRoutes,
  ...systemRoutes,
]

/** The lists of routes with the address below which each is served: Sesam's API, and what pages ask for. */
export const apis: readonly { readonly base: string; readonly title: string; readonly routes: readonly ApiRoute[] }[] =
  [
    { base: '/api', title: 'A node, as Sesam documents it', routes },
    { base: '/pipewright', title: 'What pages ask', routes: pageRoutes },
  ]
