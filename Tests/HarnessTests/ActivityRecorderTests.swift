import Platform
import Records
import Testing

@testable import Harness

@Suite("The record of what the machine does")
struct ActivityRecorderTests {
  /// Runs a script as the watch over an executable does, but for the signals, which only one test at a time could catch.
  private func run(
    _ script: String, _ recorder: ActivityRecorder
  ) throws -> (activity: Activity, ended: ChildProcess.Ended, wall: UInt64) {
    let pipe = try Pipe()
    let start = Clock.monotonic.now()
    recorder.begin(at: start)
    let child = try ChildProcess.spawn("/bin/sh", ["-c", script], output: pipe.writer, error: pipe.writer)
    recorder.follow(child)
    while true {
      let now = Clock.monotonic.now()
      if let ended = try child.reap(waiting: false) { return (recorder.end(at: now), ended, now - start) }
      recorder.wake(at: now)
      Clock.sleep(until: now + 5_000_000)
    }
  }

  #if os(Linux)
    @Test("covers the life of an executable with a timeline at 20 Hz")
    func timeline() throws {
      let execution = try run("sleep 0.6", ActivityRecorder())
      let activity = execution.activity
      let cores = try #require(activity.cores)
      #expect(cores.span >= 600_000_000 && cores.interval % ActivityRecorder.shortestInterval == 0)
      #expect(cores.span <= execution.wall)
      let values = Int(cores.span / cores.interval)
      #expect(cores.busy.allSatisfy { (values - 1...values + 1).contains($0.count) })
      #expect(cores.busy.allSatisfy { $0.allSatisfy((0...100).contains) })
      #expect(activity.steal != nil)
    }

    @Test("has no timeline of what is over soon, but what else there is")
    func short() throws {
      let activity = try run("exit 0", ActivityRecorder()).activity
      #expect(activity.cores == nil || activity.cores.map { $0.span >= 200_000_000 } == true)
      #expect(activity.steal != nil)
    }

    @Test("has at least the time that the executable was busy itself")
    func busy() throws {
      let script = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done"
      let execution = try run(script, ActivityRecorder())
      guard let cores = execution.activity.cores, let mean = cores.busyCores else { return }
      let used = Double(execution.ended.usage.userTime + execution.ended.usage.systemTime)
      // A tick of the kernel for every core may be missing at either end.
      #expect(mean * Double(cores.span) >= used - 2 * 10_000_000 * Double(cores.cores.count))
    }
  #endif

  @Test("starts afresh for every executable")
  func again() throws {
    let recorder = ActivityRecorder()
    let first = try run("sleep 0.25", recorder).activity
    let second = try run("exit 3", recorder).activity
    #expect(first != second && second.cores?.span != first.cores?.span)
  }

  @Test("has no counts of what was over soon when it was last tried")
  func brief() throws {
    let (recorder, configuration) = (ActivityRecorder(), sum("fork", 2))
    recorder.prepare(for: configuration)
    let first = try run("exit 0", recorder).activity
    recorder.learn(configuration, took: 199_999_999)
    recorder.prepare(for: configuration)
    #expect(try run("exit 0", recorder).activity.counters == nil)
    recorder.prepare(for: sum("fork", 4))
    let other = try run("exit 0", recorder).activity
    recorder.learn(configuration, took: 200_000_000)
    recorder.prepare(for: configuration)
    let again = try run("exit 0", recorder).activity
    for activity in [first, other, again] { #expect((activity.counters == nil) == !recorder.canCount) }
  }

  @Test("of a machine that tells nothing is empty, and the executable runs as ever")
  func nothing() throws {
    try withTemporaryFolder { folder in
      let recorder = ActivityRecorder(from: FileTree(root: folder))
      let execution = try run("sleep 0.3", recorder)
      #expect(execution.ended.status == .exited(0))
      #expect(execution.activity.cores == nil && execution.activity.steal == nil)
      #expect(execution.activity.throttled == nil && execution.activity.clocks == nil)
      #expect(recorder.due == nil)
    }
  }

  @Test("has clocks where the cores tell them")
  func clocks() throws {
    try withTemporaryFolder { folder in
      for path in ["sys", "sys/devices", "sys/devices/system", "sys/devices/system/cpu"] {
        try File.createDirectory("\(folder)/\(path)")
      }
      let cpu = "\(folder)/sys/devices/system/cpu"
      try write("0,2\n".utf8, to: "\(cpu)/online")
      for (number, clock) in [(0, 2_000_000), (2, 3_500_900)] {
        try File.createDirectory("\(cpu)/cpu\(number)")
        try File.createDirectory("\(cpu)/cpu\(number)/cpufreq")
        try write("\(clock)\n".utf8, to: "\(cpu)/cpu\(number)/cpufreq/scaling_cur_freq")
      }
      let activity = try run("sleep 0.5", ActivityRecorder(from: FileTree(root: folder))).activity
      #if os(Linux)
        #expect(activity.clocks == [2000, 3500])
      #else
        #expect(activity.clocks == nil)
      #endif
    }
  }

  @Test("is read so rarely that it costs less than a hundredth of a core")
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
