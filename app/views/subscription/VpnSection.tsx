import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { JsonObject, Problem, SubscriptionEnvironment } from '../../../engine-worker/index.ts'
import { ask } from '../../store/engine/open-project.ts'
import { failureText } from '../../store/failure.ts'
import { toast } from '../../store/toasts.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox, FormField, Input, Select, TextArea } from '../../ui/Field.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'
import type { KeepEnvironment } from './use-ledger.ts'
import { VpnResult } from './VpnResult.tsx'
import {
  connectionsOf,
  formLines,
  formText,
  policyAt,
  policyFields,
  withConnection,
  withConnectionRemoved,
  withNewConnection,
  withPolicy,
} from './vpn-form.ts'

interface VpnSectionProps {
  readonly environment: SubscriptionEnvironment
  readonly keep: KeepEnvironment
}

/** A VPN connection: the form with its checks, and what it becomes. The key is in this page only, until it is left. */
export function VpnSection({ environment, keep }: VpnSectionProps) {
  const w = useSubscriptionWords()
  /** By connection. */
  const [keys, setKeys] = useState<readonly string[]>([])
  const [chosen, setAt] = useState(0)
  const [isShown, setShown] = useState(false)
  const form = environment.vpn
  const connections = connectionsOf(form)
  const at = Math.min(chosen, connections.length - 1)
  const connection = connections[at] ?? {}
  const key = keys[at] ?? ''
  const setKey = (text: string) => setKeys(connections.map((_, index) => (index === at ? text : (keys[index] ?? ''))))
  const whole = connections.reduce<JsonObject>(
    (filled, _, index) => (keys[index] ? withConnection(filled, index, { shared_key: keys[index] }) : filled),
    { ...form, connections: [...connections] },
  )
  const { value } = useQuery(JSON.stringify(whole), (signal) => ask('vpn', whole, { signal }), { delay: 120 })
  const setConnection = (change: JsonObject) => keep({ vpn: withConnection(form, at, change) })
  // A form in which nothing stands yet is not wrong yet.
  const isBegun =
    key !== '' || Object.keys(connection).some((member) => member !== '_id' && connection[member] !== null)
  const problemAt = (...path: readonly (string | number)[]): string | null => {
    if (!isBegun) return null
    const found = (value?.problems ?? []).find(({ where }) => isAt(where.path, [at, ...path]))
    return found === undefined ? null : w.engine.message(found)
  }
  const connectionField = (member: string, label: string, placeholder: string) => (
    <FormField label={label} problem={problemAt(member)} help={<code>{member}</code>}>
      {(ids) => (
        <Input
          {...ids}
          mono
          value={formText(connection, member)}
          placeholder={placeholder}
          onChange={({ target }) => setConnection({ [member]: target.value })}
        />
      )}
    </FormField>
  )
  const verdicts = value?.verdicts[at] ?? null
  const hasBgp = form.enable_bgp === true
  const policy = policyAt(connection)
  return (
    <div className="grid gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <SectionCard title={w.vpn.form} says={w.vpn.formSays}>
        <div className="flex flex-col gap-3 py-2">
          <FormField label={w.vpn.sesamGateway}>
            {(ids) => (
              <Input
                {...ids}
                mono
                value={formText(form, 'sesam_gateway')}
                placeholder="18.10.0.11"
                onChange={({ target }) => keep({ vpn: { ...form, sesam_gateway: target.value } })}
              />
            )}
          </FormField>
          <FormField label={w.vpn.sesamRanges}>
            {(ids) => (
              <Input
                {...ids}
                mono
                value={formLines(form, 'sesam_address_spaces').join(' ')}
                placeholder="10.90.4.0/22"
                onChange={({ target }) =>
                  keep({ vpn: { ...form, sesam_address_spaces: target.value.split(/[\s,]/).slice(0, 50) } })
                }
              />
            )}
          </FormField>
          {(connections.length > 1 || hasBgp) && (
            <div className="flex flex-wrap items-center gap-2">
              <Segments
                label={w.vpn.connection}
                value={String(at)}
                onChange={(next) => setAt(Number(next))}
                options={connections.map((_, index) => ({ id: String(index), label: w.vpn.numbered(index + 1) }))}
              />
              {connections.length < 2 ? (
                <Button
                  small
                  onClick={() => {
                    keep({ vpn: withNewConnection(form) })
                    setAt(connections.length)
                  }}
                >
                  {w.vpn.addConnection}
                </Button>
              ) : (
                <Button
                  small
                  onClick={() => {
                    keep({ vpn: withConnectionRemoved(form, at) })
                    setKeys(keys.filter((_, index) => index !== at))
                    setAt(0)
                  }}
                >
                  {w.vpn.removeConnection(at + 1)}
                </Button>
              )}
            </div>
          )}
          {connectionField('gateway_address', w.vpn.gateway, '198.51.100.24')}
          <FormField label={w.vpn.ranges} problem={problemAt('address_spaces')} help={<code>address_spaces</code>}>
            {(ids) => (
              <TextArea
                {...ids}
                mono
                rows={3}
                value={formLines(connection, 'address_spaces').join('\n')}
                placeholder="192.168.100.0/24"
                onChange={({ target }) =>
                  setConnection({
                    address_spaces: target.value === '' ? [] : target.value.split(/[\s,]/).slice(0, 200),
                  })
                }
              />
            )}
          </FormField>
          {verdicts !== null && verdicts.ranges.length > 0 && (
            <ul className="-mt-2 text-tiny">
              {verdicts.ranges.map(({ index, range, isPrivate, addresses }) => (
                <li key={index} className={isPrivate ? 'text-good' : 'text-warn'}>
                  {w.vpn.rangeIs(range, isPrivate, addresses)}
                </li>
              ))}
            </ul>
          )}
          <FormField
            label={w.vpn.key}
            problem={problemAt('shared_key')}
            help={w.vpn.keyHelp}
            aside={
              <Checkbox label={w.vpn.showKey} checked={isShown} onChange={({ target }) => setShown(target.checked)} />
            }
          >
            {(ids) => (
              <div className="flex gap-2">
                <Input
                  {...ids}
                  mono
                  type={isShown ? 'text' : 'password'}
                  autoComplete="off"
                  value={key}
                  onChange={({ target }) => setKey(target.value)}
                />
                <Button
                  icon={<RefreshCw size={14} aria-hidden />}
                  onClick={() =>
                    void ask('makeVpnKey', null).then(setKey, (error: unknown) => toast(failureText(error), 'bad'))
                  }
                >
                  {w.vpn.makeKey}
                </Button>
              </div>
            )}
          </FormField>
          {verdicts?.key != null && problemAt('shared_key') === null && (
            <p className="-mt-2 text-good text-tiny">{w.vpn.keyIs(verdicts.key.characters, verdicts.key.bits)}</p>
          )}
          <Checkbox
            label={w.vpn.ownPolicy}
            checked={policy !== null}
            onChange={({ target }) =>
              setConnection({ ipsec_policy: target.checked ? withPolicy(connection, {}) : null })
            }
          />
          {policy !== null && (
            <div className="grid gap-2 sm:grid-cols-2">
              {policyFields.map((member) => (
                <FormField key={member} label={<code>{member}</code>} problem={problemAt('ipsec_policy', member)}>
                  {(ids) => (
                    <Select
                      {...ids}
                      value={formText(policy, member)}
                      onChange={({ target }) =>
                        setConnection({ ipsec_policy: withPolicy(connection, { [member]: target.value }) })
                      }
                    >
                      {(value?.allowed[member] ?? [formText(policy, member)]).map((name) => (
                        <option key={name}>{name}</option>
                      ))}
                    </Select>
                  )}
                </FormField>
              ))}
            </div>
          )}
          {verdicts !== null && verdicts.weak.length > 0 && (
            <p className="text-tiny text-warn">{w.vpn.weak(verdicts.weak.join(', '))}</p>
          )}
          <Checkbox
            label={w.vpn.bgp}
            checked={hasBgp}
            onChange={({ target }) => keep({ vpn: { ...form, enable_bgp: target.checked } })}
          />
          {hasBgp && (
            <div className="grid gap-2 sm:grid-cols-2">
              <FormField label={<code>asn</code>} problem={problemAt('asn')}>
                {(ids) => (
                  <Input
                    {...ids}
                    inputMode="numeric"
                    value={formText(connection, 'asn')}
                    onChange={({ target }) =>
                      setConnection({ asn: /^\d+$/.test(target.value) ? Number(target.value) : null })
                    }
                  />
                )}
              </FormField>
              {connectionField('bgp_peering_address', w.vpn.peer, '169.254.21.5')}
              <FormField label={w.vpn.sesamPeer} help={w.vpn.sesamPeerHelp}>
                {(ids) => (
                  <Input
                    {...ids}
                    mono
                    value={formText(form, 'sesam_bgp_address')}
                    placeholder="10.90.4.30"
                    onChange={({ target }) => keep({ vpn: { ...form, sesam_bgp_address: target.value } })}
                  />
                )}
              </FormField>
              <FormField label={w.vpn.sesamAsn} help={w.vpn.sesamAsnHelp}>
                {(ids) => (
                  <Input
                    {...ids}
                    inputMode="numeric"
                    value={formText(form, 'asn')}
                    placeholder="65515"
                    onChange={({ target }) =>
                      keep({ vpn: { ...form, asn: /^\d+$/.test(target.value) ? Number(target.value) : null } })
                    }
                  />
                )}
              </FormField>
            </div>
          )}
        </div>
      </SectionCard>
      {value !== null && (
        <VpnResult
          form={whole}
          answer={value}
          onReplace={(connection, index, range) => {
            const before = formLines(connections[connection] ?? {}, 'address_spaces')
            const after = range === null ? before.toSpliced(index, 1) : before.with(index, range)
            keep({ vpn: withConnection(form, connection, { address_spaces: after }) })
          }}
        />
      )}
    </div>
  )
}

/** Whether a problem is at a place below the connections, or within it. */
function isAt(path: Problem['where']['path'], wanted: readonly (string | number)[]): boolean {
  const at = path?.slice(1) ?? []
  return wanted.every((part, index) => at[index] === part)
}
