/** English: the subscription, what it costs and why. */
import { count, countedIn } from './numbers.ts'

const counted = countedIn('en')

const planNames: Readonly<Record<string, string>> = {
  developer: 'Developer',
  'developer-pro': 'Developer Pro',
  single: 'Single',
  flexi: 'Flexi',
  multi: 'Multi',
}
const entryNames: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(planNames).map(([name, label]) => [name, `${label} compute`])),
  'flexi-step': 'Flexi, 4 more engines',
  storage: 'Storage, a GB',
  vpn: 'VPN, a GB',
  'sla-standard': 'SLA Standard, a GB',
  'sla-enterprise': 'SLA Enterprise, a GB',
  'sla-premium': 'SLA Premium, a GB',
}
const itemNames: Readonly<Record<string, string>> = {
  compute: 'Compute',
  storage: 'Storage',
  vpn: 'VPN',
  sla: 'SLA',
  penalty: 'Reduction',
}

/** A decimal text with narrow spaces between thousands; long fractions are cut to six digits. */
export function groupedFigure(text: string, point: string): string {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?/.exec(text) ?? []
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f')
  const shown = fraction.length > 6 ? fraction.slice(0, 6).replace(/0+$/, '') : fraction
  return `${sign === '-' ? '\u2212' : ''}${digits}${shown === '' ? '' : `${point}${shown}`}`
}

/** A decimal text with two digits at least behind the point. */
export function withCents(text: string): string {
  const [whole = '0', fraction = ''] = text.split('.')
  return `${whole}.${fraction.padEnd(2, '0')}`
}

/** An amount of data: GB are 10^9 bytes. */
export function dataSize(bytes: number, point: string): string {
  const [unit, size] = bytes >= 1e8 ? ['GB', 1e9] : bytes >= 1e5 ? ['MB', 1e6] : ['kB', 1e3]
  return `${groupedFigure((bytes / Number(size)).toFixed(bytes === 0 ? 0 : 1), point)}\u00a0${unit}`
}

const figure = (text: string) => groupedFigure(text, '.')

export const enSubscription = {
  title: 'Subscription',
  says: 'What the data of this project takes and what that costs, counted here. Nothing is fetched or sent.',
  monthly: 'Price a month',
  aMonth: (currency: string) => `${currency} a month, without VAT`,
  sections: {
    usage: 'Usage',
    price: 'Price',
    agreement: 'Agreement',
    invoices: 'Invoices',
    vpn: 'VPN',
    environments: 'Environments',
  },
  money: figure,
  /** Money that a text may give without cents. */
  cents: (text: string) => figure(withCents(text)),
  size: (bytes: number) => dataSize(bytes, '.'),
  gb: (gb: number) => `${count(gb)} GB`,
  gbEach: (gb: number) => `${count(gb)} GB each`,
  noLimit: 'no limit',
  nothing: 'Nothing is stored yet',
  nothingSays:
    'Datasets are counted here, by pipe, system and config group, when pipes have run. Under Price you can see what an amount of data costs in each plan before there is any.',
  used: 'What is used',
  usedSays: (stored: string, counts: string) => `${stored} stored, counts for ${counts}`,
  by: 'Count by',
  runsThisMonth: 'Runs this month',
  requestsThisMonth: 'Requests',
  groupings: { dataset: 'Dataset', pipe: 'Pipe', system: 'System', group: 'Config group' },
  none: { dataset: 'no dataset', pipe: 'no pipe', system: 'no system', group: 'no group' },
  entities: 'Entities',
  stored: 'Stored',
  counts: 'Counts for',
  share: 'Share',
  durable: 'durable ×3',
  searched: (times: number) => `search ×${times}`,
  together: 'Together',
  upperBound:
    'Counted as text in the log. Sesam stores it compressed, so this is an upper bound. Pipes, runs, users and calls are not priced.',
  history: 'How it grew',
  firstCount:
    'One day has been counted so far. A count is kept for each day on which the project runs or this page is open; after four weeks there is a forecast.',
  historySays: (before: string, first: string, now: string, last: string) =>
    `From ${before} on ${first} to ${now} on ${last}.`,
  grew: 'What grew',
  grewSince: (day: string) => `since ${day}`,
  notGrown: 'Nothing changed its size.',
  reason: {
    new: (n: number) => `new, ${counted(n, 'entity', 'entities')}`,
    gone: (_: number) => 'no longer there',
    entities: (n: number) => `${n > 0 ? '+' : '\u2212'}${counted(Math.abs(n), 'entity', 'entities')}`,
    versions: (n: number) =>
      `${n > 0 ? '+' : '\u2212'}${counted(Math.abs(n), 'version', 'versions')} of known entities`,
    size: (_: number) => 'larger or smaller entities, or other compression',
  },
  saveCsv: 'Save CSV',
  saveJson: 'Save JSON',
  others: 'others',
  noForecast: 'After four weeks of counts there is a forecast.',
  forecast: (change: string, grows: boolean, then: string, day: string) =>
    `${change} ${grows ? 'more' : 'less'} a month; ${then} on ${day} if it goes on like this (a straight line through all counts).`,
  asTable: 'As a table',
  wouldSave: 'Possible savings',
  takenAlone: 'each taken alone, a month',
  chosenSave: (n: number) => `${count(n)} chosen, together`,
  nothingSaves: 'Nothing was found: every dataset is read, nothing is durable, and no old versions are kept.',
  saving: {
    versions: (dataset: string, keep: number) =>
      `Keep ${counted(keep, 'version', 'versions')} of each entity in ${dataset}`,
    unused: (dataset: string, _: number) => `${dataset}: no pipe reads it`,
    durable: (dataset: string, _: number) => `${dataset} not durable`,
    fixed: (_: string, __: number) => 'Fixed data of this amount for a year',
  },
  less: (size: string, isMeasured: boolean) =>
    `${size} less that counts, computed on ${isMeasured ? 'the metrics of the node' : 'its log'}`,
  fixedSays: 'half the price for what is agreed, double for what exceeds it; try amounts under Price',
  costs: 'What it costs and why',
  oneMore: (price: string) => `one more GB costs ${figure(price)}`,
  item: (item: string) => itemNames[item] ?? item,
  line: (entry: string, part: string | null, quantity: string, price: string) =>
    `${entryNames[entry]?.replace(', a GB', '') ?? entry}: ${figure(quantity)} × ${figure(price)}${
      part === 'agreed' ? ' (agreed, half price)' : part === 'beyond' ? ' (beyond it, double price)' : ''
    }`,
  slaSays: 'billed for 50 GB at least and 300 GB at most',
  dataOf: (n: number) => `data of ${counted(n, 'dataset', 'datasets')}, by pipe under Usage`,
  durableOf: (n: number) => `${counted(n, 'durable dataset', 'durable datasets')}, counted three times`,
  searchOf: 'searched data of globals',
  addedOf: 'added here to see what it would cost',
  withoutVat: (currency: string) => `${currency} a month, without VAT`,
  open: 'The price list leaves open whether search counts the data of a global two or three times, and whether a TB is 1,000 or 1,024 GB (1,000 here).',
  plans: 'Plans side by side',
  plansSays: 'with the same data; developer plans without VPN and SLA',
  plan: (name: string) => planNames[name] ?? name,
  now: 'now',
  engines: 'engines',
  dataBelow: 'data, less than',
  month: 'a month',
  notPossible: 'not possible',
  ownServer: 'Own server',
  ownEngines: 'its processors',
  ownDisk: 'its disk',
  byGb: 'by GB',
  spark: 'Spark',
  sparkCores: (cores: string) => `${figure(cores)} cores`,
  sparkSays:
    'A cluster is counted with its cores and hours. Pipewright has no task for Spark yet: the column says what the machines would cost.',
  hosting: 'Own machines',
  hostingParts: {
    machine: 'A server, a month',
    storage: 'Storage, a GB and month',
    coreHour: 'Spark, a core and hour',
    cores: 'Spark, cores',
    hours: 'Spark, hours a day',
  },
  hostingSays: 'What you pay for them. A month has 30 days; durable data is stored twice.',
  ownServerSays:
    'Running it yourself with “pipewright serve” costs the machine and its storage; there is no SLA or VPN but your own.',
  whatIf: 'What if',
  whatIfSays: 'kept for this project, in this place only',
  planLabel: 'Plan',
  flexiEngines: 'Engines (Flexi)',
  slaLabel: 'SLA',
  sla: (name: string) =>
    ({ none: 'none', standard: 'Standard, 8 h', enterprise: 'Enterprise, 1 h' })[name] ?? 'Premium, 0.5 h',
  searchLabel: 'Integrated search',
  searchHelp: 'A product of the subscription',
  searchCopies: (copies: number) => (copies === 0 ? 'off' : `on, globals count ${copies + 1} times`),
  fixedLabel: 'Fixed data, GB for a year',
  fixedHelp: 'Empty without the option',
  addedLabel: (gb: number) => `More data: ${count(gb)} GB`,
  vpnLabel: 'VPN',
  table: 'Price table',
  tableSays: (since: string, currency: string) => `published ${since}, ${currency}; change what was agreed otherwise`,
  published: 'Published prices',
  entry: (entry: string) => entryNames[entry] ?? entry,
}
