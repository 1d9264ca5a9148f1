import Records
import TestSupport
import Testing

struct RoundTripTests {
  @Test("a trial record is read back unchanged")
  func trialRecords() throws {
    try check { $0.trialRecord() }
  }

  @Test("a run record is read back unchanged")
  func runRecords() throws {
    try check { $0.runRecord() }
  }

  @Test("a granularity record is read back unchanged")
  func granularityRecords() throws {
    try check { $0.granularityRecord() }
  }

  @Test("a capacity record is read back unchanged")
  func capacityRecords() throws {
    try check { $0.capacityRecord() }
  }

  @Test("a model description is read back unchanged")
  func modelDescriptions() throws {
    try check { $0.modelDescription() }
  }

  @Test("a peer manifest is read back unchanged")
  func peerManifests() throws {
    try check { $0.peerManifest() }
  }

  @Test("a machine record is read back unchanged")
  func machineRecords() throws {
    try check { $0.machineRecord() }
  }

  @Test("the parts of a run are read back unchanged")
  func parts() throws {
    try check { $0.passport() }
    try check { $0.plan() }
    try check { $0.processRecord() }
    try check { $0.share() }
    try check { $0.exact() }
  }

  @Test("the largest and smallest values are read back unchanged")
  func extremes() throws {
    var record = TrialRecord(result: ExactInteger(.max), region: .max)
    record.workers = .max
    record.upTo = .max
    record.load = .min
    record.shares = [
      Share(worker: .min, result: ExactInteger(0), begin: 0, end: .max, cpuTime: .max, slices: [0, .max])
    ]
    #expect(try decoded(TrialRecord.self, encoded(record)) == record)
    #expect(try decoded(TrialRecord.self, record.jsonText) == record)
  }

  @Test("a nil member is left out")
  func absentMembers() throws {
    let record = TrialRecord(result: ExactInteger(1), region: 2)
    #expect(try JSON(encoded(record)).keys == ["schema", "result", "region"])
    let trial = Trial(configuration: 0, round: 0, warmUp: false)
    #expect(try JSON(encoded(trial)).keys == ["configuration", "round", "warmUp"])
  }

  @Test("records of versions that did not measure energy are read, and written without it")
  func withoutEnergy() throws {
    let text = #"{"busy":1,"steal":2}"#
    #expect(try decoded(Activity.self, text) == Activity(busy: 1, steal: 2))
    #expect(try encoded(Activity(busy: 1, steal: 2)) == text)
    let load = #"{"busyCores":0.5}"#
    #expect(try decoded(Passport.Load.self, load) == Passport.Load(busyCores: 0.5))
    #expect(try encoded(Passport.Load(busyCores: 0.5)) == load)
    #expect(
      try encoded(Activity(energy: .init(processor: 12_500_000, memory: 7)))
        == #"{"energy":{"memory":7,"processor":12500000}}"#)
  }

  @Test("an estimate of a plan is read from an object, or as earlier plans had it, from a number")
  func estimates() throws {
    func estimate(_ text: String) throws -> PlanRecord.Estimate {
      try decoded(PlanRecord.Estimate.self, text)
    }
    #expect(try estimate(#"{"value":2,"lower":1,"upper":3}"#) == .init(2, lower: 1, upper: 3))
    #expect(try estimate("4938.5") == .init(4938.5))
    #expect(throws: DecodingError.self) { try estimate(#"{"lower":1}"#) }
  }

  @Test("a workload with only the scalar kernel lists no kernels")
  func loneKernel() {
    func listed(_ kernels: [String]?) -> [String]? {
      ModelDescription.Workload(name: "sum", summary: "", extent: .numbers, kernels: kernels).kernels
    }
    #expect(listed(nil) == nil && listed([]) == nil && listed(["scalar"]) == nil)
    #expect(listed(["scalar", "simd"]) == ["scalar", "simd"] && listed(["simd"]) == ["simd"])
  }

  private func check<Value: Codable & Equatable>(_ make: (inout SplitMix64) -> Value) throws {
    var generator = SplitMix64(seed: 11)
    for _ in 0..<150 {
      let value = make(&generator)
      let text = try encoded(value)
      let copy = try decoded(Value.self, text)
      #expect(copy == value, "\(text)")
      #expect(try encoded(copy) == text)
    }
  }
}
