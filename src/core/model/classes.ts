/**
 * Classes under IfcProduct and IfcGroup of IFC2X3, IFC4 and IFC4X3 together, each line a class with its direct subclasses; a test compares it
 * with the engine's own schema. The release candidates' strata and IfcExcavation are added by hand: files with them exist.
 */
const SUBCLASSES = `
IfcBeam: IfcBeamStandardCase
IfcBuildingElement: IfcBeam IfcBuildingElementComponent IfcBuildingElementProxy IfcChimney IfcColumn IfcCovering IfcCurtainWall IfcDoor IfcFooting IfcMember IfcPile IfcPlate IfcRailing IfcRamp IfcRampFlight IfcRoof IfcShadingDevice IfcSlab IfcStair IfcStairFlight IfcWall IfcWindow
IfcBuildingElementComponent: IfcBuildingElementPart IfcReinforcingElement
IfcBuiltElement: IfcBeam IfcBearing IfcBuildingElementProxy IfcChimney IfcColumn IfcCourse IfcCovering IfcCurtainWall IfcDeepFoundation IfcDoor IfcEarthworksElement IfcFooting IfcKerb IfcMember IfcMooringDevice IfcNavigationElement IfcPavement IfcPlate IfcRail IfcRailing IfcRamp IfcRampFlight IfcRoof IfcShadingDevice IfcSlab IfcStair IfcStairFlight IfcTrackElement IfcWall IfcWindow
IfcColumn: IfcColumnStandardCase
IfcDeepFoundation: IfcCaissonFoundation IfcPile
IfcDistributionControlElement: IfcActuator IfcAlarm IfcController IfcFlowInstrument IfcProtectiveDeviceTrippingUnit IfcSensor IfcUnitaryControlElement
IfcDistributionElement: IfcDistributionControlElement IfcDistributionFlowElement
IfcDistributionFlowElement: IfcDistributionChamberElement IfcEnergyConversionDevice IfcFlowController IfcFlowFitting IfcFlowMovingDevice IfcFlowSegment IfcFlowStorageDevice IfcFlowTerminal IfcFlowTreatmentDevice
IfcDistributionSystem: IfcDistributionCircuit
IfcDoor: IfcDoorStandardCase
IfcEarthworksElement: IfcEarthworksFill IfcReinforcedSoil
IfcEdgeFeature: IfcChamferEdgeFeature IfcRoundedEdgeFeature
IfcElement: IfcBuildingElement IfcBuiltElement IfcCivilElement IfcDistributionElement IfcElectricalElement IfcElementAssembly IfcElementComponent IfcEquipmentElement IfcExcavation IfcFeatureElement IfcFurnishingElement IfcGeographicElement IfcGeotechnicalElement IfcTransportElement IfcTransportationDevice IfcVirtualElement
IfcElementComponent: IfcBuildingElementPart IfcDiscreteAccessory IfcFastener IfcImpactProtectionDevice IfcMechanicalFastener IfcReinforcingElement IfcSign IfcVibrationDamper IfcVibrationIsolator
IfcEnergyConversionDevice: IfcAirToAirHeatRecovery IfcBoiler IfcBurner IfcChiller IfcCoil IfcCondenser IfcCooledBeam IfcCoolingTower IfcElectricGenerator IfcElectricMotor IfcEngine IfcEvaporativeCooler IfcEvaporator IfcHeatExchanger IfcHumidifier IfcMotorConnection IfcSolarDevice IfcTransformer IfcTubeBundle IfcUnitaryEquipment
IfcExternalSpatialStructureElement: IfcExternalSpatialElement
IfcFacility: IfcBridge IfcBuilding IfcMarineFacility IfcRailway IfcRoad
IfcFacilityPart: IfcBridgePart IfcFacilityPartCommon IfcMarinePart IfcRailwayPart IfcRoadPart
IfcFastener: IfcMechanicalFastener
IfcFeatureElement: IfcFeatureElementAddition IfcFeatureElementSubtraction IfcSurfaceFeature
IfcFeatureElementAddition: IfcProjectionElement
IfcFeatureElementSubtraction: IfcEarthworksCut IfcEdgeFeature IfcOpeningElement IfcVoidingFeature
IfcFlowController: IfcAirTerminalBox IfcDamper IfcDistributionBoard IfcElectricDistributionBoard IfcElectricDistributionPoint IfcElectricTimeControl IfcFlowMeter IfcProtectiveDevice IfcSwitchingDevice IfcValve
IfcFlowFitting: IfcCableCarrierFitting IfcCableFitting IfcDuctFitting IfcJunctionBox IfcPipeFitting
IfcFlowMovingDevice: IfcCompressor IfcFan IfcPump
IfcFlowSegment: IfcCableCarrierSegment IfcCableSegment IfcConveyorSegment IfcDuctSegment IfcPipeSegment
IfcFlowStorageDevice: IfcElectricFlowStorageDevice IfcTank
IfcFlowTerminal: IfcAirTerminal IfcAudioVisualAppliance IfcCommunicationsAppliance IfcElectricAppliance IfcFireSuppressionTerminal IfcLamp IfcLightFixture IfcLiquidTerminal IfcMedicalDevice IfcMobileTelecommunicationsAppliance IfcOutlet IfcSanitaryTerminal IfcSignal IfcSpaceHeater IfcStackTerminal IfcWasteTerminal
IfcFlowTreatmentDevice: IfcDuctSilencer IfcElectricFlowTreatmentDevice IfcFilter IfcInterceptor
IfcFurnishingElement: IfcFurniture IfcSystemFurnitureElement
IfcGeotechnicalAssembly: IfcBorehole IfcGeomodel IfcGeoslice
IfcGeotechnicalElement: IfcGeotechnicalAssembly IfcGeotechnicalStratum
IfcGeotechnicalStratum: IfcSolidStratum IfcVoidStratum IfcWaterStratum
IfcGroup: IfcAsset IfcCondition IfcInventory IfcStructuralLoadGroup IfcStructuralResultGroup IfcSystem IfcZone
IfcLinearElement: IfcAlignmentCant IfcAlignmentHorizontal IfcAlignmentSegment IfcAlignmentVertical
IfcLinearPositioningElement: IfcAlignment IfcLinearAxis
IfcMember: IfcMemberStandardCase
IfcObject: IfcGroup IfcProduct
IfcOpeningElement: IfcOpeningStandardCase
IfcPlate: IfcPlateStandardCase
IfcPort: IfcDistributionPort
IfcPositioningElement: IfcGrid IfcLinearPositioningElement IfcReferent
IfcProduct: IfcAnnotation IfcElement IfcGrid IfcLinearElement IfcPort IfcPositioningElement IfcProxy IfcSpatialElement IfcSpatialStructureElement IfcStructuralActivity IfcStructuralItem
IfcReinforcingElement: IfcReinforcingBar IfcReinforcingMesh IfcTendon IfcTendonAnchor IfcTendonConduit
IfcSlab: IfcSlabElementedCase IfcSlabStandardCase
IfcSpatialElement: IfcExternalSpatialStructureElement IfcSpatialStructureElement IfcSpatialZone
IfcSpatialStructureElement: IfcBuilding IfcBuildingStorey IfcFacility IfcFacilityPart IfcSite IfcSpace
IfcStructuralAction: IfcStructuralCurveAction IfcStructuralLinearAction IfcStructuralPlanarAction IfcStructuralPointAction IfcStructuralSurfaceAction
IfcStructuralActivity: IfcStructuralAction IfcStructuralReaction
IfcStructuralConnection: IfcStructuralCurveConnection IfcStructuralPointConnection IfcStructuralSurfaceConnection
IfcStructuralCurveAction: IfcStructuralLinearAction
IfcStructuralCurveMember: IfcStructuralCurveMemberVarying
IfcStructuralItem: IfcStructuralConnection IfcStructuralMember
IfcStructuralLinearAction: IfcStructuralLinearActionVarying
IfcStructuralLoadGroup: IfcStructuralLoadCase
IfcStructuralMember: IfcStructuralCurveMember IfcStructuralSurfaceMember
IfcStructuralPlanarAction: IfcStructuralPlanarActionVarying
IfcStructuralReaction: IfcStructuralCurveReaction IfcStructuralPointReaction IfcStructuralSurfaceReaction
IfcStructuralSurfaceAction: IfcStructuralPlanarAction
IfcStructuralSurfaceMember: IfcStructuralSurfaceMemberVarying
IfcSystem: IfcBuildingSystem IfcBuiltSystem IfcDistributionSystem IfcElectricalCircuit IfcStructuralAnalysisModel IfcZone
IfcTransportationDevice: IfcTransportElement IfcVehicle
IfcWall: IfcWallElementedCase IfcWallStandardCase
IfcWindow: IfcWindowStandardCase
`

const PARENTS = new Map<string, string[]>()
const SPELLING = new Map<string, string>()
for (const line of SUBCLASSES.trim().split('\n')) {
  const [parent, children] = line.split(': ')
  SPELLING.set(parent.toUpperCase(), parent)
  for (const child of children.split(' ')) {
    SPELLING.set(child.toUpperCase(), child)
    PARENTS.set(child, [...(PARENTS.get(child) ?? []), parent])
  }
}

const known = new Map<string, ReadonlySet<string>>()

/** Is `name` the class `ancestor` or one of its subclasses, in any of the schemas? Both in their usual spelling. */
export function isA(name: string, ancestor: string): boolean {
  return ancestorsOf(name).has(ancestor)
}

/** The class itself and everything above it. */
export function ancestorsOf(name: string): ReadonlySet<string> {
  const found = known.get(name)
  if (found) return found
  const all = new Set<string>()
  const queue = [name]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (all.has(next)) continue
    all.add(next)
    queue.push(...(PARENTS.get(next) ?? []))
  }
  if (PARENTS.has(name)) known.set(name, all)
  return all
}

/** `IFCPIPESEGMENT` → `IfcPipeSegment`; undefined for what is neither a product nor a group. */
export function spellClass(upper: string): string | undefined {
  return SPELLING.get(upper)
}

/** Every class the table knows, in its usual spelling. */
export function knownClasses(): Iterable<string> {
  return SPELLING.values()
}
