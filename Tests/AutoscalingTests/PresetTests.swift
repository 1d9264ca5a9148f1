import Autoscaling
import Testing

@Suite("Presets")
struct PresetTests {
  @Test("every preset has a name of its own, by which it is found")
  func presetNames() {
    #expect(Set(Policy.presets.map(\.name)).count == Policy.presets.count)
    for preset in Policy.presets { #expect(Policy.preset(named: preset.name) == preset) }
  }
}
