import TestSupport

import Synchronization
import Workloads

/// A clock that goes by itself: between two readings a batch of work has passed, after a sleep nothing has.
final class FakeClock: WorkClock {
  /// The interruptions of a machine that runs other programs too.
  struct Disturbance {
    /// One batch in so many is interrupted; 0 for none.
    var batchesPerInterruption = 0
    /// The longest interruption in nanoseconds.
    var interruption: UInt64 = 0
    /// The greatest delay of a sleeper's end, in nanoseconds.
    var lateness: UInt64 = 0
  }

  private struct State {
    var moment: UInt64
    var cpuTime: UInt64 = 0
    var isWorking = false
    var readings: [UInt64] = []
    var sleeps: [UInt64] = []
    var generator = SplitMix64(seed: 99)
  }

  private let state: Mutex<State>
  private let batch: UInt64
  private let disturbance: Disturbance

  init(at moment: UInt64, batch: UInt64 = 1_000_000, disturbance: Disturbance = Disturbance()) {
    state = Mutex(State(moment: moment))
    self.batch = batch
    self.disturbance = disturbance
  }

  /// Everything that `now` has answered.
  var readings: [UInt64] { state.withLock { $0.readings } }
  /// Every moment that was slept until.
  var sleeps: [UInt64] { state.withLock { $0.sleeps } }

  func now() -> UInt64 {
    state.withLock { state in
      if state.isWorking {
        state.moment += batch
        state.cpuTime += batch
        let odds = disturbance.batchesPerInterruption
        if odds > 0, Int.random(in: 0..<odds, using: &state.generator) == 0 {
          state.moment += UInt64.random(in: 0...disturbance.interruption, using: &state.generator)
        }
      }
      state.isWorking = !state.readings.isEmpty
      state.readings.append(state.moment)
      return state.moment
    }
  }

  func cpuTime() -> UInt64 {
    state.withLock { $0.cpuTime }
  }

  func sleep(until moment: UInt64) {
    state.withLock { state in
      state.sleeps.append(moment)
      let late = UInt64.random(in: 0...disturbance.lateness, using: &state.generator)
      state.moment = max(state.moment, moment) + late
      state.isWorking = false
    }
  }
}
