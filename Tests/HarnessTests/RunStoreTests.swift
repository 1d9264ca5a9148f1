import Platform
import Records
import Testing

@testable import Harness

struct RunStoreTests {
  @Test("a run is saved after every trial, with the trials it started with", arguments: [true, false])
  func everyTrial(inMemory: Bool) throws {
    var runs = RandomRuns(seed: 15)
    for before in 0..<5 {
      let whole = runs.run(trials: 8)
      try withTemporaryFolder { folder in
        let path = "\(folder)/run.json"
        var run = whole
        run.trials.removeLast(8 - before)
        let store = try RunStore(run, Spool(in: inMemory ? nil : folder), now: { 0 }) { _, write in
          try File.replace(path, writing: write)
        }
        for count in before..<8 {
          try store.add(whole.trials[count])
          run.trials.append(whole.trials[count])
          #expect(try File.read(path, limit: 1 << 24) == RunEncoder.text(of: run))
          #expect(store.count == count + 1)
        }
        #expect(try store.run() == whole)
        #expect(try File.names(in: folder) == ["run.json"])
      }
    }
  }

  @Test("a run without new trials is not saved")
  func empty() throws {
    var runs = RandomRuns(seed: 16)
    let run = runs.run(trials: 0)
    let store = try RunStore(run, Spool(in: nil)) { _, _ in Issue.record("nothing is to be saved") }
    try store.finish()
    #expect(try store.run() == run)
  }

  @Test("a run that takes long to save is saved less often, and whole at the end")
  func patience() throws {
    var runs = RandomRuns(seed: 17)
    let whole = runs.run(trials: 60)
    var run = whole
    run.trials = []
    var (now, saved): (UInt64, [String]) = (0, [])
    // Saving takes 10, and each trial 100: it is saved at the first trial, and then after another 200.
    let store = try RunStore(run, Spool(in: nil), now: { now }) { _, write in
      now += 10
      saved.append(try text(write))
    }
    for trial in whole.trials {
      now += 100
      try store.add(trial)
    }
    #expect((20...30).contains(saved.count))
    try store.finish()
    #expect(saved.last == (try RunEncoder.text(of: whole)))
    let count = saved.count
    try store.finish()
    #expect(saved.count == count, "nothing is new")
  }

  @Test("saves wait for the disk at most once a second, and at the end")
  func synced() throws {
    var runs = RandomRuns(seed: 19)
    let whole = runs.run(trials: 25)
    var run = whole
    run.trials = []
    var (now, saves): (UInt64, [Bool]) = (0, [])
    let store = try RunStore(run, Spool(in: nil), now: { now }) { isSynced, _ in saves.append(isSynced) }
    for trial in whole.trials {
      try store.add(trial)
      now += 250_000_000
    }
    // Every fourth, and so the last.
    #expect(saves == (0..<25).map { $0 % 4 == 0 })
    try store.finish()
    #expect(saves.count == 25)
    try store.add(whole.trials[0])
    #expect(saves.last == false)
    try store.finish()
    #expect(saves.last == true && saves.count == 27)
  }

  @Test("a trial that could not be saved is kept and saved with the next")
  func failure() throws {
    struct DiskFull: Error {}
    var runs = RandomRuns(seed: 18)
    let whole = runs.run(trials: 2)
    var run = whole
    run.trials = []
    var (isFull, saved) = (true, "")
    let store = try RunStore(run, Spool(in: nil), now: { 0 }) { _, write in
      if isFull { throw DiskFull() }
      saved = try text(write)
    }
    #expect(throws: DiskFull.self) { try store.add(whole.trials[0]) }
    #expect(throws: DiskFull.self) { try store.finish() }
    isFull = false
    try store.add(whole.trials[1])
    #expect(saved == (try RunEncoder.text(of: whole)))
  }

  private func text(_ write: (Draft) throws(SystemError) -> Void) throws -> String {
    var text = ""
    try withTemporaryFolder { folder in
      try File.replace("\(folder)/x", writing: write)
      text = try File.read("\(folder)/x", limit: 1 << 24)
    }
    return text
  }
}
