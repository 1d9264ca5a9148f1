import Platform
import Records
import Testing

@testable import Harness

struct ActivityRecorderTests {
  /// Records while a child runs to its end, in a time that is made up.
  private func record(_ recorder: ActivityRecorder, for span: UInt64 = 1) throws -> Activity {
    let pipe = try Pipe()
    recorder.begin(at: 0)
    let child = try ChildProcess.spawn("/bin/sh", ["-c", "exit 0"], output: pipe.writer, error: pipe.writer)
    recorder.follow(child)
    while let due = recorder.due, due < span { recorder.wake(at: due) }
    #expect(try child.reap().status == .exited(0))
    return recorder.end(at: span)
  }

  #if os(Linux)
    @Test("the timeline of a trial covers its whole life at no more than 20 Hz")
    func timeline() throws {
      let activity = try record(ActivityRecorder(), for: 600_000_000)
      let cores = try #require(activity.cores)
      #expect(cores.span == 600_000_000 && cores.interval % ActivityRecorder.shortestInterval == 0)
      let values = Int(cores.span / cores.interval)
      #expect(cores.busy.allSatisfy { (values - 1...values + 1).contains($0.count) })
      #expect(cores.busy.allSatisfy { $0.allSatisfy((0...100).contains) })
      #expect(activity.steal != nil)
    }

    @Test("a short trial has no timeline, but its other counts")
    func short() throws {
      let activity = try record(ActivityRecorder(), for: ActivityRecorder.shortestSpan - 1)
      #expect(activity.cores == nil && activity.steal != nil)
      #expect(try record(ActivityRecorder(), for: ActivityRecorder.shortestSpan).cores != nil)
    }

    @Test("the timeline has each core's busy time, and steal time is counted")
    func busy() throws {
      try withTemporaryFolder { folder in
        try File.createDirectory("\(folder)/proc")
        // One core is busy all the time, and the other half of it; ticks are of 10 ms.
        func kernelCounts(_ ticks: UInt64) throws {
          let text =
            "cpu0 \(ticks) 0 0 5 0 0 0 \(ticks) 0 0\n"
            + "cpu1 \(ticks / 2) 0 0 5 0 0 0 0 0 0\nintr 1\n"
          try write(text.utf8, to: "\(folder)/proc/stat")
        }
        try kernelCounts(7000)
        let recorder = ActivityRecorder(from: FileTree(root: folder))
        for _ in 0..<2 {
          try kernelCounts(7000)
          recorder.begin(at: 5)
          while let due = recorder.due, due < 1_000_000_000 {
            try kernelCounts(7000 + due / 10_000_000)
            recorder.wake(at: due)
          }
          try kernelCounts(7100)
          let activity = recorder.end(at: 1_000_000_005)
          #expect(abs(try #require(activity.cores?.busyCores) - 1.5) < 1e-9)
          #expect(activity.steal == 1_000_000_000)
          // 1.5 s, less the CPU time of this process meanwhile.
          #expect((0...1_500_000_000).contains(try #require(activity.busy)))
        }
      }
    }
  #endif

  #if os(Linux)
    @Test("a trial that repeats its region is read before and after, and not in between")
    func repetitions() throws {
      try withTemporaryFolder { folder in
        try File.createDirectory("\(folder)/proc")
        try write("cpu0 100000 0 0 0 0 0 0 0 0 0\nx\n".utf8, to: "\(folder)/proc/stat")
        let recorder = ActivityRecorder(from: FileTree(root: folder))
        var configuration = sum("fork", 2)
        configuration.repetitions = 4
        recorder.prepare(for: configuration)
        recorder.begin(at: 5)
        #expect(recorder.due == nil)
        // As much as no test process uses meanwhile.
        try write("cpu0 9100000 0 0 0 0 0 0 7 0 0\nx\n".utf8, to: "\(folder)/proc/stat")
        let activity = recorder.end(at: 1_000_000_005)
        #expect(activity.cores == nil && activity.counters == nil && activity.steal == 70_000_000)
        #expect(try #require(activity.busy) > 80_000_000_000_000)
        // A counter that went backwards, as when a core went offline, says nothing.
        recorder.begin(at: 5)
        try write("cpu0 100 0 0 0 0 0 0 0 0 0\nx\n".utf8, to: "\(folder)/proc/stat")
        #expect(recorder.end(at: 6).busy == nil)
      }
    }
  #endif

  @Test("a configuration that was short last time is run without hardware counters")
  func brief() throws {
    let (recorder, configuration) = (ActivityRecorder(), sum("fork", 2))
    recorder.prepare(for: configuration)
    let first = try record(recorder)
    recorder.learn(configuration, took: 199_999_999)
    recorder.prepare(for: configuration)
    #expect(try record(recorder).counters == nil)
    recorder.prepare(for: sum("fork", 4))
    let other = try record(recorder)
    recorder.learn(configuration, took: 200_000_000)
    recorder.prepare(for: configuration)
    let again = try record(recorder)
    for activity in [first, other, again] { #expect((activity.counters == nil) == !recorder.canCount) }
  }

  @Test("a machine without kernel files gives an empty record")
  func nothing() throws {
    try withTemporaryFolder { folder in
      let recorder = ActivityRecorder(from: FileTree(root: folder))
      let activity = try record(recorder, for: 300_000_000)
      #expect(activity.cores == nil && activity.steal == nil)
      #expect(activity.throttled == nil && activity.clocks == nil)
      #expect(recorder.due == nil)
    }
  }

  @Test(
    "CPU frequencies are recorded if the cores report possible ones",
    arguments: [(3_500_900, [2000, 3500]), (Int.max, nil)])
  func clocks(second: Int, expected: [Int]?) throws {
    try withTemporaryFolder { folder in
      for path in ["sys", "sys/devices", "sys/devices/system", "sys/devices/system/cpu"] {
        try File.createDirectory("\(folder)/\(path)")
      }
      let cpu = "\(folder)/sys/devices/system/cpu"
      try write("0,2\n".utf8, to: "\(cpu)/online")
      for (number, clock) in [(0, 2_000_000), (2, second)] {
        try File.createDirectory("\(cpu)/cpu\(number)")
        try File.createDirectory("\(cpu)/cpu\(number)/cpufreq")
        try write("\(clock)\n".utf8, to: "\(cpu)/cpu\(number)/cpufreq/scaling_cur_freq")
      }
      let recorder = ActivityRecorder(from: FileTree(root: folder))
      recorder.begin(at: 0)
      for time: UInt64 in [500_000_000, 2_000_000_000] { recorder.wake(at: time) }
      let activity = recorder.end(at: 2_100_000_000)
      #if os(Linux)
        #expect(activity.clocks == expected)
      #else
        #expect(activity.clocks == nil)
      #endif
    }
  }

  @Test("reading the machine costs less than a hundredth of a core")
  func cost() {
    let shortest = ActivityRecorder.shortestInterval
    #expect(ActivityRecorder.interval(costing: 0) == shortest)
    #expect(ActivityRecorder.interval(costing: 499_999) == shortest)
    for cost in [500_000, 3_000_000, 700_000_000, UInt64.max] {
      let interval = ActivityRecorder.interval(costing: cost)
      #expect(interval % shortest == 0 && interval >= min(cost, 1_000_000_000) * 100)
    }
  }
}
