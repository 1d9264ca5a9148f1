import Platform
import Records

/// Adds up the energy that the machine uses while an executable runs.
///
/// The counters begin anew after minutes of full load, so they are also read while a long trial runs.
struct EnergyRecorder {
  /// The nanoseconds between two readings during a trial.
  static let interval: UInt64 = 10_000_000_000

  private let meter: EnergyMeter?
  /// The last reading; `nil` if a reading failed.
  private var last: EnergyMeter.Reading?
  /// The energy up to the last reading.
  private var used: EnergyUse?

  /// Makes a recorder; without a meter it records nothing.
  init(_ meter: EnergyMeter?) {
    self.meter = meter
  }

  /// Starts recording.
  mutating func begin(at time: UInt64) {
    (last, used) = (meter?.read(at: time), nil)
  }

  /// Takes a reading if one is due.
  mutating func wake(at time: UInt64) {
    if let last, time >= last.time &+ Self.interval { add(at: time) }
  }

  /// Stops recording and returns the energy since `begin`; `nil` if it is unknown.
  mutating func end(at time: UInt64) -> Activity.Energy? {
    add(at: time)
    last = nil
    return used.map { .init(processor: $0.processor, memory: $0.memory, platform: $0.platform) }
  }

  private mutating func add(at time: UInt64) {
    guard let meter, let last else { return }
    guard let now = meter.read(at: time), let energy = meter.energy(from: last, to: now) else {
      (self.last, used) = (nil, nil)
      return
    }
    used = used.map { $0 + energy } ?? energy
    self.last = now
  }
}

extension Passport.Energy {
  /// Makes the description of a meter, or of the reason there is none.
  init(_ meter: Result<EnergyMeter, EnergyError>) {
    switch meter {
    case .success(let meter): self.init(counters: meter.names)
    case .failure(let error): self.init(reason: "\(error)")
    }
  }
}

extension Passport.IdlePower {
  /// Makes the power from the energy between two readings of the cores; `nil` if it is unknown.
  ///
  /// - Parameter time: The time between the readings in nanoseconds.
  init?(_ energy: EnergyUse?, _ before: CoreReading, _ after: CoreReading, time: UInt64) {
    guard let used = energy?.processor ?? energy?.platform, time > 0 else { return nil }
    // Microjoules per nanosecond are kilowatts.
    self.init(
      watts: Double(used) / Double(time) * 1000,
      busyCores: max(0, Double(after.busy) - Double(before.busy)) / Double(time))
  }
}
