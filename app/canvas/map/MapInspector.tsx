import { MapPanel } from './MapPanel.tsx'
import { useMapState } from './map-state.ts'
import { useProjectMap } from './use-map.ts'

/** The inspector beside the map. */
export function MapInspector({ project }: { readonly project: string }) {
  const { map, facts } = useProjectMap()
  const { chosen, opened } = useMapState()
  return (
    <MapPanel
      project={project}
      map={map}
      facts={facts}
      chosen={chosen ?? opened}
      onOpen={chosen === null ? null : (group) => useMapState.setState({ opened: group, chosen: null })}
    />
  )
}
